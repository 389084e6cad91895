import { FailureError, failure } from '../../model/failure.ts';
import type { MailAnswer, MailRecordType } from '../../model/facts/mail.ts';
import type { Question } from '../../mail/answers.ts';
import { canonicalName } from '../dns/name.ts';
import type { Delegation } from '../dns/dnssec/rdata.ts';
import { createValidator } from '../dns/dnssec/validate.ts';
import { pick, type DnsAnswer, type DnsRecord, type RecordData, type RecordType } from '../dns/message.ts';
import type { Resolver } from '../dns/resolver.ts';

/** Asks one question. Never throws for what the resolver did. */
export type Lookup = (question: Question) => Promise<MailAnswer>;

const mostValues = 64;
const longestValue = 4096;
const longestAliasChain = 16;

export type LookupOptions = {
  readonly resolver: Resolver;
  readonly signal: AbortSignal;
  /** What the root's keys must match; without them nothing is validated. */
  readonly anchors: readonly Delegation[];
  /** Clock that signatures are held against, seconds since 1970. */
  readonly now: number;
};

/** Types whose signatures matter to DANE (RFC 7672 section 2.2); the rest is believed as the resolver tells it. */
const signed: ReadonlySet<MailRecordType> = new Set<MailRecordType>(['MX', 'TLSA']);

/** A lookup through a resolver; throws only the signal's reason. */
export function createLookup({ resolver, signal, anchors, now }: LookupOptions): Lookup {
  const known = new Map<string, Promise<DnsAnswer>>();
  const ask = (name: string, type: RecordType): Promise<DnsAnswer> => {
    const key = `${type} ${name}`;
    const asked = known.get(key) ?? resolver.ask(name, type, signal);
    known.set(key, asked);
    return asked;
  };
  const validator = createValidator({ ask, anchors, now });

  async function dnssecOf({ name, type }: Question, answer: DnsAnswer): Promise<Pick<MailAnswer, 'dnssec'>> {
    const { state } = await validator.validate(answer, name, type);
    return state === 'indeterminate' ? {} : { dnssec: state };
  }

  return async (question) => {
    try {
      const answer = await ask(question.name, question.type);
      const read = readAnswer(question, answer);
      const matters = anchors.length > 0 && signed.has(question.type) && read.outcome === 'found';
      return matters ? { ...read, ...(await dnssecOf(question, answer)) } : read;
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
