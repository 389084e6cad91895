import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readCadence, type Cadence } from '../../src/engine/schedule/cadence.ts';
import { dueWorkOf } from '../../src/engine/schedule/due-work.ts';
import { createPermit } from '../../src/inventory/scope.ts';
import { severities } from '../../src/model/check.ts';
import { addDays, dayOf, daysBetween, startOfDay } from '../../src/model/day.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import type { ClockBack } from '../../src/model/scheduler.ts';
import type { Blackout } from '../../src/model/inventory/blackout.ts';
import { rewound } from '../../src/pipeline/known-looks.ts';
import { clockBackOf } from '../../src/pipeline/clock-back.ts';
import type { Known } from '../../src/pipeline/schedule-known.ts';
import { turnsOf } from '../../src/pipeline/schedule.ts';
import { authorisation, inventory, system } from '../inventory/make.ts';

let cadence: Cadence;
beforeAll(async () => {
  cadence = await readCadence();
});

const hourMs = 3_600_000;
const ids = ['a', 'b', 'c', 'd', 'e'];
const address = (id: string) => `8.8.0.${ids.indexOf(id) + 1}`;
const first = '2026-01-01';
/** Hours between two ticks. */
const step = 3;

/** Five systems; the first two only by night. */
function province(blackouts: readonly Blackout[]): Inventory {
  const night = [{ from: '22:00', to: '05:00' }];
  return {
    ...inventory({
      authorisations: [
        authorisation('dem', { scope: { networks: ['8.8.0.1', '8.8.0.2'] }, until: '2030-12-31', hours: night }),
        authorisation('ngay', { scope: { networks: ['8.8.0.3', '8.8.0.4', '8.8.0.5'] }, until: '2030-12-31' }),
      ],
      systems: ids.map((id) =>
        system(id, [{ kind: 'web', url: `https://${id}.test/`, addresses: [address(id)] }], { owner: id }),
      ),
    }),
    blackouts: [...blackouts],
  };
}

const day = fc.integer({ min: 0, max: 364 });
const blackout = fc
  .record({
    from: day,
    days: fc.integer({ min: 0, max: 20 }),
    whose: fc.option(fc.constantFrom(...ids), { nil: undefined }),
    night: fc.boolean(),
  })
  .map(({ from, days, whose, night }): Blackout => {
    return {
      from: addDays(first, from),
      until: addDays(first, from + days),
      reason: 'x',
      ...(whose === undefined ? {} : { organisations: [whose] }),
      ...(night ? { hours: [{ from: '20:00', to: '06:00' }] } : {}),
    };
  });
/** From an hour on, the machine is off for some hours, or its clock is set by some: months ahead, or weeks back. */
const trouble = fc.record({
  at: fc.integer({ min: 1, max: 365 * 24 }),
  off: fc.constantFrom(0, 3, 24, 21 * 24),
  jump: fc.constantFrom(0, 0, 2, 21 * 24, -2, -5 * 24, -21 * 24),
});

type Look = { readonly run: string; readonly at: string; readonly real: number };

/** A year of hourly ticks, in memory; tells every look with the clock's instant and with the true hour. */
async function live(
  place: Inventory,
  troubles: readonly (typeof trouble extends fc.Arbitrary<infer T> ? T : never)[],
  gravest: (id: string) => (typeof severities)[number] | undefined,
) {
  const looks = new Map<string, Look[]>(ids.map((id) => [id, []]));
  const runs: { kind: 'scan' | 'partial'; at: string; systems: readonly string[] }[] = [];
  let set = 0;
  let offUntil = 0;
  let clockBack: ClockBack | undefined;
  for (let hour = 0; hour < 365 * 24; hour += step) {
    for (const one of troubles.filter((one) => one.at >= hour && one.at < hour + step)) {
      set += one.jump;
      offUntil = Math.max(offUntil, hour + one.off);
    }
    if (hour < offUntil) continue;
    const at = new Date(Date.parse(startOfDay(first)) + (hour + set) * hourMs).toISOString();
    const kept = runs.map((run, n) => ({ id: String(n), startedAt: run.at, endedAt: run.at }));
    clockBack = await clockBackOf(
      { runs: () => Promise.resolve(kept), partials: () => Promise.resolve([]) },
      at,
      clockBack,
    );
    const madeAt = rewound(clockBack);
    const known = (id: string): Known => {
      // As `knownLooks` reads a store: the latest by a clock that may have been set back.
      const all = (looks.get(id) ?? []).map((look) => madeAt(look.run, look.at)).sort();
      const last = all.at(-1);
      const worst = gravest(id);
      return {
        ...(last === undefined ? {} : { last: { at: last, seen: 1, needed: 1 } }),
        ...(worst === undefined ? {} : { gravest: worst }),
        intervals: [],
        directives: [],
        left: [],
      };
    };
    const schedule = turnsOf({ inventory: place, zone: 'internet', at, cadence, known });
    const scan = runs.findLast(({ kind }) => kind === 'scan');
    const work = dueWorkOf(schedule, {
      wholeDays: cadence.whole,
      ...(scan === undefined ? {} : { scannedAt: scan.at }),
    });
    if (work.kind === 'nothing') continue;
    const permit = createPermit(place);
    const planned = work.kind === 'scan' ? ids : work.systems;
    const seen = planned.filter((id) => permit({ address: address(id), port: 443, zone: 'internet', at }).allowed);
    // Only what may be looked at is ever begun.
    expect(seen.length).toBeGreaterThan(0);
    if (work.kind === 'partial') expect(seen).toEqual(planned);
    const run = String(runs.length);
    runs.push({ kind: work.kind, at, systems: seen });
    for (const id of seen) looks.get(id)?.push({ run, at, real: hour });
  }
  return { looks, runs };
}

describe('a year of ticks', () => {
  const paces = fc.record({
    a: fc.constantFrom(undefined, ...severities),
    c: fc.constantFrom(undefined, ...severities),
  });

  it('brings no system two looks for one due day, whatever the clock does', async () => {
    const off = { at: 2000, off: 21 * 24, jump: 0 };
    const back = { at: 5000, off: 0, jump: -5 * 24 };
    let jumps = 0;
    let caught = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(blackout, { maxLength: 4 }),
        fc.array(trouble, { maxLength: 4 }),
        paces,
        async (some, troubles, by) => {
          jumps += troubles.filter(({ jump }) => jump < 0).length;
          const gravest = (id: string) => (id === 'a' || id === 'c' ? by[id] : undefined);
          const { looks, runs } = await live(province(some), troubles, gravest);
          const scans = new Set(runs.filter(({ kind }) => kind === 'scan').map(({ at }) => at));
          const back = troubles.some(({ jump }) => jump < 0);
          for (const [id, own] of looks) {
            const worst = gravest(id);
            const pace = Math.min(worst === undefined ? cadence.quiet : cadence.days[worst], cadence.quiet);
            own.forEach((look, n) => {
              const before = own[n - 1];
              if (before === undefined || scans.has(look.at)) return;
              // By the true hours: from one midnight to another, so a day's pace may be less than a day.
              const forward = troubles.some(
                ({ at, jump }) => jump > 0 && at > before.real - step && at < look.real + step,
              );
              if (!forward) expect(look.real - before.real).toBeGreaterThan((pace - 1) * 24);
              if (!back) expect(daysBetween(dayOf(before.at), dayOf(look.at))).toBeGreaterThanOrEqual(pace);
              if (daysBetween(dayOf(before.at), dayOf(look.at)) > 2 * pace) caught += 1;
            });
          }
        },
      ),
      // What is drawn may hold no trouble at all: a year with both kinds is always among the years.
      { numRuns: 5, examples: [[[], [off, back], { a: 'critical', c: undefined }]] },
    );
    expect(jumps).toBeGreaterThan(0);
    expect(caught).toBeGreaterThan(0);
  });

  it('looks at nothing twice when the clock is set back, and goes on after the usual pace', async () => {
    const { looks } = await live(province([]), [{ at: 100 * 24, off: 0, jump: -60 * 24 }], () => undefined);
    for (const own of looks.values()) {
      const after = own.find(({ real }) => real >= 100 * 24);
      // Counted from when it was noticed: no sooner than a week, no later than the night after.
      expect((after?.real ?? 0) - 100 * 24).toBeGreaterThanOrEqual((cadence.quiet - 1) * 24);
      expect((after?.real ?? Infinity) - 100 * 24).toBeLessThanOrEqual((cadence.quiet + 2) * 24);
      // And then at its pace again, not at each tick.
      expect(own.filter(({ real }) => real >= 100 * 24).length).toBeLessThanOrEqual(Math.ceil(265 / 6));
    }
  });

  it('catches up three weeks once', async () => {
    const { looks, runs } = await live(province([]), [{ at: 100 * 24 + 12, off: 21 * 24, jump: 0 }], () => 'critical');
    for (const own of looks.values()) {
      const after = own.filter(({ real }) => real >= 121 * 24 + 12);
      // The day it is back and the next: one each.
      expect(new Set(after.slice(0, 5).map(({ at }) => dayOf(at))).size).toBe(5);
    }
    expect(runs[0]?.kind).toBe('scan');
  });
});

describe('coverage debt', () => {
  it('is the days past the due day, those of blackouts told apart', () => {
    let owed = 0;
    fc.assert(
      fc.property(fc.array(blackout, { maxLength: 5 }), day, fc.nat(40), (some, from, past) => {
        const place = province(some);
        const lookedAt = addDays(first, from);
        const due = addDays(lookedAt, cadence.quiet);
        const at = new Date(Date.parse(startOfDay(addDays(due, past))) + 12 * hourMs).toISOString();
        const known = (): Known => ({
          last: { at: `${lookedAt}T03:00:00.000Z`, seen: 1, needed: 1 },
          intervals: [],
          directives: [],
          left: [],
        });
        const { turns, debt } = turnsOf({ inventory: place, zone: 'internet', at, cadence, known });
        // Another reading: a day is a blackout's when no half hour of it may be used, and one might without blackouts.
        const may = createPermit(place);
        const free = createPermit({ ...place, blackouts: [] });
        let [days, blackoutDays] = [0, 0];
        for (const turn of turns) {
          let own = 0;
          for (let n = 0; n < past; n += 1) {
            const begin = Date.parse(startOfDay(addDays(due, n)));
            const halves = Array.from({ length: 48 }, (_, half) => new Date(begin + half * (hourMs / 2)).toISOString());
            const opens = (permit: typeof may) =>
              halves.some(
                (half) => permit({ address: address(turn.system), port: 443, zone: 'internet', at: half }).allowed,
              );
            if (!opens(may) && opens(free)) own += 1;
          }
          expect(turn.debt).toEqual({ days: past, blackoutDays: own });
          expect(turn.debtDays).toBe(past);
          days += past;
          blackoutDays += own;
        }
        expect(debt).toEqual({ systems: past === 0 ? 0 : turns.length, days, blackoutDays });
        owed += blackoutDays;
      }),
      { numRuns: 60 },
    );
    expect(owed).toBeGreaterThan(0);
  });
});
