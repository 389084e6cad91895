import type { Feeds } from '../feeds/open.ts';
import { canonicalJson } from '../model/canonical.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Store } from '../store/types.ts';
import { curatedList, portsOfList } from '../probe/ports/named-lists.ts';
import { readAnchors } from './dns-anchors.ts';
import { resolversFor } from './dns-servers.ts';
import type { Manner, PortsEngine } from '../model/manner.ts';
import { readTrustRoots } from './trust.ts';
import type { Subject } from './verify-subject.ts';
import { mannerOf } from './work.ts';

export type MannerOptions = {
  /** Each absent: as the newest scan of the zone. */
  readonly engine?: PortsEngine;
  readonly trust?: string;
  readonly resolver?: string;
};

/**
 * How a verification looks: as the newest scan of its zone did, so that a pass means what the fail meant. Ports are asked
 * by the widest of the lists under which a finding last failed: a narrower one would not look where it was found. No marked
 * requests are sent.
 */
export async function mannerToVerify(
  store: Store,
  inventory: Inventory,
  { zone, lives }: Subject,
  feeds: Feeds,
  options: MannerOptions,
): Promise<Manner> {
  const newest = (await store.runs()).find((run) => run.state === 'finished' && run.zone === zone);
  const last = newest === undefined ? undefined : await mannerOf(store, newest.id);
  const found = await foundBy(store, lives);
  const lists = [...(last === undefined ? [] : [last]), ...found];
  const widest = lists.map(({ portList }) => portList).sort((a, b) => countOf(b) - countOf(a))[0];
  const trusted = options.trust === undefined ? (last?.extraRoots ?? []) : readTrustRoots(options.trust);
  const roots = new Map([...trusted, ...feeds.roots()].map((root) => [canonicalJson(root), root]));
  return {
    engine: options.engine ?? last?.engine ?? 'auto',
    portList: widest ?? curatedList,
    udp: lists.some(({ udp }) => udp),
    extraRoots: [...roots.values()],
    ...(options.resolver === undefined && last !== undefined
      ? resolversIn(last)
      : resolversFor(inventory, zone, options.resolver)),
    dnsAnchors: last?.dnsAnchors ?? readAnchors(undefined),
    dnsPort: last?.dnsPort ?? 53,
  };
}

const resolversIn = ({ resolvers, resolversNamed }: Manner): Pick<Manner, 'resolvers' | 'resolversNamed'> => ({
  resolvers,
  ...(resolversNamed === undefined ? {} : { resolversNamed }),
});

/** How the runs looked in which each of the findings last failed. */
async function foundBy(store: Store, lives: Subject['lives']): Promise<readonly Manner[]> {
  const fails = (await store.track.sightingsOf(lives.map(({ id }) => id))).filter(({ mark }) => mark === 'fail');
  const last = new Map(fails.map(({ finding, run }) => [finding, run]));
  const manners: Manner[] = [];
  for (const run of new Set(last.values())) manners.push(await mannerOf(store, run));
  return manners;
}

const countOf = (list: Manner['portList']): number => portsOfList(list).length;
