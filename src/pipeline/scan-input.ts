import { randomBytes } from 'node:crypto';
import type { Feeds } from '../feeds/open.ts';
import { readInventory } from '../inventory/read.ts';
import { readPackages, type EvidenceBySystem } from '../inventory/read-packages.ts';
import type { Manner } from '../model/manner.ts';
import { namedPortList } from '../probe/ports/named-lists.ts';
import { refuseStrangeChecks } from './check-controls.ts';
import { readAnchors } from './dns-anchors.ts';
import { resolversFor } from './dns-servers.ts';
import { readLawbook } from './lawbook.ts';
import type { Job, ScanOptions } from './scan-types.ts';
import { readTrustRoots } from './trust.ts';
import { zoneOf } from './zone.ts';

/** What a scan was given, read and found to be right. */
export type Fresh = Pick<Job, 'inventory' | 'zone' | 'lawbook'> & {
  readonly evidence: EvidenceBySystem;
  readonly manner: Manner;
  readonly ask: Feeds['ask'];
};

/** Reads it; undefined where no inventory was given. Throws UserError with every problem. */
export async function readFresh(options: ScanOptions & { readonly inventory: string }, feeds: Feeds): Promise<Fresh>;
export async function readFresh(options: ScanOptions, feeds: Feeds): Promise<Fresh | undefined>;
export async function readFresh(options: ScanOptions, feeds: Feeds): Promise<Fresh | undefined> {
  const lawbook = await readLawbook(options, feeds);
  const extraRoots = [...(options.trust === undefined ? [] : readTrustRoots(options.trust)), ...feeds.roots()];
  const dnsAnchors = readAnchors(options.dnsAnchors);
  if (options.inventory === undefined) return undefined;
  const read = await readInventory(options.inventory);
  const { inventory } = read;
  refuseStrangeChecks(read, lawbook.checks);
  const evidence = await readPackages(options.inventory, inventory);
  const zone = zoneOf(inventory, options.zone);
  const { engine, udp, dnsPort } = options;
  const manner: Manner = {
    engine,
    portList: await namedPortList(options.portList),
    udp,
    extraRoots,
    dnsAnchors,
    dnsPort,
    ...resolversFor(inventory, zone, options.resolver),
    ...(options.detectionCheck === true ? { detection: { nonce: randomBytes(16).toString('hex') } } : {}),
  };
  return { inventory, zone, evidence, lawbook, manner, ask: feeds.ask };
}
