import { createHash } from 'node:crypto';
import { pick, type DnsRecord } from '../message.ts';
import { isWithin, labelsOf, nameToWire, parentOf } from '../name.ts';
import { denies, nextCloser, wildcardBelow, type Denial } from './denial.ts';

type Nsec3 = {
  readonly owner: Buffer;
  readonly next: Buffer;
  readonly types: readonly string[];
  readonly optOut: boolean;
};
type Hash = (name: string) => Buffer | undefined;

/** What BIND computes at most since 2021; RFC 9276, 3.2, lets validators give up above their own bound. */
const mostIterations = 150;

/** RFC 5155, 8. All records must share their parameters; those that do not are passed over. */
export function proveByNsec3(
  name: string,
  type: string,
  zone: string,
  records: readonly DnsRecord[],
): Denial | undefined {
  const set = readSet(zone, records);
  if (set === undefined) return undefined;
  if (set === 'too-costly') return 'too-costly';
  const { all, hash } = set;
  const own = matching(all, hash(name));
  if (own !== undefined) return denies(own.types, name, type, zone);
  const encloser = closestEncloser(name, zone, all, hash);
  if (encloser === undefined) return undefined;
  const over = covering(all, hash(nextCloser(name, encloser)));
  if (over === undefined) return undefined;
  if (over.optOut) return 'opt-out';
  const wildcard = wildcardBelow(encloser);
  const wild = matching(all, hash(wildcard));
  if (wild !== undefined) return denies(wild.types, wildcard, type, zone) === 'nodata' ? 'nodata' : undefined;
  return covering(all, hash(wildcard)) === undefined ? undefined : 'nxdomain';
}

/** Whether the name one below `origin` on the way to `name` does not exist: it was made from a wildcard (RFC 5155, 8.8). */
export function nsec3Covers(name: string, origin: string, zone: string, records: readonly DnsRecord[]): boolean {
  const set = readSet(zone, records);
  if (set === undefined || set === 'too-costly') return false;
  return covering(set.all, set.hash(nextCloser(name, origin))) !== undefined;
}

function readSet(
  zone: string,
  records: readonly DnsRecord[],
): { readonly all: readonly Nsec3[]; readonly hash: Hash } | 'too-costly' | undefined {
  const found = pick(records, 'NSEC3').filter(({ name, data }) => parentOf(name) === zone && data.algorithm === 1);
  const [first] = found;
  if (first === undefined) return undefined;
  const { iterations, salt } = first.data;
  if (iterations > mostIterations) return 'too-costly';
  const alike = found.filter(({ data }) => data.iterations === iterations && data.salt.equals(salt));
  const all = alike.flatMap(({ name, data }): Nsec3[] => {
    const owner = fromBase32Hex(labelsOf(name)[0] ?? '');
    if (owner?.length !== 20 || data.nextDomain.length !== 20) return [];
    return [{ owner, next: data.nextDomain, types: data.rrtypes, optOut: (data.flags & 1) === 1 }];
  });
  const known = new Map<string, Buffer | undefined>();
  const hash: Hash = (name) => {
    if (!known.has(name)) known.set(name, hashName(name, salt, iterations));
    return known.get(name);
  };
  return { all, hash };
}

/** RFC 5155, 5. Undefined for a name that fits no wire. */
export function hashName(name: string, salt: Buffer, iterations: number): Buffer | undefined {
  const wire = nameToWire(name);
  if (wire === undefined) return undefined;
  let digest: Buffer = wire;
  for (let round = 0; round <= iterations; round += 1) digest = createHash('sha1').update(digest).update(salt).digest();
  return digest;
}

function closestEncloser(name: string, zone: string, all: readonly Nsec3[], hash: Hash): string | undefined {
  for (let at = parentOf(name); at !== undefined && isWithin(at, zone); at = parentOf(at)) {
    const found = matching(all, hash(at));
    if (found === undefined) continue;
    // A delegation or a DNAME says nothing of what lies below it (RFC 5155, 8.3).
    const barred = found.types.includes('DNAME') || (found.types.includes('NS') && !found.types.includes('SOA'));
    return barred ? undefined : at;
  }
  return undefined;
}

function matching(all: readonly Nsec3[], hash: Buffer | undefined): Nsec3 | undefined {
  return hash === undefined ? undefined : all.find(({ owner }) => owner.equals(hash));
}

function covering(all: readonly Nsec3[], hash: Buffer | undefined): Nsec3 | undefined {
  if (hash === undefined) return undefined;
  return all.find(({ owner, next }) => {
    const after = Buffer.compare(owner, hash) < 0;
    const before = Buffer.compare(hash, next) < 0;
    // The last record of the chain leads round to the first.
    return Buffer.compare(owner, next) < 0 ? after && before : after || before;
  });
}

const digits = '0123456789abcdefghijklmnopqrstuv';

/** RFC 4648, 7, without padding. */
function fromBase32Hex(text: string): Buffer | undefined {
  const bytes: number[] = [];
  let [kept, bits] = [0, 0];
  for (const letter of text) {
    const value = digits.indexOf(letter);
    if (value === -1) return undefined;
    kept = ((kept << 5) | value) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((kept >> bits) & 0xff);
  }
  return Buffer.from(bytes);
}
