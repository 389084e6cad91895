import type { Visit } from '../country/serve.ts';

/** What the authorisation allows at one address. */
export type Allowed = { readonly connections: number; readonly perSecond: number };

export type HeardOptions = {
  readonly allowed: Allowed;
  /** The longest that a server was late in seeing what its kernel had, ms: nothing is a fault that this would explain. */
  readonly lagMs: number;
  /** Processes that were stopped, by source, and since when: the kernel keeps their sockets open without them. */
  readonly frozen?: ReadonlyMap<string, number>;
};

/** What the machines heard, told apart by the process that called. */
export type Heard = {
  /** Connections by address, then by source. */
  readonly counts: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Addresses that two processes looked at in the same time. */
  readonly together: readonly string[];
  /** Addresses that had more connections at a time, or more new ones within a second, than allowed. */
  readonly overrun: readonly string[];
};

/** A longer pause than this between two connections makes them two looks, ms. */
const sameLookMs = 3000;

/** Judges what the machines of the country logged. */
export function judgeVisits(visits: readonly Visit[], { allowed, lagMs, frozen = new Map() }: HeardOptions): Heard {
  const counts = new Map<string, Map<string, number>>();
  const together: string[] = [];
  const overrun: string[] = [];
  for (const [address, some] of Map.groupBy(visits, (visit) => visit.address)) {
    const bySource = Map.groupBy(some, ({ from }) => from);
    counts.set(address, new Map([...bySource].map(([from, its]) => [from, its.length])));
    const looks = [...bySource].flatMap(([from, its]) => looksOf(its).map((look) => ({ from, ...look })));
    for (const [at, one] of looks.entries())
      for (const other of looks.slice(at + 1))
        if (one.from !== other.from && sideBySide(one, other, lagMs))
          together.push(`${address} had ${one.from} and ${other.from} at the same time`);
    const burst = mostWithin(some, 1000);
    // What was opened in a second and in the time of the lag may be seen within one second.
    if (burst > Math.ceil(allowed.perSecond * (1 + lagMs / 1000)) + 1)
      overrun.push(`${address} had ${burst} new connections in one second, ${allowed.perSecond} allowed`);
    const crowd = mostAtOnce(some, lagMs, frozen);
    if (crowd > allowed.connections)
      overrun.push(`${address} had ${crowd} connections at a time, ${allowed.connections} allowed`);
  }
  return { counts, together, overrun };
}

type Look = { readonly since: number; readonly until: number };

/** From the first to the last opening: a socket that is merely still open is no look. */
function looksOf(visits: readonly Visit[]): readonly Look[] {
  const looks: { since: number; until: number }[] = [];
  for (const { openedAt } of [...visits].sort((a, b) => a.openedAt - b.openedAt)) {
    const last = looks.at(-1);
    if (last !== undefined && openedAt - last.until <= sameLookMs) last.until = openedAt;
    else looks.push({ since: openedAt, until: openedAt });
  }
  return looks;
}

/** Whether two looks surely overlap, or one, be it a single connection, surely lies within the other. */
function sideBySide(one: Look, other: Look, lagMs: number): boolean {
  const [first, second] = one.since <= other.since ? [one, other] : [other, one];
  const inside = second.since > first.since + lagMs && second.until < first.until - lagMs;
  return inside || Math.min(first.until, second.until) - second.since > lagMs;
}

function mostWithin(visits: readonly Visit[], ms: number): number {
  const instants = visits.map(({ openedAt }) => openedAt).sort((a, b) => a - b);
  let [from, most] = [0, 0];
  for (const [at, instant] of instants.entries()) {
    while (instant - (instants[from] ?? instant) >= ms) from += 1;
    most = Math.max(most, at - from + 1);
  }
  return most;
}

/** A close is seen late by at most the lag: each connection counts for what it surely lasted. */
function mostAtOnce(visits: readonly Visit[], lagMs: number, frozen: ReadonlyMap<string, number>): number {
  const changes = visits
    .map(({ from, openedAt, closedAt }) => ({
      openedAt,
      until: Math.min(closedAt - lagMs, frozen.get(from) ?? Infinity),
    }))
    .filter(({ openedAt, until }) => until > openedAt)
    .flatMap(({ openedAt, until }) => [
      { at: openedAt, by: 1 },
      { at: until, by: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.by - b.by);
  let [open, most] = [0, 0];
  for (const { by } of changes) most = Math.max(most, (open += by));
  return most;
}
