import type { MailAnswer, MailRecordType } from '../model/facts/mail.ts';

/** A question to the resolver: the name in lower case without its last dot. */
export type Question = { readonly name: string; readonly type: MailRecordType };

/** What is known so far: undefined while it was not asked. */
export type Known = (name: string, type: MailRecordType) => MailAnswer | undefined;

/** Looks answers up by name and type. */
export function knownFrom(answers: readonly MailAnswer[]): Known {
  const byQuestion = new Map(answers.map((answer) => [keyOf(answer), answer]));
  return (name, type) => byQuestion.get(keyOf({ name: plainName(name), type }));
}

export const keyOf = ({ name, type }: Question): string => `${type} ${name}`;

/** As names stand in questions. */
export const plainName = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** An answer that shows that there is no such record. */
export const isEmpty = ({ outcome }: MailAnswer): boolean => outcome === 'no-data' || outcome === 'no-name';

const label = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/** A name that can be asked about: at most 253 characters of labels (RFC 1035 section 2.3.4), underscores included. */
export function isAskable(name: string): boolean {
  const plain = plainName(name);
  return plain.length > 0 && plain.length <= 253 && plain.split('.').every((part) => label.test(part));
}
