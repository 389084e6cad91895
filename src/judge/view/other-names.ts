import { Type, type Static } from '@sinclair/typebox';
import type { Chain, HttpFacts } from '../../model/facts/http.ts';
import type { StandInTable } from '../../model/reference.ts';
import { closed, list, oneOf, text } from '../../model/schema.ts';
import type { Target } from '../../model/target.ts';
import { allAsked, type Answered, type Asks } from './asked.ts';
import { hostOf, isRedirect, type OwnHost } from './own-host.ts';
import { seen, unseen, type Part } from './part.ts';
import { standInFor } from './stand-in.ts';

/** The host's name with `www.` put on or taken off. */
export const twinView = Type.Object(
  {
    host: text(255),
    /** `one-place` both names lead to one; `serves` it shows a page itself; `elsewhere` leads to another site; `nothing` no page. */
    leads: oneOf(['one-place', 'serves', 'elsewhere', 'nothing']),
  },
  closed,
);
export type Twin = Static<typeof twinView>;

/** What the server shows to one who knows its address alone. */
export const byAddressView = Type.Object(
  {
    url: text(2048),
    shows: oneOf(['site', 'default-page', 'other', 'redirect', 'refusal']),
    /** Whose default page. */
    product: Type.Union([text(100), Type.Null()]),
    /** Names in the certificate shown; null: none was. */
    certificateNames: Type.Union([list(text(255), 100), Type.Null()]),
  },
  closed,
);
export type ByAddress = Static<typeof byAddressView>;

/** Null: there is no such name, the endpoint is a bare address, or another of its targets tells. */
export function twinOf(facts: HttpFacts, target: Target, asks: Asks, own: OwnHost): Part<Twin | null> {
  const host = own.host.startsWith('www.') ? own.host.slice(4) : `www.${own.host}`;
  const hops = [facts.secure, facts.plain].flatMap((chain) => chain?.hops ?? []);
  if (hops.some(({ url, location }) => hostOf(url) === host || hostOf(location ?? '') === host))
    return seen({ host, leads: 'one-place' });
  if (facts.asks !== undefined && (target.name === undefined || target.siblings === undefined)) return seen(null);
  if (facts.asks?.questions.some(({ question, noName }) => question === 'twin' && noName === true) === true)
    return seen(null);
  const all = allAsked(asks, 'twin');
  if ('unseen' in all) return all;
  const part = all.seen[0] ?? unseen(asks.unasked);
  if ('unseen' in part) return part.unseen.code === 'refused' ? seen({ host, leads: 'nothing' }) : part;
  return seen({ host, leads: twinLeads(part.seen, own) });
}

function twinLeads({ hop, body }: Answered, own: OwnHost): Twin['leads'] {
  if (isRedirect(hop)) return own.isSite(hop.location ?? '') ? 'one-place' : 'elsewhere';
  if (hop.status >= 200 && hop.status < 300) return own.challengeIn(hop, body) === null ? 'serves' : 'nothing';
  return 'nothing';
}

/** Null: the endpoint is a bare address itself. Absent unless every port of the endpoint was asked so. */
export function byAddressOf(
  facts: HttpFacts,
  target: Target,
  asks: Asks,
  standIns: StandInTable | undefined,
): Part<ByAddress[] | null> {
  if (facts.asks === undefined) return unseen(asks.unasked);
  if (target.name === undefined) return seen(null);
  const titles = [facts.secure, facts.plain].flatMap((chain) => pageTitle(chain) ?? []);
  const answers: ByAddress[] = [];
  for (const word of ['address-https', 'address-http'] as const) {
    const all = allAsked(asks, word);
    if ('unseen' in all) return all;
    for (const part of all.seen) {
      if ('unseen' in part && part.unseen.code !== 'tls' && part.unseen.code !== 'protocol') return part;
      if ('seen' in part) answers.push(shownByAddress(part.seen, titles, standIns));
    }
  }
  return seen(answers);
}

const pageTitle = (chain: Chain | null) => (chain?.end === 'answer' ? chain.body?.title : undefined);

function shownByAddress(asked: Answered, titles: readonly string[], standIns: StandInTable | undefined): ByAddress {
  const { hop, body, certificate } = asked;
  const page = standInFor(hop, body, standIns);
  const isDefault = page?.is === 'default-page';
  const title = body?.title ?? null;
  const success = hop.status >= 200 && hop.status < 300;
  const shows = (): ByAddress['shows'] => {
    if (isRedirect(hop)) return 'redirect';
    if (isDefault) return 'default-page';
    if (!success || (page !== null && page.is === 'filter')) return 'refusal';
    return title !== null && titles.includes(title) ? 'site' : 'other';
  };
  return {
    url: hop.url,
    shows: shows(),
    product: isDefault ? page.name : null,
    certificateNames: certificate?.names ?? null,
  };
}
