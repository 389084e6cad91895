import { createPublicKey, randomBytes, type KeyObject } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openFeeds } from '../../feeds/open.ts';
import { zonePart } from '../../inventory/cut.ts';
import { readInventory } from '../../inventory/read.ts';
import { readPackages } from '../../inventory/read-packages.ts';
import { keyId, writeSealed } from '../../keys/sealed-lines.ts';
import type { PlanHead } from '../../model/carried.ts';
import { UserError } from '../../model/errors.ts';
import type { Manner, PortsEngine } from '../../model/manner.ts';
import type { PortListName } from '../../model/port-list.ts';
import { message } from '../../model/text.ts';
import { namedPortList } from '../../probe/ports/named-lists.ts';
import { lockFolder } from '../../store/lock.ts';
import { storePlace } from '../../store/place.ts';
import { openStore } from '../../store/store.ts';
import { readAnchors } from '../dns-anchors.ts';
import { resolversOf } from '../dns-servers.ts';
import { readLawbook } from '../lawbook.ts';
import { readTrustRoots } from '../trust.ts';
import { toolVersion } from '../version.ts';
import { newRunId } from '../work.ts';
import { zoneOf } from '../zone.ts';

export type PlanOptions = {
  readonly inventory: string;
  readonly zone?: string;
  readonly out: string;
  readonly to: string;
  readonly key: KeyObject;
  readonly validDays: number;
  readonly engine: PortsEngine;
  readonly portList: PortListName;
  readonly udp: boolean;
  readonly trust?: string;
  readonly resolver?: string;
  readonly dnsAnchors?: string;
  readonly dnsPort: number;
  readonly detectionCheck: boolean;
  readonly feeds: string;
};

export type ExportedPlan = PlanHead & {
  readonly hash: string;
  readonly signer: string;
  readonly systems: number;
  readonly endpoints: number;
  readonly authorisations: number;
  /** Endpoints of the zone that are never contacted and therefore not told. */
  readonly leftOut: number;
};

const dayMs = 86_400_000;

/** Writes a signed plan for one zone, and keeps in the store that it was issued. Sends nothing. Throws UserError. */
export async function exportPlan(options: PlanOptions): Promise<ExportedPlan> {
  const { inventory } = await readInventory(options.inventory);
  const packages = Object.fromEntries(await readPackages(options.inventory, inventory));
  const zone = zoneOf(inventory, options.zone);
  const { carried, leftOut } = zonePart(inventory, zone);
  if (carried.systems.length === 0) throw new UserError([{ message: message('carried.nothing-in-zone', { zone }) }]);
  if (carried.authorisations.length === 0) throw new UserError([{ message: message('carried.no-document', { zone }) }]);
  const { manner, standIns } = await mannerFor(options, zone, inventory);
  mkdirSync(options.out, { recursive: true, mode: 0o700 });
  const lock = lockFolder(join(options.out, 'rasoat.lock'));
  const store = await openStore(storePlace(options.out));
  try {
    const now = Date.now();
    const createdAt = new Date(now).toISOString();
    const head: PlanHead = {
      kind: 'plan',
      format: 'rasoat-plan/1',
      run: newRunId(createdAt),
      nonce: randomBytes(16).toString('hex'),
      zone,
      createdAt,
      validUntil: new Date(now + options.validDays * dayMs).toISOString(),
      tool: toolVersion(),
    };
    const lines = [head, manner, standIns, carried];
    const { hash, lines: count } = writeSealed(options.to, 'plan', options.key, lines);
    const { run, tool, validUntil } = head;
    const centreKey = createPublicKey(options.key).export({ type: 'spki', format: 'pem' }).toString();
    const plan = { run, zone, issuedAt: createdAt, validUntil, tool, hash, lines: count, centreKey, manner };
    try {
      await store.carriedPlans.issue({ plan, inventory, packages });
    } catch (error) {
      // A plan that nobody knows to have been issued would bring results that nobody may take.
      rmSync(options.to, { force: true });
      throw error;
    }
    return {
      ...head,
      hash,
      signer: keyId(options.key),
      systems: carried.systems.length,
      endpoints: carried.systems.reduce((sum, { endpoints }) => sum + endpoints.length, 0),
      authorisations: carried.authorisations.length,
      leftOut,
    };
  } finally {
    await store.close();
    lock.release();
  }
}

async function mannerFor(
  options: PlanOptions,
  zone: string,
  inventory: Parameters<typeof resolversOf>[0],
): Promise<{ readonly manner: Manner; readonly standIns: unknown }> {
  const feeds = await openFeeds(options.feeds);
  try {
    const { standIns = null } = (await readLawbook({}, feeds)).reference;
    const named = options.resolver ?? inventory.zones.find(({ id }) => id === zone)?.resolver;
    const manner: Manner = {
      engine: options.engine,
      portList: await namedPortList(options.portList),
      udp: options.udp,
      extraRoots: [...(options.trust === undefined ? [] : readTrustRoots(options.trust)), ...feeds.roots()],
      // This machine's own resolvers mean nothing in the zone: without a name the agent asks its machine's.
      resolvers: named === undefined ? [] : resolversOf(inventory, zone, named),
      dnsAnchors: readAnchors(options.dnsAnchors),
      dnsPort: options.dnsPort,
      ...(options.detectionCheck ? { detection: { nonce: randomBytes(16).toString('hex') } } : {}),
    };
    return { manner, standIns };
  } finally {
    feeds.close();
  }
}
