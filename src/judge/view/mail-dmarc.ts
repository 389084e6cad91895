import { Type, type Static } from '@sinclair/typebox';
import type { Failure } from '../../model/failure.ts';
import { closed, list, oneOf, text } from '../../model/schema.ts';
import { dmarcFaultWords, dmarcPolicies, isDmarc, parseDmarc, reportHost } from '../../mail/dmarc-record.ts';
import { consentName, dmarcPlace } from '../../mail/questions.ts';
import { answered, whyUnknown, type MailContext, type MailPart } from './mail-context.ts';
import { seenOnly } from './tls-seen.ts';

const policy = Type.Union([oneOf(dmarcPolicies), Type.Null()]);
const reportView = Type.Object(
  {
    address: text(300),
    /** A domain of its own, or one that agrees to receive the reports (RFC 7489 section 7.1); false also for no address. */
    accepted: Type.Optional(Type.Boolean()),
  },
  closed,
);
const dmarcView = Type.Object(
  {
    record: text(4096),
    /** Domain at which the record stands: this one, or its organisational domain. */
    at: text(255),
    /** DMARC records there; with more than one none counts (RFC 7489 section 6.6.3). */
    records: Type.Integer({ minimum: 1, maximum: 64 }),
    faults: list(oneOf(dmarcFaultWords), 16),
    /** What binds mail of this domain; null: a receiver finds none. */
    policy,
    /** What binds mail of names below the record's domain. */
    subdomains: policy,
    /** Names below are left with less than the domain itself. */
    subdomainsWeaker: Type.Boolean(),
    percentage: Type.Integer({ minimum: 0, maximum: 100 }),
    /** Where aggregate reports go. */
    reports: list(reportView, 20),
  },
  closed,
);
/** Null: no DMARC record. */
export const dmarcViews = Type.Object({ dmarc: Type.Optional(Type.Union([dmarcView, Type.Null()])) }, closed);
type DmarcPart = Static<typeof dmarcViews>;

/** The DMARC policy that receivers find for the domain (RFC 7489). */
export function describeDmarc({ facts, known }: MailContext): MailPart<DmarcPart> {
  const place = dmarcPlace(facts.domain, known);
  if (place === undefined || !answered(place.answer)) {
    return { view: {}, unseen: [{ at: '/mail/dmarc', failure: whyUnknown(place?.answer, '_dmarc') }] };
  }
  const { at, records } = place;
  const [record] = records;
  if (record === undefined) return { view: { dmarc: null }, unseen: [] };
  const read = parseDmarc(record);
  const single = records.length === 1;
  const own = at === facts.domain ? read.policy : read.subdomains;
  const unseen: { at: string; failure: Failure }[] = [];
  const reports = read.aggregate.map((address, index) => {
    const name = consentName(at, address);
    const consent = name === undefined ? undefined : known(name, 'TXT');
    const accepted =
      reportHost(address) === undefined ? false : ((name === undefined || undefined) ?? consentOf(consent));
    if (accepted === undefined)
      unseen.push({ at: `/mail/dmarc/reports/${index}`, failure: whyUnknown(consent, name ?? address) });
    return seenOnly<Static<typeof reportView>>({ address, accepted });
  });
  const view = {
    record,
    at,
    records: records.length,
    faults: [...read.faults],
    policy: single ? own : null,
    subdomains: single ? read.subdomains : null,
    subdomainsWeaker: rank(read.subdomains) < rank(read.policy),
    percentage: read.percentage,
    reports,
  };
  return { view: { dmarc: view }, unseen };
}

function consentOf(answer: Parameters<typeof answered>[0]): boolean | undefined {
  return answered(answer) ? answer.values.some(isDmarc) : undefined;
}

function rank(found: (typeof dmarcPolicies)[number] | null): number {
  return found === null ? -1 : dmarcPolicies.indexOf(found);
}
