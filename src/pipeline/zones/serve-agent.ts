import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDeskClock } from '../../engine/desk-clock.ts';
import { runWorker } from '../../engine/worker/run-worker.ts';
import type { WorkerEvents, WorkerTally } from '../../engine/worker/types.ts';
import { createCentre, type CentreOptions } from '../../engine/zones/centre.ts';
import { openOutbox } from '../../engine/zones/outbox.ts';
import { Refusal } from '../../engine/zones/protocol.ts';
import { createRemoteDesk, type RemoteDeskEvents } from '../../engine/zones/remote-desk.ts';
import { openFeeds } from '../../feeds/open.ts';
import { controlsIn } from '../../inventory/controls.ts';
import { knownAddresses } from '../../inventory/endpoint.ts';
import { DeskAway, type LookOrder } from '../../model/desk.ts';
import { UserError } from '../../model/errors.ts';
import { message } from '../../model/text.ts';
import { createHoldKeeper } from '../../probe/wire/hold-keeper.ts';
import { resolversOf } from '../dns-servers.ts';
import { createLaneLooker } from '../fleet/lane-looker.ts';
import { adoptPublicSuffixes } from '../public-suffixes.ts';
import { toolVersion } from '../version.ts';

export type ServeAgentOptions = {
  readonly centre: string;
  /** Absent: the zone that the centre has written down for this certificate. */
  readonly zone?: string;
  /** Files (PEM). */
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
  readonly proxy?: CentreOptions['proxy'];
  readonly spool: string;
  readonly ahead: number;
  readonly atOnce: number;
  readonly targetDeadlineMs?: number;
  readonly resolver?: string;
  readonly feeds: string;
  readonly signal: AbortSignal;
};

export type ServeAgentEvents = WorkerEvents &
  RemoteDeskEvents & { readonly began?: (zone: string, waiting: number) => void };

/** Works in another network for a centre until the signal aborts: the worker's loop over a desk at the other end of a wire. */
export async function serveAgent(
  options: ServeAgentOptions,
  events: ServeAgentEvents = {},
): Promise<WorkerTally & { readonly waiting: number }> {
  const secrets = { certificate: bytesOf(options.cert), key: bytesOf(options.key), ca: bytesOf(options.ca) };
  checkCentre(options);
  const feeds = await openFeeds(options.feeds);
  const outbox = openOutbox(options.spool, () => {
    throw new UserError([{ file: options.spool, message: message('zone-agents.spool-busy') }]);
  });
  const version = toolVersion();
  const connect = (zone: string) =>
    createCentre({
      ...secrets,
      url: options.centre,
      zone,
      userAgent: version.replace(' ', '/'),
      ...(options.proxy === undefined ? {} : { proxy: options.proxy }),
    });
  try {
    adoptPublicSuffixes(feeds);
    const zone = options.zone ?? (await zoneOfCertificate(connect, options.signal, events));
    if (zone === undefined) return { done: 0, 'given-back': 0, lost: 0, targets: 0, waiting: outbox.count() };
    const desk = createRemoteDesk({ centre: connect(zone), outbox, ahead: options.ahead, controlAddresses }, events);
    const clock = createDeskClock();
    const keeper = createHoldKeeper(desk.holds);
    const about = { session: randomUUID(), zone, host: hostname(), pid: process.pid, version };
    const { targetDeadlineMs, atOnce, signal } = options;
    events.began?.(zone, desk.waiting());
    try {
      const tally = await runWorker(
        {
          desk,
          about,
          clock,
          atOnce,
          signal,
          looker: (order) => {
            const fingerprints = feeds.fingerprints(clock.now());
            return createLaneLooker(withResolvers(order, options.resolver), {
              clock,
              keeper,
              atOnce,
              signal,
              byResolvers: options.resolver !== undefined || order.manner.resolvers.length > 0,
              ...(targetDeadlineMs === undefined ? {} : { targetDeadlineMs }),
              ...(fingerprints === undefined ? {} : { fingerprints }),
            });
          },
        },
        events,
      );
      return { ...tally, waiting: desk.waiting() };
    } finally {
      await keeper.close();
    }
  } catch (error) {
    if (error instanceof Refusal) throw refusedBy(error, version);
    throw error;
  } finally {
    outbox.close();
    feeds.close();
  }
}

async function zoneOfCertificate(
  connect: (zone: string) => ReturnType<typeof createCentre>,
  signal: AbortSignal,
  events: ServeAgentEvents,
): Promise<string | undefined> {
  const centre = connect('-');
  let told = false;
  try {
    while (!signal.aborted) {
      try {
        return (await centre.call('whoami', randomUUID(), {})).zone;
      } catch (error) {
        if (!(error instanceof DeskAway)) throw error;
        if (!told) events.away?.(error.message);
        told = true;
        await sleep(500, undefined, { signal }).catch(() => undefined);
      }
    }
    return undefined;
  } finally {
    await centre.close();
  }
}

/** Where the inventory names no resolver for the zone, or another is asked for here, this machine's own are asked. */
function withResolvers(order: LookOrder, asked: string | undefined): LookOrder {
  if (asked === undefined && order.manner.resolvers.length > 0) return order;
  return { ...order, manner: { ...order.manner, resolvers: resolversOf(order.inventory, order.zone, asked) } };
}

function controlAddresses({ inventory, zone }: LookOrder): readonly string[] {
  return controlsIn(inventory, zone).flatMap(({ endpoint }) => knownAddresses(endpoint) ?? []);
}

function checkCentre({ centre, proxy }: ServeAgentOptions): void {
  const url = URL.canParse(centre) ? new URL(centre) : undefined;
  if (url?.protocol !== 'https:' || url.pathname !== '/' || url.username !== '')
    throw new UserError([{ message: message('zone-agents.bad-centre', { value: centre }) }]);
  if (proxy === undefined) return;
  if (!URL.canParse(proxy.url) || !/^https?:$/.test(new URL(proxy.url).protocol))
    throw new UserError([{ message: message('zone-agents.bad-proxy', { value: proxy.url }) }]);
}

function refusedBy(refusal: Refusal, own: string): UserError {
  const key = refusal.code === 'protocol' ? 'serve.protocol' : 'serve.refused';
  return new UserError([{ message: message(`zone-agents.${key}`, { reason: refusal.message, own }) }]);
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError([{ file, message: message('zone-agents.unreadable', { reason }) }]);
  }
}
