import { Type, type Static } from '@sinclair/typebox';
import { failure, type Failure } from '../../model/failure.ts';
import type { MailServer } from '../../model/facts/mail.ts';
import { closed, list, oneOf, text } from '../../model/schema.ts';
import { isUsable, matchesChain, parseTlsa, type Tlsa } from '../../mail/tlsa.ts';
import { exchangersOf, hostsOf } from '../../mail/exchangers.ts';
import { tlsaName } from '../../mail/questions.ts';
import { answered, whyUnknown, type MailContext, type MailPart } from './mail-context.ts';
import { labelOf, offersStartTls } from './mail-servers.ts';
import { any, seenOnly } from './tls-seen.ts';

const hostView = Type.Object(
  {
    host: text(255),
    records: list(text(300), 64),
    /** What the signatures are worth; absent: not validated. Only `secure` binds (RFC 7672 section 2.2). */
    dnssec: Type.Optional(oneOf(['secure', 'insecure', 'bogus'])),
  },
  closed,
);
const matchView = Type.Object({ server: text(310), matched: Type.Optional(Type.Boolean()) }, closed);

export const daneViews = Type.Object(
  {
    /** Exchangers with TLSA records. */
    tlsa: Type.Optional(list(hostView, 4)),
    /** Some exchanger has usable records under valid signatures. */
    dane: Type.Optional(Type.Boolean()),
    /** For each server that DANE binds: whether a record names its certificate. */
    daneMatches: Type.Optional(list(matchView, 8, { minItems: 1 })),
  },
  closed,
);
type DanePart = Static<typeof daneViews>;

/** DANE for SMTP (RFC 7672): TLSA records of each exchanger against the chain that it really sends. */
export function describeDane({ facts, known }: MailContext): MailPart<DanePart> {
  const mx = known(facts.domain, 'MX');
  const silent = (reason: Failure): MailPart<DanePart> => ({
    view: {},
    unseen: Object.keys(daneViews.properties).map((key) => ({ at: `/mail/${key}`, failure: reason })),
  });
  if (!answered(mx)) return silent(whyUnknown(mx, 'MX'));
  const answers = hostsOf(exchangersOf(mx)).map((host) => ({ host, answer: known(tlsaName(host), 'TLSA') }));
  const failed = answers.find(({ answer }) => !answered(answer));
  if (failed !== undefined && answers.every(({ answer }) => (answer?.values.length ?? 0) === 0))
    return silent(whyUnknown(failed.answer, tlsaName(failed.host)));
  const hosts = answers.flatMap(({ host, answer }) => {
    const records = answer?.values.flatMap((value) => parseTlsa(value) ?? []) ?? [];
    return records.length === 0 ? [] : [{ host, answer, records, binds: bindsOf(mx.dnssec, answer?.dnssec, records) }];
  });
  const bound = hosts.filter(({ binds }) => binds !== false);
  const unseen: { at: string; failure: Failure }[] = [];
  const unvalidated = failure('undecided', 'the signatures of the records were not validated');
  const present = any(hosts.map(({ binds }) => binds));
  if (present === undefined) unseen.push({ at: '/mail/dane', failure: unvalidated });
  const matches = bound.flatMap(({ host, records, binds }) =>
    facts.servers
      .filter((server) => server.host === host)
      .map((server) => ({ server, matched: binds === true ? matchOf(server, records.filter(isUsable)) : undefined })),
  );
  matches.forEach(({ server, matched }, index) => {
    if (matched !== undefined) return;
    const reason =
      present === undefined
        ? unvalidated
        : (server.failure ?? server.tlsFailure ?? failure('undecided', 'no certificate was seen'));
    unseen.push({ at: `/mail/daneMatches/${index}`, failure: reason });
  });
  if (matches.length === 0)
    unseen.push({ at: '/mail/daneMatches', failure: failure('undecided', 'no server of these records was looked at') });
  const view = seenOnly<DanePart>({
    tlsa: hosts.map(({ host, answer }) =>
      seenOnly<Static<typeof hostView>>({
        host,
        records: (answer?.values ?? []).map((value) => value.slice(0, 300)),
        dnssec: answer?.dnssec,
      }),
    ),
    dane: hosts.length === 0 ? false : present,
    daneMatches:
      matches.length === 0
        ? undefined
        : matches.map(({ server, matched }) => seenOnly({ server: labelOf(server), matched })),
  });
  return { view, unseen };
}

/** Whether the records bind a sender: both the MX and the TLSA records must be secure (RFC 7672 section 2.2.1). */
function bindsOf(mx: Dnssec, tlsa: Dnssec, records: readonly Tlsa[]): boolean | undefined {
  if (!records.some(isUsable)) return false;
  if (mx === undefined || tlsa === undefined) return mx === 'insecure' || tlsa === 'insecure' ? false : undefined;
  return mx === 'secure' && tlsa === 'secure';
}
type Dnssec = 'secure' | 'insecure' | 'bogus' | undefined;

/** A server that offers no TLS keeps a sender out as much as a wrong certificate does. */
function matchOf(server: MailServer, records: readonly Tlsa[]): boolean | undefined {
  if (offersStartTls(server) === false) return false;
  const chains = server.tls?.chains?.map((chain) =>
    chain.map(({ der }) => (der === undefined ? undefined : Buffer.from(der, 'base64'))),
  );
  if (chains === undefined || chains.length === 0) return undefined;
  const verdicts = chains.map((chain) => {
    const read = chain.filter((der) => der !== undefined);
    return read.length === chain.length ? any(records.map((record) => matchesChain(record, read))) : undefined;
  });
  // Every chain that a sender may be given must match.
  if (verdicts.includes(false)) return false;
  return verdicts.includes(undefined) ? undefined : true;
}
