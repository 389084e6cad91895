import { createHash } from 'node:crypto';
import { canonicalJson } from '../model/canonical.ts';
import type { Sighting } from '../model/track/sighting.ts';

/** SHA-256 over the sightings of a run, in the order of their findings; held by the run's record in the chain. Pure. */
export function digestOf(sightings: readonly Sighting[]): string {
  const hash = createHash('sha256');
  for (const sighting of [...sightings].sort((a, b) => (a.finding < b.finding ? -1 : 1))) {
    hash.update(`${canonicalJson(sighting)}\n`);
  }
  return hash.digest('hex');
}
