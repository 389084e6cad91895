import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/model/day.ts';
import type { Severity } from '../../src/model/check.ts';
import { digestOf } from '../../src/notify/digest.ts';
import { defaultLadder, ladderOf, rungOn, type Rung, type Standing } from '../../src/notify/ladder.ts';
import type { Past } from '../../src/notify/digest-types.ts';
import { after, findingOf, inputOf, nobodyTold, organisation, type FindingSketch } from './findings.ts';

const day = (number: number) => addDays('2026-03-02', number);
type Case = readonly [string, keyof typeof defaultLadder, Partial<Standing>, number, Rung | undefined];
const told = (lastOn: number, times = 1) => ({ told: { lastOn: day(lastOn), times } });

const cases: readonly Case[] = [
  ['critical is told at once', 'critical', {}, 0, 'first'],
  ['medium waits for company', 'medium', {}, 6, undefined],
  ['and not longer than a week', 'medium', {}, 7, 'first'],
  ['low is told within the month', 'low', {}, 29, undefined],
  ['low is told after the month', 'low', {}, 30, 'first'],
  ['low is told sooner when its day comes near', 'low', { due: day(15) }, 1, 'due-soon'],
  ['what was late before anybody was told', 'low', { due: day(1) }, 2, 'overdue'],
  ['told today is told', 'critical', told(5), 5, undefined],
  ['critical again after three days', 'critical', told(0), 3, 'reminder'],
  ['not after two', 'critical', told(0), 2, undefined],
  ['then after seven', 'critical', told(3, 2), 9, undefined],
  ['then after seven, the day itself', 'critical', told(3, 2), 10, 'reminder'],
  ['and every seven', 'critical', told(20, 9), 27, 'reminder'],
  ['who works on it is not reminded', 'critical', { ...told(0), unanswered: false }, 30, undefined],
  ['until the day comes near', 'critical', { ...told(0), unanswered: false, due: day(10) }, 7, 'due-soon'],
  ['which is told once a rung', 'critical', { ...told(7), unanswered: false, due: day(10) }, 8, undefined],
  ['and on the last day but one', 'critical', { ...told(7), unanswered: false, due: day(10) }, 9, 'due-soon'],
  ['the due day itself is not late', 'critical', { ...told(9), unanswered: false, due: day(10) }, 10, undefined],
  ['the day after it is', 'critical', { ...told(9), unanswered: false, due: day(10) }, 11, 'overdue'],
  ['again on the third day', 'critical', { ...told(11), unanswered: false, due: day(10) }, 13, 'overdue'],
  [
    'a rung missed on days off is caught up',
    'critical',
    { ...told(11), unanswered: false, due: day(10) },
    15,
    'overdue',
  ],
  ['then weekly', 'critical', { ...told(13), unanswered: false, due: day(10) }, 19, undefined],
  ['then weekly, the day itself', 'critical', { ...told(13), unanswered: false, due: day(10) }, 20, 'overdue'],
];

describe('ladder', () => {
  it.each(cases)('%s', (_name, severity, standing, on, expected) => {
    const whole: Standing = { opened: day(0), unanswered: true, ...standing };
    expect(rungOn(defaultLadder[severity], whole, day(on))).toBe(expected);
  });

  it('takes the numbers of the operator one by one', () => {
    const ladder = ladderOf({ critical: { reminders: [2], escalate: { parent: 5 } } });
    expect(ladder.critical).toEqual({
      ...defaultLadder.critical,
      reminders: [2],
      escalate: { ...defaultLadder.critical.escalate, parent: 5 },
    });
    expect(ladder.low).toEqual(defaultLadder.low);
  });
});

/** Forty findings that nobody mends, opened on some days of the first weeks, over sixty days with a letter asked for every day. */
function sixtyDays(openedOn: (index: number) => number): { readonly days: readonly number[]; readonly items: number } {
  const severities: readonly Severity[] = [
    'critical',
    'high',
    'high',
    'medium',
    'medium',
    'medium',
    'low',
    'low',
    'low',
    'info',
  ];
  const dueIn = { critical: 14, high: 30, medium: 90, low: 180, info: 0 };
  const sketches = Array.from({ length: 40 }, (_, index): FindingSketch => {
    const severity = severities[index % severities.length] ?? 'low';
    const opened = day(openedOn(index));
    const due = addDays(opened, dueIn[severity]);
    return { id: `f${index}`, severity, opened, ...(severity === 'info' ? {} : { due }) };
  });
  const days: number[] = [];
  let past: Past = nobodyTold;
  let items = 0;
  for (let on = 0; on < 60; on += 1) {
    const known = sketches.filter(({ opened }) => opened <= day(on));
    const findings = known.map((sketch) => findingOf(sketch, day(on)));
    const digest = digestOf(organisation('so-y-te'), past, inputOf(day(on), { findings }));
    if (digest === undefined) continue;
    days.push(on);
    items += digest.items.length;
    past = after(past, digest);
  }
  return { days, items };
}

describe('sixty days of an owner who does nothing', () => {
  it('are few letters, not one a finding', () => {
    const { days } = sixtyDays(() => 0);
    // At once; critical after 3 days, high after 7; three days before the critical day (14), on it, three after; a week
    // before the high one (30), a day before, when it is over, a week after; then weekly.
    expect(days).toEqual([0, 3, 7, 11, 14, 17, 23, 29, 32, 37, 44, 51, 58]);
  });

  it('are at most every other day though something new comes every day', () => {
    const { days } = sixtyDays((index) => index);
    expect(days.length).toBeLessThanOrEqual(30);
    expect(new Set(days).size).toBe(days.length);
  });

  it('say nothing at all of advice', () => {
    const advice = findingOf({ id: 'x', severity: 'info', opened: day(0) }, day(50));
    expect(digestOf(organisation('so-y-te'), nobodyTold, inputOf(day(50), { findings: [advice] }))).toBeUndefined();
  });
});
