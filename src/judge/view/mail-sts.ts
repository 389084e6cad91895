import { Type, type Static } from '@sinclair/typebox';
import { failure, type Failure } from '../../model/failure.ts';
import type { PolicyFetch } from '../../model/facts/mail.ts';
import { closed, list, oneOf, text } from '../../model/schema.ts';
import { exchangersOf, isNullMx } from '../../mail/exchangers.ts';
import { isMtaSts, matchesMx, mtaStsId, mtaStsModes, parsePolicy, policyFaultWords } from '../../mail/mta-sts.ts';
import { isTlsRpt, tlsRptAddresses } from '../../mail/tls-rpt.ts';
import { answered, whyUnknown, type MailContext, type MailPart } from './mail-context.ts';
import { seenOnly } from './tls-seen.ts';

/** What keeps a sender from the policy (RFC 8461 section 3.3), beside what is wrong inside of it. */
const fetchFaultWords = [
  'no-service',
  'certificate-untrusted',
  'certificate-name',
  'redirect',
  'status',
  'media-type',
  'too-long',
] as const;
type FetchFaultWord = (typeof fetchFaultWords)[number];

const policyView = Type.Object(
  {
    /** What is wrong with the way to it, and with its text. */
    faults: list(oneOf([...fetchFaultWords, ...policyFaultWords]), 16),
    mode: Type.Optional(Type.Union([oneOf(mtaStsModes), Type.Null()])),
    maxAge: Type.Optional(Type.Union([Type.Integer({ minimum: 0 }), Type.Null()])),
    mx: Type.Optional(list(text(255), 100)),
    /** Mail exchangers that no pattern of the policy names. */
    unlisted: Type.Optional(list(text(255), 64)),
  },
  closed,
);
const mtaStsView = Type.Object(
  {
    record: text(4096),
    /** MTA-STS records; with more than one none counts (RFC 8461 section 3.1). */
    records: Type.Integer({ minimum: 1, maximum: 64 }),
    validRecord: Type.Boolean(),
    policy: Type.Optional(policyView),
  },
  closed,
);
const tlsRptView = Type.Object(
  {
    record: text(4096),
    records: Type.Integer({ minimum: 1, maximum: 64 }),
    /** Every address for reports can be used, and there is one. */
    valid: Type.Boolean(),
  },
  closed,
);

/** Null: no such record. */
export const stsViews = Type.Object(
  {
    mtaSts: Type.Optional(Type.Union([mtaStsView, Type.Null()])),
    tlsRpt: Type.Optional(Type.Union([tlsRptView, Type.Null()])),
  },
  closed,
);
type StsPart = Static<typeof stsViews>;

export function describeSts(mail: MailContext): MailPart<StsPart> {
  const { facts, known } = mail;
  const unseen: { at: string; failure: Failure }[] = [];
  const recordsAt = (key: keyof StsPart, name: string, is: (record: string) => boolean) => {
    const answer = known(name, 'TXT');
    if (answered(answer)) return answer.values.filter(is);
    unseen.push({ at: `/mail/${key}`, failure: whyUnknown(answer, name) });
    return undefined;
  };
  const stsRecords = recordsAt('mtaSts', `_mta-sts.${facts.domain}`, isMtaSts);
  const rptRecords = recordsAt('tlsRpt', `_smtp._tls.${facts.domain}`, isTlsRpt);
  const view = seenOnly<StsPart>({
    mtaSts: stsRecords && describeRecords(stsRecords, mail, unseen),
    tlsRpt: rptRecords && describeReports(rptRecords),
  });
  return { view, unseen };
}

function describeReports(records: readonly string[]): Static<typeof tlsRptView> | null {
  const [record] = records;
  if (record === undefined) return null;
  return { record, records: records.length, valid: tlsRptAddresses(record) !== null };
}

function describeRecords(
  records: readonly string[],
  mail: MailContext,
  unseen: { at: string; failure: Failure }[],
): Static<typeof mtaStsView> | null {
  const [record] = records;
  if (record === undefined) return null;
  const { policy: fetch } = mail.facts;
  const policy = fetch && describePolicy(fetch, mail);
  if (policy === undefined) {
    const reason = fetch?.failure ?? failure('undecided', 'the policy was not fetched');
    unseen.push({ at: '/mail/mtaSts/policy', failure: reason });
  } else if (policy.mode === undefined) {
    unseen.push({ at: '/mail/mtaSts/policy', failure: failure('undecided', 'the policy cannot be fetched') });
  }
  return seenOnly<Static<typeof mtaStsView>>({
    record,
    records: records.length,
    validRecord: mtaStsId(record) !== undefined,
    policy,
  });
}

/** Undefined when the fetch says nothing of the policy: out of scope, silence, a limit. */
function describePolicy(fetch: PolicyFetch, { facts, known }: MailContext): Static<typeof policyView> | undefined {
  const faults = fetchFaults(fetch);
  if (faults === undefined) return undefined;
  if (fetch.body === undefined || fetch.status !== 200) return { faults };
  const read = parsePolicy(fetch.body);
  const mx = known(facts.domain, 'MX');
  const hosts = answered(mx) ? exchangersOf(mx) : undefined;
  const named = hosts === undefined || isNullMx(hosts) ? hosts && [] : hosts.map(({ host }) => host);
  return seenOnly<Static<typeof policyView>>({
    faults: [...faults, ...read.faults],
    mode: read.mode,
    maxAge: read.maxAge,
    mx: [...read.mx],
    unlisted: named?.filter((host) => !read.mx.some((pattern) => matchesMx(host, pattern))),
  });
}

/** Failures by which the host itself said that there is no policy to be had. */
const telling: ReadonlySet<string> = new Set(['refused', 'tls', 'protocol', 'too-large']);

function fetchFaults({
  failure: failed,
  certificate,
  status,
  contentType,
  cut,
}: PolicyFetch): FetchFaultWord[] | undefined {
  const faults: FetchFaultWord[] = [];
  if (certificate?.trusted === false) faults.push('certificate-untrusted');
  if (certificate?.nameMatches === false) faults.push('certificate-name');
  if (failed !== undefined) {
    if (faults.length > 0) return faults;
    return telling.has(failed.code) ? ['no-service'] : undefined;
  }
  // A limit or a filter says nothing of the policy.
  if (status === undefined || status === 429 || status === 403 || status === 503)
    return faults.length > 0 ? faults : undefined;
  if (status >= 300 && status < 400) return [...faults, 'redirect'];
  if (status !== 200) return [...faults, 'status'];
  if (!/^text\/plain\s*(?:;|$)/i.test(contentType ?? '')) faults.push('media-type');
  if (cut === true) faults.push('too-long');
  return faults;
}
