import type { Check } from '../../../model/check.ts';
import { contentHash } from '../../../model/canonical.ts';
import type { Finding } from '../../../model/finding.ts';
import type { Observation } from '../../../model/observation.ts';

const known = new WeakMap<object, string>();

/** SHA-256 of a record's canonical JSON; each record is hashed once, however often it is cited. */
export function hashOf(record: Check | Finding | Observation): string {
  let hash = known.get(record);
  if (hash === undefined) {
    hash = contentHash(record);
    known.set(record, hash);
  }
  return hash;
}
