import { setTimeout as wait } from 'node:timers/promises';
import { usageOfAll } from './usage.ts';

/** Where to read what happens. */
export type Meter = {
  readonly done: () => Promise<{ readonly endpoints: number; readonly targets: number }>;
  readonly stored: () => Promise<{ readonly bytes: number; readonly rows: number }>;
  readonly scanners: () => readonly number[];
  readonly store: () => readonly number[];
  readonly servers: () => readonly number[];
};

/** What happened between two instants. */
export type Window = {
  readonly seconds: number;
  readonly endpoints: number;
  readonly targets: number;
  /** Processor seconds of workers, store and servers. */
  readonly scanners: number;
  readonly store: number;
  readonly servers: number;
  readonly bytes: number;
  readonly rows: number;
  /** Resident memory of the scanners at the end, MB. */
  readonly scannersMb: number;
};

type Instant = Omit<Window, 'seconds'> & { readonly at: number };

/** Measures a stretch of time, or until `over` says that there is nothing left to measure. */
export async function measure(meter: Meter, seconds: number, over: () => Promise<boolean>): Promise<Window> {
  const first = await read(meter);
  const endsAt = performance.now() + seconds * 1000;
  while (performance.now() < endsAt && !(await over()))
    await wait(Math.min(1000, Math.max(1, endsAt - performance.now())));
  const last = await read(meter);
  return {
    seconds: (last.at - first.at) / 1000,
    endpoints: last.endpoints - first.endpoints,
    targets: last.targets - first.targets,
    scanners: last.scanners - first.scanners,
    store: last.store - first.store,
    servers: last.servers - first.servers,
    bytes: last.bytes - first.bytes,
    rows: last.rows - first.rows,
    scannersMb: last.scannersMb,
  };
}

async function read(meter: Meter): Promise<Instant> {
  const [done, stored] = await Promise.all([meter.done(), meter.stored()]);
  const scanners = usageOfAll(meter.scanners());
  return {
    at: performance.now(),
    ...done,
    ...stored,
    scanners: scanners.cpu,
    store: usageOfAll(meter.store()).cpu,
    servers: usageOfAll(meter.servers()).cpu,
    scannersMb: scanners.residentMb,
  };
}
