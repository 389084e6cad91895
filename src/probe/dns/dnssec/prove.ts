import type { DnsRecord } from '../message.ts';
import { isWithin } from '../name.ts';
import type { Denial } from './denial.ts';
import { nsecCovers, proveByNsec } from './nsec.ts';
import { nsec3Covers, proveByNsec3 } from './nsec3.ts';

/** Asks signed NSEC and NSEC3 records of one zone (the caller has verified them) about a name and type. */
export function proveAbsent(
  name: string,
  type: string,
  zone: string,
  records: readonly DnsRecord[],
): Denial | undefined {
  if (!isWithin(name, zone)) return undefined;
  return proveByNsec(name, type, zone, records) ?? proveByNsec3(name, type, zone, records);
}

/** Whether records of denial show that a name made from the wildcard below `origin` does not stand itself. */
export function provesWildcard(name: string, origin: string, zone: string, records: readonly DnsRecord[]): boolean {
  return nsecCovers(name, zone, records) || nsec3Covers(name, origin, zone, records);
}
