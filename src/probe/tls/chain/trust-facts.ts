import type { TrustFacts } from '../../../model/facts/tls.ts';
import type { Root } from '../context.ts';
import { judgeChain, type Chain, type ChainVerdict } from './judge-chain.ts';
import { pathCertificate, type PathCertificate } from './path-certificate.ts';
import { mozillaStore, rootStore, type Store } from './stores.ts';

const most = 64;

/**
 * Trust of each distinct leaf by Mozilla's roots and by each added file, apart. A leaf that came in several chains is
 * trusted when each of them is: some client gets the worst. `at` is the observation's clock, ms since the epoch.
 */
export function trustFacts(
  chains: readonly (readonly Buffer[])[],
  extraRoots: readonly Root[],
  at: number,
): TrustFacts[] {
  const read = distinct(chains).map((ders) => ders.map(pathCertificate).filter((one) => one !== undefined));
  const everything = read.flat();
  const stores = [mozillaStore(), ...extraRoots.map(rootStore)];
  const facts = stores.flatMap((store) => {
    const byLeaf = Map.groupBy(read, ([leaf]) => leaf);
    return [...byLeaf].flatMap(([leaf, own]) =>
      leaf === undefined ? [] : [factOf(leaf, store, verdictOf(leaf, own, store, everything, at))],
    );
  });
  // What a store trusts is not lost to a folder of many roots.
  return facts.sort((a, b) => Number(b.trusted) - Number(a.trusted)).slice(0, most);
}

function verdictOf(
  leaf: PathCertificate,
  chains: readonly (readonly PathCertificate[])[],
  store: Store,
  everything: readonly PathCertificate[],
  at: number,
): ChainVerdict {
  const verdicts = chains.map((chain) => verdict({ leaf, sent: chain.slice(1) }, store, everything, at));
  return verdicts.find(({ error }) => error !== null) ?? verdicts[0] ?? { error: 'unreadable', anchor: null };
}

/** Where the path breaks off, whether a certificate known from elsewhere, but not sent, would mend it. */
function verdict(chain: Chain, store: Store, everything: readonly PathCertificate[], at: number): ChainVerdict {
  const judged = judgeChain(chain, store.anchors, at);
  if (judged.error !== 'unknown-issuer') return judged;
  const mended = judgeChain({ ...chain, sent: [...everything, ...store.others] }, store.anchors, at);
  return mended.error === null ? { error: 'missing-intermediate', anchor: null } : judged;
}

function factOf({ sha256 }: PathCertificate, { name }: Store, { error, anchor }: ChainVerdict): TrustFacts {
  return { leaf: sha256, store: name, trusted: error === null, error, anchor: anchor?.subject ?? null };
}

/** Each chain once; one whose leaf cannot be read is no chain. */
function distinct(chains: readonly (readonly Buffer[])[]): Buffer[][] {
  const seen = new Map<string, Buffer[]>();
  for (const chain of chains) {
    const [leaf] = chain;
    if (leaf === undefined || pathCertificate(leaf) === undefined) continue;
    seen.set(chain.map((der) => pathCertificate(der)?.sha256 ?? '').join(), [...chain]);
  }
  return [...seen.values()].slice(0, 8);
}
