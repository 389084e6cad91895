import { Type, type Static } from '@sinclair/typebox';
import type { Chain, Hop, HttpFacts } from '../../model/facts/http.ts';
import { failure } from '../../model/failure.ts';
import { closed, list, oneOf, text } from '../../model/schema.ts';
import type { Target } from '../../model/target.ts';
import { allAsked, askedOnce, type Answered, type Asks } from './asked.ts';
import { joinedHeader } from './headers.ts';
import { seen, unseen, type Part } from './part.ts';

/** What may differ between two addresses of one name; `silent`: the other one refuses, or does not speak HTTP. */
const differences = ['silent', 'status', 'location', 'title', 'certificate', 'server'] as const;

/** Another address of the endpoint, held against the first. */
export const siblingView = Type.Object(
  { address: text(45), differences: list(oneOf(differences), differences.length), saw: text(1024) },
  closed,
);
export type Sibling = Static<typeof siblingView>;

/** Whether the name stands for an IPv6 address, and whether the page was had there; absent: not seen. */
export const ipv6View = Type.Object({ published: Type.Boolean(), answers: Type.Optional(Type.Boolean()) }, closed);
export type Ipv6 = Static<typeof ipv6View>;

/** Failures by which an address says that it does not serve the site. */
const telling: ReadonlySet<string> = new Set(['refused', 'tls', 'protocol']);

/**
 * Every other address that told something. Null: there is none, or another target of the endpoint does the comparing.
 * `complete` is seen only when every address told something.
 */
export function siblingsOf(
  facts: HttpFacts,
  target: Target,
  asks: Asks,
): { readonly siblings: Part<Sibling[] | null>; readonly siblingsComplete: Part<true> } {
  if ((target.siblings ?? []).length === 0 && facts.asks !== undefined)
    return { siblings: seen(null), siblingsComplete: seen(true) };
  const all = allAsked(asks, 'sibling');
  if ('unseen' in all) return { siblings: all, siblingsComplete: all };
  const own = ownLook(facts, asks);
  if (own === undefined) return { siblings: unseen(asks.unasked), siblingsComplete: unseen(asks.unasked) };
  const addresses = facts.asks?.questions.filter(({ question }) => question === 'sibling') ?? [];
  const parts = all.seen.map((part, index) => compare(part, addresses[index]?.address ?? '', own));
  const told = parts.flatMap((part) => ('seen' in part ? [part.seen] : []));
  const missing = parts.find((part) => 'unseen' in part);
  return {
    siblings: told.length === 0 && missing !== undefined ? missing : seen(told),
    siblingsComplete: missing ?? seen(true),
  };
}

type Look = { readonly hop: Hop; readonly title: string | null | undefined; readonly certificate: string | undefined };

/** The first address's own answer to the URL that its siblings were asked for. */
function ownLook(facts: HttpFacts, asks: Asks): Look | undefined {
  const asked = facts.asks?.questions.find(({ question }) => question === 'sibling')?.url;
  const chains = [facts.secure, facts.plain].filter((chain) => chain !== null);
  const found = chains.flatMap((chain) =>
    chain.hops
      .filter(({ url }) => url === asked)
      .map((hop): Look => {
        const first = askedOnce(asks, 'cors-stranger');
        return { hop, title: titleOf(chain, hop), certificate: 'seen' in first ? hashOf(first.seen) : undefined };
      }),
  );
  return found[0];
}

const titleOf = (chain: Chain, hop: Hop) => (hop === chain.hops.at(-1) ? chain.body?.title : undefined);
const hashOf = (asked: Answered) => asked.certificate?.sha256;

function compare(part: Part<Answered>, address: string, own: Look): Part<Sibling> {
  if ('unseen' in part) {
    const { code, detail } = part.unseen;
    return telling.has(code) ? seen({ address, differences: ['silent'], saw: detail.slice(0, 1024) }) : part;
  }
  const { hop, body, certificate } = part.seen;
  const found: [Sibling['differences'][number], string | number | null, string | number | null][] = [
    ['status', own.hop.status, hop.status],
    ['location', own.hop.location ?? null, hop.location ?? null],
    ['server', joinedHeader(own.hop, 'server'), joinedHeader(hop, 'server')],
  ];
  if (own.title !== undefined && body !== undefined) found.push(['title', own.title, body.title]);
  if (own.certificate !== undefined && certificate !== undefined)
    found.push(['certificate', own.certificate.slice(0, 16), certificate.sha256.slice(0, 16)]);
  const unlike = found.filter(([, ours, theirs]) => ours !== theirs);
  return seen({
    address,
    differences: unlike.map(([what]) => what),
    saw: unlike
      .map(([what, ours, theirs]) => `${what}: ${ours ?? '-'} / ${theirs ?? '-'}`)
      .join('; ')
      .slice(0, 1024),
  });
}

/**
 * Null: the endpoint is a bare address, or another of its targets tells. Addresses that the inventory itself names say
 * nothing of what is published beside them.
 */
export function ipv6Of(facts: HttpFacts, target: Target, asks: Asks): Part<Ipv6 | null> {
  if (facts.asks === undefined) return unseen(asks.unasked);
  if (target.name === undefined || target.siblings === undefined) return seen(null);
  const isSix = (address: string) => address.includes(':');
  if (isSix(target.address ?? '')) return seen({ published: true, answers: true });
  if (!target.siblings.some(isSix)) {
    const pinned = target.endpoint.kind === 'web' && target.endpoint.addresses !== undefined;
    return pinned
      ? unseen(failure('undecided', 'the inventory names the addresses; the name was not looked up'))
      : seen({ published: false });
  }
  const all = allAsked(asks, 'sibling');
  if ('unseen' in all) return all;
  const index = facts.asks.questions
    .filter(({ question }) => question === 'sibling')
    .findIndex((asked) => isSix(asked.address ?? ''));
  const part = all.seen[index] ?? unseen(asks.unasked);
  if ('seen' in part) return seen({ published: true, answers: true });
  return telling.has(part.unseen.code) ? seen({ published: true, answers: false }) : part;
}
