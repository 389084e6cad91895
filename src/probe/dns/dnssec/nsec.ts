import { pick, type DnsRecord } from '../message.ts';
import { canonicalName, compareNames, isWithin, labelsOf } from '../name.ts';
import { denies, wildcardBelow, type Denial } from './denial.ts';

type Nsec = { readonly owner: string; readonly next: string; readonly types: readonly string[] };

/** RFC 4035, 5.4, with the cautions of RFC 6840, 4. */
export function proveByNsec(
  name: string,
  type: string,
  zone: string,
  records: readonly DnsRecord[],
): Denial | undefined {
  const all = pick(records, 'NSEC').map(({ name: owner, data }): Nsec => ({
    owner,
    next: canonicalName(data.nextDomain),
    types: data.rrtypes,
  }));
  const at = all.find(({ owner }) => owner === name);
  if (at !== undefined) return denies(at.types, name, type, zone);
  const over = all.find((one) => covers(one, name, zone));
  if (over === undefined) return undefined;
  // The name has names below it and nothing of its own: it exists (RFC 4592, 2.2.2).
  if (isWithin(over.next, name)) return 'nodata';
  const encloser = closestEncloser(name, over);
  const wildcard = wildcardBelow(encloser);
  const wild = all.find(({ owner }) => owner === wildcard);
  if (wild !== undefined) return denies(wild.types, wildcard, type, zone) === 'nodata' ? 'nodata' : undefined;
  return all.some((one) => covers(one, wildcard, zone)) ? 'nxdomain' : undefined;
}

/** Whether no name stands between a record's owner and `name`: it was made from a wildcard (RFC 4035, 5.3.4). */
export function nsecCovers(name: string, zone: string, records: readonly DnsRecord[]): boolean {
  return pick(records, 'NSEC').some(({ name: owner, data }) =>
    covers({ owner, next: canonicalName(data.nextDomain), types: data.rrtypes }, name, zone),
  );
}

function covers({ owner, next, types }: Nsec, name: string, zone: string): boolean {
  if (!isWithin(owner, zone) || !isWithin(name, zone)) return false;
  // An ancestor that is delegated, or a DNAME, says nothing of what lies below it (RFC 6840, 4.1).
  const above = name !== owner && isWithin(name, owner);
  if (above && ((types.includes('NS') && !types.includes('SOA')) || types.includes('DNAME'))) return false;
  if (compareNames(owner, name) >= 0) return false;
  return next === zone || compareNames(name, next) < 0;
}

/** The longest name above `name` that the record shows to exist: shared with its owner or its next name. */
function closestEncloser(name: string, { owner, next }: Nsec): string {
  const shared = [owner, next].map((other) => sharedEnd(name, other));
  return shared.reduce((a, b) => (labelsOf(a).length >= labelsOf(b).length ? a : b));
}

function sharedEnd(a: string, b: string): string {
  const [left, right] = [labelsOf(a), labelsOf(b)];
  let count = 0;
  while (count < left.length && count < right.length && left.at(-1 - count) === right.at(-1 - count)) count += 1;
  return left.slice(left.length - count).join('.') || '.';
}
