import { Type, type Static } from '@sinclair/typebox';
import { failure, type Failure } from '../../model/failure.ts';
import type { MailServer } from '../../model/facts/mail.ts';
import { closed, instant, list, oneOf, text } from '../../model/schema.ts';
import { tlsProtocols } from '../../model/facts/tls.ts';
import { isAskable, plainName } from '../../mail/answers.ts';
import { answered, whyUnknown, type MailContext, type MailPart } from './mail-context.ts';
import { exchangersOf, hostsOf, reverseName } from '../../mail/exchangers.ts';
import { any, seenOnly } from './tls-seen.ts';
import { deriveTls } from './tls.ts';

/** `mx.example [192.0.2.1]`. */
const server = text(310);

const startTlsView = Type.Object({ server, offered: Type.Optional(Type.Boolean()) }, closed);
const versionView = Type.Object(
  {
    server,
    /** TLS 1.2 or 1.3 is accepted. */
    modern: Type.Optional(Type.Boolean()),
    /** Versions accepted that are older than TLS 1.2; absent while one of them was not seen. */
    old: Type.Optional(list(oneOf(tlsProtocols), 4)),
  },
  closed,
);
const certificateView = Type.Object(
  {
    server,
    subject: Type.Optional(text(1024)),
    /** The certificate names the host of the MX record (RFC 9525). */
    nameMatches: Type.Optional(Type.Boolean()),
    /** A store of roots leads to its issuer, its days aside. */
    trusted: Type.Optional(Type.Boolean()),
    notAfter: Type.Optional(instant()),
  },
  closed,
);
const greetingView = Type.Object(
  {
    server,
    /** What the server calls itself in its answer to EHLO. */
    name: text(255),
    /** A full name and no address or bare word (RFC 5321 section 4.1.1.1). */
    isFullName: Type.Boolean(),
  },
  closed,
);
const reverseView = Type.Object(
  {
    server,
    /** Names that the address is given by reverse lookup. */
    names: Type.Optional(list(text(255), 64)),
    /** The first of them leads back to the address. */
    confirmed: Type.Optional(Type.Boolean()),
  },
  closed,
);

/** One list a question, an item a server: a part that was not seen is an absent key in the item. */
export const serversView = Type.Object(
  {
    startTls: Type.Optional(list(startTlsView, 8, { minItems: 1 })),
    /** A server offers STARTTLS. */
    tlsOffered: Type.Optional(Type.Boolean()),
    versions: Type.Optional(list(versionView, 8)),
    certificates: Type.Optional(list(certificateView, 8)),
    greetings: Type.Optional(list(greetingView, 8)),
    reverse: Type.Optional(list(reverseView, 8)),
  },
  closed,
);
type ServersView = Static<typeof serversView>;

/** Whether EHLO's answer lists STARTTLS; undefined when there was none. */
export function offersStartTls({ hello }: Pick<MailServer, 'hello'>): boolean | undefined {
  return hello?.slice(1).some((line) => /^STARTTLS(?: |$)/i.test(line));
}

export const labelOf = ({ host, address }: Pick<MailServer, 'host' | 'address'>): string => `${host} [${address}]`;

/** What the mail exchangers that were spoken to do. Those that positively offer no TLS have no versions, no certificate. */
export function describeServers(mail: MailContext): MailPart<ServersView> {
  const { facts, known, context } = mail;
  const unseen: { at: string; failure: Failure }[] = [];
  if (facts.servers.length === 0) return withoutServers(mail);
  const say = (list: keyof ServersView, index: number, failure: Failure) => {
    unseen.push({ at: `/mail/${list}/${index}`, failure });
  };
  const firstFailure = facts.servers.find((one) => one.failure !== undefined)?.failure;
  const withTls = facts.servers.filter((one) => offersStartTls(one) !== false);
  const greeted = facts.servers.filter((one) => one.hello !== undefined);
  facts.servers.forEach((one, index) => {
    if (one.failure !== undefined) say('startTls', index, one.failure);
    say('reverse', index, whyUnknown(known(reverseName(one.address) ?? '', 'PTR'), 'PTR'));
  });
  withTls.forEach((one, index) => {
    const reason = one.failure ?? one.tlsFailure ?? failure('undecided', 'no full handshake came about');
    say('versions', index, reason);
    say('certificates', index, reason);
  });
  if (greeted.length === 0) {
    unseen.push({ at: '/mail/greetings', failure: firstFailure ?? failure('undecided', 'no server was greeted') });
  }
  const offered = any(facts.servers.map(offersStartTls));
  if (offered === undefined && firstFailure !== undefined)
    unseen.push({ at: '/mail/tlsOffered', failure: firstFailure });
  const tls = withTls.map((one) => ({ one, view: one.tls && deriveTls(one.tls, context).view }));
  const view = seenOnly<ServersView>({
    startTls: facts.servers.map((one) => seenOnly({ server: labelOf(one), offered: offersStartTls(one) })),
    tlsOffered: offered,
    versions: tls.map((each) => describeVersions(each.one, each.view)),
    certificates: tls.map((each) => describeLeafOf(each.one, each.view)),
    greetings: greeted.length === 0 ? undefined : greeted.map(describeGreeting),
    reverse: facts.servers.map((one) => describeReverse(one, mail)),
  });
  return { view, unseen };
}

/** Where the domain names no exchanger, none offers TLS. */
function withoutServers({ facts, known }: MailContext): MailPart<ServersView> {
  const mx = known(facts.domain, 'MX');
  const none = answered(mx) && hostsOf(exchangersOf(mx)).length === 0;
  const reason = failure('undecided', 'no mail exchanger with an address to speak to');
  const keys = Object.keys(serversView.properties).filter((key) => !none || key !== 'tlsOffered');
  return {
    view: none ? { tlsOffered: false } : {},
    unseen: keys.map((key) => ({ at: `/mail/${key}`, failure: reason })),
  };
}

type Tls = ReturnType<typeof deriveTls>['view'] | undefined;
const olderVersions = ['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1'] as const;

function describeVersions(one: MailServer, tls: Tls): Static<typeof versionView> {
  const offered = olderVersions.map((version) => tls?.protocols[version]?.offered);
  const old = olderVersions.filter((_version, index) => offered[index] === true);
  // A version accepted decides; that none is can be said only when each was refused.
  const decided = tls !== undefined && (old.length > 0 || !offered.includes(undefined));
  return seenOnly({ server: labelOf(one), modern: tls?.tls12OrLater, old: decided ? old : undefined });
}

function describeLeafOf(one: MailServer, tls: Tls): Static<typeof certificateView> {
  const leaf = tls?.leaves?.[0];
  const vouched = tls?.trust?.map((each) => each.vouched);
  return seenOnly({
    server: labelOf(one),
    subject: leaf?.subject,
    nameMatches: tls?.verified?.nameMatches,
    trusted: vouched?.every(Boolean),
    // The earliest end, where there are several.
    notAfter: tls?.leaves?.map(({ notAfter }) => notAfter).sort()[0],
  });
}

function describeGreeting(one: MailServer): Static<typeof greetingView> {
  const name = (one.hello?.[0] ?? '').split(' ')[0]?.slice(0, 255) ?? '';
  const plain = plainName(name);
  const isFullName = plain.includes('.') && isAskable(plain) && /[a-z]/.test(plain.split('.').at(-1) ?? '');
  return { server: labelOf(one), name, isFullName };
}

function describeReverse(one: MailServer, { known }: MailContext): Static<typeof reverseView> {
  const answer = known(reverseName(one.address) ?? '', 'PTR');
  const names = answered(answer) ? answer.values : undefined;
  const [first] = names ?? [];
  const back = first === undefined ? undefined : known(first, one.address.includes(':') ? 'AAAA' : 'A');
  const confirmed = names?.length === 0 ? false : answered(back) ? back.values.includes(one.address) : undefined;
  return seenOnly({ server: labelOf(one), names, confirmed });
}
