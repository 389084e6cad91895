import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Check } from '../../src/model/check.ts';
import { severities } from '../../src/model/check.ts';
import { isDay } from '../../src/model/day.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import { levels } from '../../src/model/inventory/level-words.ts';
import type { Life } from '../../src/model/track/life.ts';
import { workStates } from '../../src/model/track/state.ts';
import { tallyOf } from '../../src/model/track/tally.ts';
import type { TrackedFinding } from '../../src/model/track/tracked.ts';
import { plusDays, plusMonths, plusWorkingDays } from '../../src/track/calendar.ts';
import { dueDays, type Binding, type DueInput } from '../../src/track/deadline.ts';
import { readDeadlineRules } from '../../src/track/deadline-rules.ts';
import { isDeadlineRules, type DeadlineRules } from '../../src/track/deadline-schema.ts';
import { asideOn, stateOn } from '../../src/track/state.ts';
import { lateBy, tasksOn } from '../../src/track/task.ts';
import { at, life } from './build.ts';

let rules: DeadlineRules;
beforeAll(async () => {
  rules = await readDeadlineRules();
});

it('is by a file that has the shape of its schema, which readers take on trust', () => {
  expect(isDeadlineRules(rules), JSON.stringify(isDeadlineRules.errors)).toBe(true);
  expect(isDeadlineRules({ ...rules, asOf: 'today' })).toBe(false);
});

const weekend = (day: string) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
const calendar = { isWorkingDay: (day: string) => !weekend(day) };
const input = (more: Partial<DueInput> = {}): DueInput => ({
  important: false,
  bindings: [],
  rules,
  calendar,
  ...more,
});
const directive: Binding = {
  obligation: 'lai-chau-2026/lc-vuln-remediate',
  title: { vi: 'v', en: 'Lai Châu 2026' },
  instrument: 'TB',
  clause: '2.3',
  certainty: 'copy',
  checks: ['c'],
  before: '2026-04-30',
};
const interval: Binding = {
  ...directive,
  obligation: 'tcvn-14423-2026/vulnerability-scan',
  checks: [],
  clause: '7.7.2.1 a, b',
};
const scan = ({ before: _before, ...rest }: Binding): Binding => rest;
// Day 0 of the builder is Monday 2026-01-05.
const open = (severity: Life['severity'] = 'high') => life(undefined, severity).see('FF').now();

describe('due days', () => {
  it('asks nothing of what is only new, or proven mended', () => {
    expect(dueDays(life().see('F').now(), input()).due).toEqual([]);
    expect(dueDays(life().see('FFPP').now(), input()).due).toEqual([]);
  });

  it('counts working days from the first sighting by severity and level, and says it is a convention', () => {
    const [due] = dueDays(open('critical'), input({ level: 4 })).due;
    // Five working days after Monday 5 January: 6, 7, 8, 9 and Monday 12.
    expect(due).toMatchObject({ on: '2026-01-12', rule: 'convention', certainty: 'inference' });
    expect(dueDays(open('critical'), input()).due[0]?.on).toBe('2026-01-19');
    expect(dueDays(open('info'), input({ level: 5 })).due).toEqual([]);
  });

  it('skips the holidays of the calendar that comes in', () => {
    const holidays = new Set(['2026-01-06', '2026-01-07']);
    const closed = { isWorkingDay: (day: string) => !weekend(day) && !holidays.has(day) };
    expect(dueDays(open('critical'), input({ level: 4, calendar: closed })).due[0]?.on).toBe('2026-01-14');
  });

  it('lets the first of several texts decide, and names it', () => {
    const { due } = dueDays(open('low'), input({ level: 5, important: true, bindings: [directive, scan(interval)] }));
    expect(due.map(({ on, rule }) => [on, rule])).toEqual([
      ['2026-02-05', 'interval'],
      ['2026-04-07', 'convention'],
      ['2026-04-29', 'directive'],
    ]);
    expect(due[0]).toMatchObject({ clause: '7.7.2.1 a, b', certainty: 'inference' });
  });

  it('reads "before" as the day before, or as that day where the province says so', () => {
    const only = (beforeDay?: 'strict' | 'inclusive') =>
      dueDays(open('info'), input({ bindings: [directive], ...(beforeDay === undefined ? {} : { beforeDay }) })).due[0]
        ?.on;
    expect([only(), only('strict'), only('inclusive')]).toEqual(['2026-04-29', '2026-04-29', '2026-04-30']);
  });

  it('binds by a directive only the checks it names, and holds nobody to a day over before the first sight', () => {
    const { due, passed } = dueDays(open(), input({ bindings: [{ ...directive, before: '2026-01-05' }] }));
    expect(passed).toMatchObject([{ on: '2026-01-04', rule: 'directive' }]);
    expect(due.map(({ rule }) => rule)).toEqual(['convention']);
    expect(dueDays({ ...open(), check: 'other' }, input({ bindings: [directive] })).due).toHaveLength(1);
  });

  it('takes the day of a document, even one that is past', () => {
    const { due } = dueDays({ ...open(), words: { time: '2026-01-01' } }, input());
    expect(due[0]).toMatchObject({ on: '2026-01-01', rule: 'document' });
  });

  it('gives no severity and no level more time than a lesser one', () => {
    const days = rules.convention.workingDays;
    const ranks = severities.filter((one) => one !== 'info');
    for (const level of ['none', ...levels] as const) {
      const row = ranks.map((severity) => days[severity][level]);
      expect(row).toEqual([...row].sort((a, b) => a - b));
    }
    for (const severity of ranks) {
      const row = (['none', ...levels] as const).map((level) => days[severity][level]);
      expect(row).toEqual([...row].sort((a, b) => b - a));
    }
  });

  it('ends on a working day with as many between as were asked for', () => {
    const start = fc.integer({ min: 0, max: 3000 }).map((n) => plusDays('2026-01-01', n));
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 150 }), (from, count) => {
        const end = plusWorkingDays(calendar, from, count);
        let worked = 0;
        for (let day = from; day < end;) {
          day = plusDays(day, 1);
          if (!weekend(day)) worked += 1;
        }
        expect([worked, weekend(end)]).toEqual([count, false]);
        expect(isDay(plusMonths(from, count))).toBe(true);
      }),
    );
    expect(plusMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(plusMonths('2026-12-15', 3)).toBe('2027-03-15');
  });
});

describe('tasks and tally', () => {
  const inventory = {
    organisations: [{ id: 'o', name: 'O', headPosition: 'Giám đốc', head: 'Lò Văn A' }],
    systems: [{ id: 's', owner: 'o', operator: 'o' }],
  } as unknown as Inventory;
  const titles = (id: string) => ({ title: { vi: id, en: id }, change: 'one-change' }) as Check;
  const checks = new Map(['c', 'd'].map((id) => [id, titles(id)]));
  const dueOf = (one: Life) => dueDays(one, input({ level: 4 })).due[0];

  it('groups what one change mends, takes the first due day, and names every blank', () => {
    const first = { ...open('high'), id: '1' };
    const other = { ...open('critical'), id: '2', check: 'd', words: { product: 'Biên bản', person: ' ' } };
    const [task, ...more] = tasksOn({ lives: [first, other], checks, inventory, dueOf, day: '2026-01-15' });
    expect(more).toEqual([]);
    expect(task).toMatchObject({
      change: 'one-change',
      findings: ['1', '2'],
      severity: 'critical',
      clear: {
        work: { vi: 'c; d' },
        time: '2026-01-12',
        responsibility: 'Giám đốc Lò Văn A',
        product: 'Biên bản',
        person: null,
        authority: null,
      },
      blank: ['person', 'authority'],
      daysOpen: 10,
      daysLate: 3,
    });
  });

  const tallyOn = (lives: readonly Life[], day: string) =>
    tallyOf(
      lives.map((one): TrackedFinding => {
        const state = stateOn(one, day);
        const until = state === 'waived' || state === 'false-positive' ? asideOn(one, day)?.until : undefined;
        const daysLate = workStates.has(state) ? lateBy(dueOf(one), day) : 0;
        return {
          life: one,
          state,
          ageDays: 0,
          otherDue: [],
          passed: [],
          daysLate,
          ...(until && { asideUntil: until }),
        };
      }),
      day,
    );

  it('asks nothing of what is set aside, and counts it apart', () => {
    const waived = life().see('FF').aside('waived', 20).now();
    expect(tasksOn({ lives: [waived], checks, inventory, dueOf, day: '2026-01-10' })).toEqual([]);
    const tally = tallyOn([waived], '2026-01-10');
    expect(tally).toMatchObject({ toMend: 0, late: 0, setAside: 1, lapsing: [{ finding: 'f', until: '2026-01-25' }] });
    expect(tallyOn([waived], '2026-01-26')).toMatchObject({ toMend: 1, setAside: 0, lapsing: [] });
    expect(tallyOn([life().see('FF').aside('waived', 200).now()], '2026-01-10').lapsing).toEqual([]);
  });

  it('measures results: mean days from first sight to the first pass that held', () => {
    const lives = [life().see('FFFPP').now(), life().see('FFFFFPoP').now(), life().see('FF').now()];
    expect(tallyOn(lives, '2026-03-01')).toMatchObject({ mended: 2, meanDaysToFix: 4, toMend: 1, late: 1 });
    expect(tallyOn([], '2026-03-01').meanDaysToFix).toBeNull();
    expect(at(0).slice(0, 10)).toBe('2026-01-05');
  });
});
