import { portsOf } from './country.ts';
import { firewall } from './namespace.ts';

/** Drops what goes to the machines behind a firewall, as a firewall would: no answer at all. */
export function dropSilently(servers: number): void {
  const ports = Array.from({ length: servers }, (_, server) => portsOf(server).dropped).join(', ');
  firewall(`table inet country {
    chain in {
      type filter hook input priority 0;
      tcp dport { ${ports} } drop;
    }
  }`);
}

const firstGroup = 60_000;
/** Processes that can be told apart in one bench. */
const mostTags = 2000;
/** The group a process runs under so that servers hear it from an address of its own. */
export const groupOf = (tag: number): number => firstGroup + tag;
export const sourceOf = (tag: number): string => `127.99.${tag >> 8}.${tag & 255}`;

/**
 * Lets servers tell processes apart: what a process of `groupOf(tag)` sends to the country comes from `sourceOf(tag)`. Done in
 * the kernel, so that no line of the program under test has a part in it.
 */
export function tagBySource(): void {
  const pairs = Array.from({ length: mostTags }, (_, at) => `${groupOf(at + 1)} : ${sourceOf(at + 1)}`);
  firewall(`table ip tags {
    map sources {
      type gid : ipv4_addr;
      elements = { ${pairs.join(', ')} }
    }
    chain out {
      type nat hook postrouting priority 100;
      ip daddr 127.100.0.0-127.167.255.255 snat to meta skgid map @sources
    }
  }`);
}
