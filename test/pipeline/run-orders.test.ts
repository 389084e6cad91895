import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readLawbook } from '../../src/pipeline/lawbook.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import { createRunOrders } from '../../src/pipeline/fleet/run-orders.ts';
import { openFeeds } from '../../src/feeds/open.ts';
import { openStore } from '../../src/store/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'rasoat-orders-'));
const feeds = await openFeeds(join(folder, 'no-feeds'));
const store = await openStore(join(folder, 'rasoat.sqlite'));
afterAll(async () => {
  feeds.close();
  await store.close();
  rmSync(folder, { recursive: true });
});
const lawbook = await readLawbook({}, feeds);
const settings = { engine: 'connect', udp: false, extraRoots: [], resolvers: [], dnsAnchors: '', dnsPort: 53 };

async function addRun(id: string, systems: number): Promise<void> {
  const inventory = {
    schema: 1,
    province: { id, name: id },
    zones: [],
    organisations: [],
    systems: Array.from({ length: systems }, (_, n) => ({ id: `${id}-${String(n)}` })),
    authorisations: [],
  } as unknown as Inventory;
  await store.createRun({
    id,
    zone: 'internet',
    tool: 'rasoat 0',
    startedAt: '2026-11-26T00:00:00.000Z',
    inventory,
    targets: [],
    settings,
    lawbook,
  });
}

it('keeps the runs of a country ready at once, and reads their common law once', async () => {
  const runs = Array.from({ length: 34 }, (_, n) => `20261126-000000-000000${String(n).padStart(2, '0')}`);
  for (const run of runs) await addRun(run, 20);
  let read = 0;
  const counting = {
    ...store,
    inventory: (run: string) => {
      read += 1;
      return store.inventory(run);
    },
  };
  const orders = createRunOrders(counting, feeds);
  const first = [];
  for (const run of runs) first.push(await orders.of(run));
  for (const [index, run] of runs.entries()) expect(await orders.of(run)).toBe(first[index]);
  expect(read).toBe(34);
  expect(new Set(first.map(({ order }) => order.inventory.province.id)).size).toBe(34);
  // Compiled by the identity of what is compiled: as many lawbooks as runs would fill the memory in a year.
  expect(new Set(first.map(({ law }) => law.lawbook.checks)).size).toBe(1);
  expect(new Set(first.map(({ order }) => order.reference)).size).toBe(1);
});

it('keeps no more than its memory holds: the last asked for, and others while they are small', async () => {
  const runs = ['20261127-000000-00000001', '20261127-000000-00000002', '20261127-000000-00000003'];
  for (const run of runs) await addRun(run, 14_000);
  const orders = createRunOrders(store, feeds);
  const [a = '', b = '', c = ''] = runs;
  const [first, second] = [await orders.of(a), await orders.of(b)];
  await orders.of(c);
  await orders.of(c);
  expect(await orders.of(b)).toBe(second);
  expect(await orders.of(a)).not.toBe(first);
});
