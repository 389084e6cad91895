import type { TlsFacts, TlsProtocol } from '../../../../src/model/facts/tls.ts';
import { suiteName } from '../../../../src/probe/tls/registry/suites.ts';
import { nmapSets, setsOf, sslscanCodes } from '../peers.ts';
import { blindnesses, type Blindness, type PeerName } from './blindness.ts';

export type Difference = { readonly peer: PeerName; readonly protocol: TlsProtocol; readonly suite: string };

export type Comparison = {
  /** Accepted triples of ours. */
  readonly suites: number;
  /** Found by a peer and not by us. */
  readonly missed: readonly Difference[];
  /** Found by us and not by a peer, and not explained. */
  readonly unexplained: readonly Difference[];
  readonly explained: ReadonlyMap<Blindness, number>;
};

/** Our sets beside those of nmap and sslscan, asked on the same server. */
export async function compare(id: string, facts: TlsFacts, address: string, port: number): Promise<Comparison> {
  const [nmap, sslscan] = await Promise.all([
    nmapSets(address, port, 'lab.test'),
    sslscanCodes(address, port, 'lab.test'),
  ]);
  const ours = triples(setsOf(facts));
  const theirs: Record<PeerName, ReadonlySet<string>> = {
    nmap: triples(nmap),
    sslscan: triples(
      Object.fromEntries(
        Object.entries(sslscan).map(([protocol, codes]) => [protocol, codes.map((code) => suiteName(Number(code)))]),
      ),
    ),
  };
  const explained = new Map<Blindness, number>();
  const missed: Difference[] = [];
  const unexplained: Difference[] = [];
  for (const peer of ['nmap', 'sslscan'] as const) {
    for (const triple of theirs[peer]) if (!ours.has(triple)) missed.push(difference(peer, triple));
    for (const triple of ours) {
      if (triple.startsWith('SSLv2') || theirs[peer].has(triple)) continue;
      const found = difference(peer, triple);
      const why = blindnesses.find((blindness) => explains(blindness, id, found));
      if (why === undefined) unexplained.push(found);
      else explained.set(why, (explained.get(why) ?? 0) + 1);
    }
  }
  return { suites: ours.size, missed, unexplained, explained };
}

function explains(blindness: Blindness, id: string, { peer, protocol, suite }: Difference): boolean {
  if (blindness.peer !== peer || blindness.at?.includes(id) === false) return false;
  return blindness.covers(protocol, suite);
}

function triples(sets: Readonly<Record<string, readonly string[]>>): ReadonlySet<string> {
  return new Set(Object.entries(sets).flatMap(([protocol, suites]) => suites.map((suite) => `${protocol} ${suite}`)));
}

function difference(peer: PeerName, triple: string): Difference {
  const [protocol = '', suite = ''] = triple.split(' ');
  return { peer, protocol: protocol as TlsProtocol, suite };
}
