import { parentOf } from '../name.ts';

/**
 * What the records of denial prove of a name and type. `nodata`: the name stands and has none of the type; `cut`: it is
 * delegated, and carries no DS; `opt-out`: it is an unsigned delegation or nothing at all (RFC 5155, 6); `too-costly`: more
 * NSEC3 iterations than anybody computes (RFC 9276, 3.2).
 */
export type Denial = 'nxdomain' | 'nodata' | 'cut' | 'opt-out' | 'too-costly';

/** What a bitmap of types at a name says of one type. */
export function denies(types: readonly string[], name: string, type: string, zone: string): Denial | undefined {
  const delegated = types.includes('NS') && !types.includes('SOA');
  if (type === 'DS') {
    // RFC 6840, 4.1 and 4.4: about a DS only the parent speaks, and a zone's own apex does not.
    if (types.includes('DS') || (name === zone && zone !== '.')) return undefined;
    return delegated ? 'cut' : types.includes('CNAME') ? undefined : 'nodata';
  }
  if (types.includes(type) || types.includes('CNAME') || delegated) return undefined;
  return 'nodata';
}

/** The name one label longer than `encloser` on the way to `name` (RFC 5155, 1.3). */
export function nextCloser(name: string, encloser: string): string {
  let at = name;
  for (;;) {
    const up = parentOf(at);
    if (up === undefined || up === encloser) return at;
    at = up;
  }
}

/** The wildcard below a name. */
export const wildcardBelow = (name: string): string => (name === '.' ? '*' : `*.${name}`);
