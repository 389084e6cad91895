import { Type, type Static } from '@sinclair/typebox';
import type { Failure } from '../../model/failure.ts';
import { closed, list, oneOf, text } from '../../model/schema.ts';
import { isAskable } from '../../mail/answers.ts';
import { exchangersOf, isAddress, isNullMx, mostExchangers, type Exchanger } from '../../mail/exchangers.ts';
import { answered, whyUnknown, type MailContext, type MailPart } from './mail-context.ts';
import { seenOnly } from './tls-seen.ts';

/**
 * Where mail for the domain goes: `servers` by MX; `null` nowhere, and it says so (RFC 7505); `address` to the domain's
 * own address for want of an MX (RFC 5321 section 5.1); `none` nowhere, for want of both.
 */
const deliveries = ['servers', 'null', 'address', 'none'] as const;

const exchangerView = Type.Object(
  {
    preference: Type.Integer({ minimum: 0, maximum: 99_999 }),
    host: text(255),
    /** A name and no address written out (RFC 5321 section 5.1). */
    isName: Type.Boolean(),
    /** The name is an alias (CNAME), which RFC 2181 section 10.3 does not allow; absent: its addresses were not asked for. */
    isAlias: Type.Optional(Type.Boolean()),
    addresses: Type.Optional(list(text(45), 128)),
  },
  closed,
);

export const deliveryView = Type.Object(
  {
    delivery: Type.Optional(oneOf(deliveries)),
    /** Mail can reach the domain. */
    receives: Type.Optional(Type.Boolean()),
    /** Mail exchangers, most wanted first; [] without any. */
    exchangers: Type.Optional(list(exchangerView, 64)),
    /** An exchanger can be reached over IPv6. */
    ipv6: Type.Optional(Type.Boolean()),
  },
  closed,
);
type DeliveryView = Static<typeof deliveryView>;

/** Where the domain's mail goes, and what its mail exchangers are. */
export function describeDelivery(mail: MailContext): MailPart<DeliveryView> {
  const { facts, known } = mail;
  const mx = known(facts.domain, 'MX');
  if (!answered(mx)) {
    const reason = whyUnknown(mx, 'MX');
    return { view: {}, unseen: allKeys.map((key) => ({ at: `/mail/${key}`, failure: reason })) };
  }
  const found = exchangersOf(mx);
  const where = found.length > 0 ? (isNullMx(found) ? 'null' : 'servers') : withoutMx(mail);
  const exchangers = where === 'servers' ? found.map((one) => describeExchanger(one, mail)) : [];
  const unseen: { at: string; failure: Failure }[] = [];
  exchangers.forEach(({ host, addresses }, index) => {
    if (addresses !== undefined) return;
    const failure = whyUnknown(known(host, 'A'), `${host} (over the first ${mostExchangers})`);
    unseen.push({ at: `/mail/exchangers/${index}`, failure }, { at: '/mail/ipv6', failure });
  });
  if (where === undefined) {
    const failure = whyUnknown(known(facts.domain, 'A'), 'A');
    unseen.push({ at: '/mail/delivery', failure }, { at: '/mail/receives', failure });
  }
  const view = seenOnly<DeliveryView>({
    delivery: where,
    receives: where === undefined ? undefined : where === 'servers' || where === 'address',
    exchangers,
    ipv6: reachableBy6(exchangers),
  });
  return { view, unseen };
}

const allKeys = ['delivery', 'receives', 'exchangers', 'ipv6'] as const;

function withoutMx({ facts, known }: MailContext): 'address' | 'none' | undefined {
  const answers = (['A', 'AAAA'] as const).map((type) => known(facts.domain, type));
  if (answers.some((answer) => (answer?.values.length ?? 0) > 0)) return 'address';
  return answers.every(answered) ? 'none' : undefined;
}

function describeExchanger({ preference, host }: Exchanger, { known }: MailContext): Static<typeof exchangerView> {
  const isName = isAskable(host) && !isAddress(host);
  const answers = (['A', 'AAAA'] as const).map((type) => known(host, type));
  const came = answers.filter(answered);
  const all = came.length === answers.length;
  return seenOnly<Static<typeof exchangerView>>({
    preference,
    host,
    isName,
    isAlias: came.length > 0 ? came.some(({ canonical }) => canonical !== undefined && canonical !== host) : undefined,
    addresses: all ? came.flatMap(({ values }) => values.filter(isAddress)) : undefined,
  });
}

function reachableBy6(exchangers: readonly Static<typeof exchangerView>[]): boolean | undefined {
  const lists = exchangers.map(({ addresses }) => addresses);
  if (lists.some((addresses) => addresses?.some((address) => address.includes(':')) === true)) return true;
  return lists.includes(undefined) ? undefined : false;
}
