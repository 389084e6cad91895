import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { readCadence, type Cadence } from '../../src/engine/schedule/cadence.ts';
import { turnReasonsOf, type TurnInput } from '../../src/engine/schedule/turn.ts';
import { severities } from '../../src/model/check.ts';
import { addDays } from '../../src/model/day.ts';
import type { Schedule } from '../../src/model/schedule.ts';
import { scheduleOfFile, scheduleOfStore } from '../../src/pipeline/schedule.ts';
import { openStore } from '../../src/store/store.ts';
import { trackRuns } from '../../src/pipeline/track-run.ts';
import { sketchInventory } from '../e2e/inventory.ts';
import { addRun } from '../track/store-runs.ts';

let cadence: Cadence;
beforeAll(async () => {
  cadence = await readCadence();
});

const cite = { instrument: 'TCVN 14423:2026', clause: '5.7.2.1 b', certainty: 'paraphrase' } as const;
const seen = (on: string, some = 3) => ({ last: { at: `${on}T03:00:00.000Z`, seen: some, needed: 3 } });
const turn = (input: Partial<TurnInput>, today = '2026-11-25') =>
  turnReasonsOf({ intervals: [], directives: [], ...input }, cadence, today);

describe('when a system is looked at again', () => {
  it('is today where it never was', () => {
    expect(turn({})).toEqual([{ kind: 'never-looked', on: '2026-11-25' }]);
  });

  it('goes by the gravest finding that is open', () => {
    const days = severities.map((gravest) => turn({ ...seen('2026-11-20'), gravest })[0].on);
    expect(days).toEqual(['2026-11-21', '2026-11-23', '2026-11-27', '2026-11-27', '2026-11-27']);
    expect(turn(seen('2026-11-20'))[0]).toEqual({ kind: 'quiet', on: '2026-11-27' });
  });

  it('is the next day where nothing was seen, whatever was open before', () => {
    expect(turn({ ...seen('2026-11-20', 0), gravest: 'low' })[0]).toEqual({ kind: 'unseen', on: '2026-11-21' });
  });

  it('is the day after an owner says that it is fixed, but never the day of the look itself', () => {
    expect(turn({ ...seen('2026-11-20'), gravest: 'low', claimedFixed: '2026-11-22' })[0]).toMatchObject({
      kind: 'claimed-fixed',
      on: '2026-11-23',
    });
    expect(turn({ ...seen('2026-11-20'), claimedFixed: '2026-11-19' })[0].kind).toBe('quiet');
  });

  it('is early enough to prove a directive by its last day, once', () => {
    const directives = [{ task: 'lai-chau-2026/x', last: '2026-11-30', cite }];
    expect(turn({ ...seen('2026-11-20'), directives })[0]).toMatchObject({
      kind: 'directive',
      on: '2026-11-23',
      last: '2026-11-30',
      cite,
    });
    expect(turn({ ...seen('2026-11-24'), directives })[0].kind).toBe('quiet');
  });

  it('gives every other reason with its day and its text', () => {
    const intervals = [{ on: '2027-05-20', months: 6, cite, binding: true }];
    expect(turn({ ...seen('2026-11-20'), intervals })).toEqual([
      { kind: 'quiet', on: '2026-11-27' },
      { kind: 'interval', on: '2027-05-20', months: 6, cite, binding: true },
    ]);
  });

  const day = fc.integer({ min: 0, max: 400 }).map((n) => addDays('2026-01-01', n));
  const input: fc.Arbitrary<TurnInput> = fc
    .record(
      {
        last: fc.record({ at: day.map((on) => `${on}T03:00:00.000Z`), seen: fc.nat(3), needed: fc.constant(3) }),
        gravest: fc.constantFrom(...severities),
        claimedFixed: day,
      },
      { requiredKeys: [] },
    )
    .chain((some) =>
      fc
        .record({
          intervals: fc.array(
            day.map((on) => ({ on, months: 6, cite, binding: true })),
            { maxLength: 3 },
          ),
          directives: fc.array(
            day.map((last) => ({ task: 't', last, cite })),
            { maxLength: 3 },
          ),
        })
        .map((rest) => ({ ...some, ...rest })),
    );

  it('is the first of its reasons, is counted from the latest look alone, and never waits longer for more reasons', () => {
    fc.assert(
      fc.property(input, day, fc.constantFrom(...severities), (known, today, worse) => {
        const reasons = turnReasonsOf(known, cadence, today);
        expect(reasons.map(({ on }) => on)).toEqual(reasons.map(({ on }) => on).sort());
        if (known.last === undefined) return;
        // Whatever passed since brings one look: the answer does not depend on today.
        expect(turnReasonsOf(known, cadence, addDays(today, 90))).toEqual(reasons);
        expect(reasons[0].on <= turnReasonsOf({ ...known, directives: [] }, cadence, today)[0].on).toBe(true);
        const rank = (one: string | undefined) => severities.findIndex((severity) => severity === one);
        if (known.gravest === undefined || rank(worse) < rank(known.gravest))
          expect(turnReasonsOf({ ...known, gravest: worse }, cadence, today)[0].on <= reasons[0].on).toBe(true);
      }),
    );
  });
});

describe('the schedule of a zone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rasoat-schedule-'));
  const file = join(folder, 'tinh.yaml');
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const lawbook = { checks: [], frameworks: [], reference: {} };
  const web = (host: string) => [{ kind: 'web', url: `https://${host}/`, addresses: [host] }];
  const show = async (authorisation: Readonly<Record<string, unknown>>, at = '2026-11-25T05:00:00.000Z') => {
    const systems = [
      { id: 'a', endpoints: web('127.79.1.1') },
      { id: 'none', endpoints: [] },
    ];
    writeFileSync(file, sketchInventory(systems, authorisation));
    return (await scheduleOfFile(file, { lawbook, at })).schedule;
  };
  const of = (schedule: Schedule, id: string) => schedule.turns.find(({ system }) => system === id);

  it('says from when a document lets a system be looked at, and under which', async () => {
    const open = of(await show({}), 'a');
    expect(open).toMatchObject({
      hold: 'due',
      next: { from: '2026-11-25T05:00:00.000Z', document: { number: '01/QĐ-TEST' } },
    });
    const hours = of(await show({ hours: [{ from: '22:00', to: '23:00' }] }), 'a');
    expect(hours).toMatchObject({ hold: 'outside-hours', next: { from: '2026-11-25T15:00:00.000Z' } });
  });

  it('waits for the end of a blackout, and says so', async () => {
    const blackouts = [{ from: '2026-11-20', until: '2026-11-28', reason: 'Kỳ thi' }];
    expect(of(await show({ blackouts }), 'a')).toMatchObject({
      hold: 'blackout',
      next: { from: '2026-11-28T17:00:00.000Z' },
      closed: 0,
    });
  });

  it('finds no day where no document covers it any more, and none for what has no endpoint', async () => {
    const expired = await show({ until: '2026-11-24' });
    expect(of(expired, 'a')).toMatchObject({ hold: 'expired', next: null, closed: 1, endpoints: 1 });
    expect(of(expired, 'none')).toMatchObject({ hold: 'no-endpoint', next: null });
  });

  it('counts what is owed from the latest run of the zone, one look for all that passed', async () => {
    const store = await openStore(':memory:');
    try {
      // Day 0 is Monday 5 January 2026; the finding is of severity high, so three days.
      await addRun(store, { day: 0, sees: { c: 'F' } });
      await addRun(store, { day: 1, sees: { c: 'F' } });
      await trackRuns(store);
      const at = '2026-01-25T05:00:00.000Z';
      const { schedule } = await scheduleOfStore(store, undefined, { lawbook, at });
      // No observation stands behind the sketched run, so nothing was seen of it.
      expect(of(schedule, 's')).toMatchObject({
        because: [{ kind: 'unseen', on: '2026-01-07' }],
        debtDays: 18,
        hold: 'no-document',
        closed: 1,
      });
    } finally {
      await store.close();
    }
  });

  it('is told by the command, with exit code 1 where coverage is owed', async () => {
    await show({});
    let out = '';
    const run = (args: readonly string[]) =>
      runProgram(['schedule', 'show', '--out', join(folder, 'nothing'), ...args], {
        out: { write: (text) => (out += text) },
        err: { write: (text) => (out += text) },
        env: { RASOAT_LANG: 'en', NO_COLOR: '1' },
      });
    expect(await run(['--inventory', file, '--at', '2026-11-25'])).toBe(0);
    expect(out).toContain('Zone internet, 25/11/2026: 2 of 2 systems are due; 1 of them cannot be looked at now.');
    expect(out).toContain('never looked at');
    out = '';
    expect(await run(['--inventory', file, '--at', '2026-13-01'])).toBe(2);
    expect(out).toContain('2026-11-25T15:00:00Z');
    out = '';
    expect(await run(['--inventory', file, '--json'])).toBe(0);
    expect((JSON.parse(out) as Schedule).turns).toHaveLength(2);
  });
});
