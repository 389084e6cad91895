import type { FleetFigures } from '../../model/fleet-figures.ts';
import { parseListen } from './listen-place.ts';
import type { Log } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createReadiness, type ReadyCheck } from './ready.ts';
import { servePages, type Page } from './serve-http.ts';

export type WatchOptions = {
  /** `9464` (127.0.0.1), `ADDRESS:PORT`, `[ADDRESS]:PORT`; port 0: any that is free. */
  readonly listen: string;
  /** `scheduler`, `worker`, `gateway`, `agent` ... */
  readonly role: string;
  readonly version: string;
  readonly log: Log;
  /** What the store tells; absent in a process that has none (an agent). */
  readonly figures?: () => Promise<FleetFigures>;
  /** How old figures may be before a scrape has them read again, in milliseconds. */
  readonly figuresForMs?: number;
  /** Without what this process should be given no work. */
  readonly ready?: readonly ReadyCheck[];
};

export type Watch = {
  /** Where it listens. */
  readonly address: string;
  /** What this process counts of itself. */
  readonly metrics: Metrics;
  readonly close: () => Promise<void>;
};

const figuresForMs = 15_000;

/**
 * Serves `/metrics` (Prometheus), `/healthz` (this process lives) and `/readyz` (200: it can work; 503: why not). Scrapes never pile up
 * on the store: figures are read once at a time and shown while they are fresh. Throws UserError where it cannot listen.
 */
export async function startWatch(options: WatchOptions): Promise<Watch> {
  const place = parseListen(options.listen);
  const metrics = createMetrics(options);
  const readiness = createReadiness(options.ready ?? []);
  const refresh = createRefresh(options, metrics);
  const since = new Date().toISOString();
  const pages: Record<string, () => Promise<Page>> = {
    '/metrics': async () => {
      await refresh();
      return { status: 200, type: metrics.type, body: await metrics.text() };
    },
    '/healthz': () => Promise.resolve(json(200, { ok: true, role: options.role, version: options.version, since })),
    '/readyz': async () => {
      const answer = await readiness();
      return json(answer.ready ? 200 : 503, answer);
    },
  };
  const { address, close } = await servePages(place, pages, (error) => {
    options.log.error({ error }, 'watch page failed');
  });
  options.log.info({ address }, 'watch listens');
  if (!/^(?:127\.|\[::1\])/.test(address))
    options.log.warn({ address }, 'watch listens beyond this machine, without a password');
  return { address, metrics, close };
}

const json = (status: number, value: unknown): Page => ({
  status,
  type: 'application/json',
  body: `${JSON.stringify(value)}\n`,
});

function createRefresh(
  { figures, figuresForMs: forMs = figuresForMs, log }: WatchOptions,
  metrics: Metrics,
): () => Promise<void> {
  let fresh = -Infinity;
  let reading: Promise<void> | undefined;
  const read = async (): Promise<void> => {
    try {
      if (figures !== undefined) metrics.show(await figures());
    } catch (error) {
      // The last figures stay, and their time tells that they are old.
      metrics.figuresFailed();
      log.warn({ error }, 'figures not read');
    } finally {
      fresh = performance.now() + forMs;
      reading = undefined;
    }
  };
  return () => {
    if (figures === undefined || performance.now() < fresh) return Promise.resolve();
    reading ??= read();
    return reading;
  };
}
