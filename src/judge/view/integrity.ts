import { oneOf } from '../../model/schema.ts';

/** What keeps an `integrity` attribute from working: no hash a browser knows, or a load that cannot be checked. */
const integrityFaults = ['malformed', 'no-cors'] as const;
export const integrityFault = oneOf(integrityFaults);

/** Characters of each hash in base64. */
const lengths: ReadonlyMap<string, number> = new Map([
  ['sha256', 43],
  ['sha384', 64],
  ['sha512', 86],
]);

/** Subresource Integrity, 3.3: hashes between blanks, each perhaps with options; at least one must be a hash. */
export function hasHash(integrity: string): boolean {
  return integrity.split(/\s+/).some((token) => {
    const [, algorithm, digest] = /^(sha256|sha384|sha512)-([A-Za-z0-9+/_-]+)={0,2}(?:\?\S*)?$/i.exec(token) ?? [];
    return digest !== undefined && lengths.get(algorithm?.toLowerCase() ?? '') === digest.length;
  });
}
