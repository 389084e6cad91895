import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, addInterval } from '../../../src/assess/tasks/period.ts';
import { rollUpTasks, taskRollUpKeys } from '../../../src/assess/tasks/roll-up.ts';
import { selectTasks } from '../../../src/assess/tasks/select.ts';
import { daysBetween, isDay } from '../../../src/model/day.ts';
import { verdicts, type Reason } from '../../../src/model/assessment.ts';
import { reportIntervals } from '../../../src/model/inventory/tasks.ts';
import type { TaskState } from '../../../src/model/task-status.ts';
import { done, record, statusOf, type Told } from './build.ts';

/** From the best to the worst: what a fail more, or a later document, may only go down. */
const best: readonly TaskState[] = [
  'done',
  'done-on-time',
  'periodic-current',
  'done-late',
  'done-undated',
  'in-progress',
  'pending',
  'waiting-for-trigger',
  'no-evidence',
  'periodic-late',
  'overdue',
  'contradicted',
];
const achieved: ReadonlySet<TaskState> = new Set([
  'done',
  'done-on-time',
  'periodic-current',
  'done-late',
  'done-undated',
]);

const day = fc.integer({ min: 0, max: 900 }).map((n) => addDays('2026-01-01', n));
const instant = day.map((on) => `${on}T05:00:00.000Z`);
const reasonOf = {
  met: 'pass',
  'not-met': 'fail',
  contradicted: 'claim-denied',
  unproven: 'not-observed',
  manual: 'document-to-check',
  'not-applicable': 'all-not-applicable',
} as const satisfies Record<string, Reason>;

const told = fc.record({
  task: fc.record(
    { periodic: fc.boolean(), deadline: fc.constantFrom({ before: '2026-04-30' }, { before: '2027-02-01' }) },
    { requiredKeys: ['deadline'] },
  ),
  today: day,
  verdict: fc.constantFrom(...verdicts),
  at: instant,
  done: fc.option(day, { nil: undefined }),
  extended: fc.option(day, { nil: undefined }),
  recorded: fc.boolean(),
  inclusive: fc.boolean(),
});
type Made = typeof told extends fc.Arbitrary<infer T> ? T : never;

function ofMade(made: Made, over: Partial<Made> = {}): Told {
  const one = { ...made, ...over };
  const spoken = record({
    system: 'portal',
    ...(one.done === undefined ? {} : { done: done(one.done) }),
    ...(one.extended === undefined
      ? {}
      : { extended: { until: one.extended, document: { number: '1', date: '2026-01-01' } } }),
  });
  const seen = one.verdict === 'unproven' ? { seen: 0, needed: 2 } : { seen: 2, needed: 2 };
  return {
    task: one.task,
    today: one.today,
    assessment: { verdict: one.verdict, because: reasonOf[one.verdict], evidenceAt: one.at, coverage: seen },
    records: one.recorded || one.done !== undefined ? [spoken] : [],
    conventions: { beforeDay: one.inclusive ? 'inclusive' : 'strict' },
  };
}

/** The state, or undefined where the task does not apply. */
const stateOf = (made: Told): TaskState | undefined => statusOf(made).items[0]?.state;
const rank = (state: TaskState | undefined) => (state === undefined ? -1 : best.indexOf(state));

describe('laws of tasks', () => {
  test('a fail never improves a state', () => {
    fc.assert(
      fc.property(told, (made) => {
        if (made.verdict === 'not-applicable') return;
        expect(rank(stateOf(ofMade(made, { verdict: 'not-met' })))).toBeGreaterThanOrEqual(rank(stateOf(ofMade(made))));
      }),
    );
  });

  test('what was not seen is never done', () => {
    fc.assert(
      fc.property(told, (made) => {
        expect(achieved.has(stateOf(ofMade(made, { verdict: 'unproven' })) ?? 'no-evidence')).toBe(false);
      }),
    );
  });

  test('a later document never gives a better state', () => {
    fc.assert(
      fc.property(told, fc.integer({ min: 1, max: 400 }), (made, later) => {
        if (made.done === undefined || made.task.periodic === true) return;
        // Findings aside: a document of a later day can be one that no fail denies.
        if (made.verdict === 'not-met' || made.verdict === 'contradicted') return;
        const now = stateOf(ofMade(made));
        const then = stateOf(ofMade(made, { done: addDays(made.done, later) }));
        // Evidence alone may show done what a document dates to come: then no document speaks.
        if (made.verdict === 'met' && addDays(made.done, later) > made.today) return;
        expect(rank(then)).toBeGreaterThanOrEqual(rank(now));
      }),
    );
  });

  test('a contradiction has both dates, the evidence not before the claim', () => {
    fc.assert(
      fc.property(told, (made) => {
        const item = statusOf(ofMade(made)).items[0];
        if (item?.state !== 'contradicted') return;
        expect(item.claim?.on).toBeDefined();
        expect((item.evidence.at ?? '').slice(0, 10) >= (item.claim?.on ?? '9999')).toBe(true);
      }),
    );
  });

  test('nothing is overdue on or before its last day, and days count from there', () => {
    fc.assert(
      fc.property(told, (made) => {
        const item = statusOf(ofMade(made)).items[0];
        const last = item?.due.last;
        if (item?.state === 'overdue') {
          expect(last).toBeDefined();
          expect(item.days).toBe(daysBetween(last ?? '', made.today));
          expect(item.days).toBeGreaterThan(0);
        }
        if (item?.state === 'pending') expect(item.days).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('more time or the inclusive reading never makes a state worse', () => {
    fc.assert(
      fc.property(told, fc.integer({ min: 1, max: 90 }), (made, more) => {
        const inclusive = rank(stateOf(ofMade(made, { inclusive: true })));
        expect(inclusive).toBeLessThanOrEqual(rank(stateOf(ofMade(made, { inclusive: false }))));
        if (made.extended === undefined) return;
        const longer = stateOf(ofMade(made, { extended: addDays(made.extended, more) }));
        expect(rank(longer)).toBeLessThanOrEqual(rank(stateOf(ofMade(made))));
      }),
    );
  });

  test('roll-ups count every item once a key, and selecting keeps items as they are', () => {
    fc.assert(
      fc.property(told, (made) => {
        const status = statusOf(ofMade(made));
        for (const by of taskRollUpKeys) {
          for (const { counts, total, grounded, coverage } of rollUpTasks(status, by)) {
            expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(total);
            expect(grounded.needed).toBe(total);
            expect(grounded.seen).toBeLessThanOrEqual(total);
            expect(coverage.seen).toBeLessThanOrEqual(coverage.needed);
          }
        }
        const byTask = rollUpTasks(status, 'task').reduce((sum, { total }) => sum + total, 0);
        expect(byTask).toBe(status.items.length);
        expect(selectTasks(status, { organisation: 'so-khcn' }).items).toEqual(status.items);
        expect(selectTasks(status, { organisation: 'nobody' }).tasks).toEqual([]);
      }),
    );
  });

  test('an interval later is a day of the calendar, later, and no later than the length of its months', () => {
    fc.assert(
      fc.property(day, fc.constantFrom(...reportIntervals), (from, interval) => {
        const next = addInterval(from, interval);
        expect(isDay(next)).toBe(true);
        expect(daysBetween(from, next)).toBeGreaterThanOrEqual(28);
        expect(daysBetween(from, next)).toBeLessThanOrEqual(366);
      }),
    );
    expect(addInterval('2026-11-30', 'quarter')).toBe('2027-02-28');
    expect(addInterval('2027-11-30', 'quarter')).toBe('2028-02-29');
    expect(addInterval('2026-10-31', 'month')).toBe('2026-11-30');
  });
});
