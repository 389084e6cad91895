import type { MailAnswer, MailRecordType } from '../../src/model/facts/mail.ts';
import { knownFrom, type Question } from '../../src/mail/answers.ts';
import { nextQuestions } from '../../src/mail/questions.ts';

/** Records by name and type, as a resolver would know them; `failed` is a question without answer. */
export type Zone = Readonly<Record<string, Partial<Record<MailRecordType | 'failed' | 'alias' | 'secure', unknown>>>>;

/** What a resolver that knows just this zone answers: NXDOMAIN for a name that neither stands in it nor above another. */
function answerFrom(zone: Zone, { name, type }: Question): MailAnswer {
  const node = zone[name];
  if (node?.failed === type || node?.failed === true)
    return {
      name,
      type,
      outcome: 'failed',
      values: [],
      failure: { code: 'timeout', detail: `no answer for ${name}`, retryable: true },
    };
  const alias = typeof node?.alias === 'string' ? node.alias : undefined;
  const values = [(alias === undefined ? node : zone[alias])?.[type] ?? []].flat() as string[];
  const exists = node !== undefined || Object.keys(zone).some((other) => other.endsWith(`.${name}`));
  return {
    name,
    type,
    outcome: values.length > 0 ? 'found' : exists ? 'no-data' : 'no-name',
    values,
    ...(alias === undefined ? {} : { canonical: alias }),
    ...(node?.secure === undefined ? {} : { dnssec: node.secure as 'secure' }),
  };
}

/** All answers that a zone gives about one domain, as the probe would gather them. */
export function answersOf(zone: Zone, domain: string): MailAnswer[] {
  const answers: MailAnswer[] = [];
  for (let round = 0; round < 40; round += 1) {
    const wanted = nextQuestions(domain, knownFrom(answers));
    if (wanted.length === 0) return answers;
    answers.push(...wanted.slice(0, 400 - answers.length).map((question) => answerFrom(zone, question)));
    if (answers.length >= 400) return answers;
  }
  throw new Error('the questions do not end');
}
