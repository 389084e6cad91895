import { FailureError, failure } from '../../model/failure.ts';
import type { MailAnswer, MailRecordType } from '../../model/facts/mail.ts';
import type { Question } from '../../mail/answers.ts';
import { canonicalName } from '../dns/name.ts';
import { pick, type DnsAnswer, type DnsRecord, type RecordData } from '../dns/message.ts';
import type { Resolver } from '../dns/resolver.ts';

/** Asks one question. Never throws for what the resolver did. */
export type Lookup = (question: Question) => Promise<MailAnswer>;

const mostValues = 64;
const longestValue = 4096;
const longestAliasChain = 16;

/** A lookup through a resolver; throws only the signal's reason. */
export function createLookup(resolver: Resolver, signal: AbortSignal): Lookup {
  return async (question) => {
    try {
      return readAnswer(question, await resolver.ask(question.name, question.type, signal));
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof FailureError)) throw error;
      return failed(question, error.failure.code, error.failure.detail);
    }
  };
}

function failed({ name, type }: Question, ...why: Parameters<typeof failure>): MailAnswer {
  return { name, type, outcome: 'failed', values: [], failure: failure(...why) };
}

/** The stored form of an answer: aliases followed to their end, records of the type asked at that end. */
export function readAnswer(question: Question, answer: DnsAnswer): MailAnswer {
  const { name, type } = question;
  const { rcode, answers } = answer;
  if (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') return failed(question, 'dns', `${rcode} for ${type} ${name}`);
  const end = endOfAliases(canonicalName(name), answers);
  if (end === undefined) return failed(question, 'dns', `the aliases of ${name} do not end`);
  const all = valuesOf[type](answers, end);
  // A server that neither knows nor asks for us has sent us elsewhere, which says nothing of the record.
  if (all.length === 0 && !answer.authoritative && !answer.recursionAvailable)
    return failed(question, 'dns', `no recursion for ${type} ${name}`);
  const values = all.slice(0, mostValues).map((value) => value.slice(0, longestValue));
  const cut = all.length > mostValues || all.some((value) => value.length > longestValue);
  return {
    name,
    type,
    outcome: all.length > 0 ? 'found' : rcode === 'NXDOMAIN' ? 'no-name' : 'no-data',
    values,
    ...(cut ? { cut } : {}),
    ...(end === canonicalName(name) ? {} : { canonical: end.slice(0, 255) }),
  };
}

function endOfAliases(from: string, answers: readonly DnsRecord[]): string | undefined {
  let at = from;
  for (let step = 0; step <= longestAliasChain; step += 1) {
    const [alias] = pick(answers, 'CNAME', at);
    if (alias === undefined) return at;
    at = canonicalName(alias.data);
  }
  return undefined;
}

type Reader = (answers: readonly DnsRecord[], name: string) => readonly string[];

function reader<T extends MailRecordType & keyof RecordData>(type: T, say: (data: RecordData[T]) => string): Reader {
  return (answers, name) => pick(answers, type, name).map(({ data }) => say(data as RecordData[T]));
}

const valuesOf: Readonly<Record<MailRecordType, Reader>> = {
  A: reader('A', (address) => address),
  AAAA: reader('AAAA', (address) => address),
  PTR: reader('PTR', (name) => canonicalName(name).slice(0, 255)),
  TXT: reader('TXT', (strings) => Buffer.concat([...strings]).toString('latin1')),
  MX: reader('MX', ({ preference = 0, exchange }) => `${preference} ${canonicalName(exchange)}`),
  TLSA: reader('TLSA', ({ usage, selector, matchingType, certificate }) =>
    [usage, selector, matchingType, certificate.toString('hex')].join(' '),
  ),
};
