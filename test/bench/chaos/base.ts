import { firewall } from '../country/namespace.ts';
import { makePostgres, type Postgres } from '../country/postgres.ts';
import type { SmallDisk } from './disk.ts';
import type { Stage } from './stage.ts';

/** Seconds that a lane stays a worker's without a sign of life: the least the queue allows, so that trials are short. */
export const leaseSeconds = 10;
export const shortLease = { RASOAT_LEASE_SECONDS: String(leaseSeconds) };

/** PostgreSQL on a small disk of its own, reached at an address for each who connects, so that each can be cut off alone. */
export type Base = { readonly postgres: Postgres; readonly disk: SmallDisk };

/** Few enough that every worker of a small province has some. */
export const lanesEach = 6;
const mostWorkers = 8;
/** Where the worker of this number finds the database; 0 is the starter. */
export const doorOf = (number: number): string => `127.86.9.${number + 1}`;

export async function startBase(stage: Stage): Promise<Base> {
  const disk = stage.disk(stage.newFolder('postgres'), 1500);
  const hosts = Array.from({ length: mostWorkers + 1 }, (_, number) => doorOf(number));
  const postgres = await makePostgres({
    folder: disk.path,
    hosts,
    // Small segments, so that a small disk holds them.
    settings: ['max_wal_size=128MB', 'max_connections=200', 'log_min_messages=fatal'],
  });
  await postgres.start();
  return { postgres, disk };
}

const cuts = new Set<string>();

/** Cuts whoever comes in by this address and port off, both ways, and gives what heals it. */
export function cutOff(address: string, port: number): () => void {
  const table = `cut_${address.replaceAll('.', '_')}`;
  firewall(`table inet ${table} {
    chain in {
      type filter hook input priority 0;
      ip daddr ${address} tcp dport ${port} drop;
      ip saddr ${address} tcp sport ${port} drop;
    }
  }`);
  cuts.add(table);
  return () => {
    if (cuts.delete(table)) firewall(`delete table inet ${table}`);
  };
}

/** Cuts the worker of this number off from the database. */
export const cutWorker = (number: number): (() => void) => cutOff(doorOf(number), 5432);

/** Undoes what a strike that did not come to its end has left: cuts, a full disk, a server that is down. */
export async function mendBase({ postgres, disk }: Base): Promise<void> {
  for (const table of cuts) firewall(`delete table inet ${table}`);
  cuts.clear();
  disk.relieve();
  if (!postgres.isRunning()) await postgres.start();
}
