import type { Check } from '../model/check.ts';
import type { Neighbours } from '../model/neighbours.ts';
import type { Kind, Observation } from '../model/observation.ts';
import type { TargetKey } from '../model/target.ts';

/** Facts of views that are absent until the whole run was looked at. */
const facts = ['sslv2KeyHolders'] as const;

/** What is gathered of the others. */
export const neighbourKinds: readonly Kind[] = ['tls'];

/** Gathers from observations, in whatever order they come, what other targets need to know of these. */
export function createNeighbours(): { readonly add: (observation: Observation) => void; readonly all: Neighbours } {
  const sslv2Keys = new Map<string, TargetKey[]>();
  const sslv2Unread: TargetKey[] = [];
  const add = (observation: Observation): void => {
    if (observation.kind !== 'tls' || !observation.ok) return;
    if (observation.facts.protocols.SSLv2?.offered !== true) return;
    const leaves = (observation.facts.chains ?? []).flatMap((chain) => chain[0]?.keySha256 ?? []);
    if (leaves.length === 0) sslv2Unread.push(observation.target);
    for (const key of new Set(leaves)) sslv2Keys.set(key, [...(sslv2Keys.get(key) ?? []), observation.target]);
  };
  return { add, all: { sslv2Keys, sslv2Unread } };
}

/** Whether a check can be decided only after the whole run. */
export function readsNeighbours({ rule, applies }: Check): boolean {
  const text = JSON.stringify([rule, applies]);
  return facts.some((fact) => text.includes(`"${fact}"`));
}
