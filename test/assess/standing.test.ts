import { expect, test } from 'vitest';
import { assessSystem } from '../../src/assess/assess.ts';
import { assessProvince } from '../../src/assess/province.ts';
import { standingOf, type Doing } from '../../src/assess/standing.ts';
import { checks, framework, noon, obligation, system } from './build.ts';

const task = { quote: 'q', owner: { vi: 'a', en: 'b' }, deadline: { before: '2026-04-30' } };

test.each<[string, Doing, object]>([
  ['broken before its day', { verdict: 'not-met', onDay: '2026-04-29' }, { state: 'pending' }],
  ['broken on its day', { verdict: 'not-met', onDay: '2026-04-30' }, { state: 'overdue', days: 1 }],
  ['denied later', { verdict: 'contradicted', onDay: '2026-05-09' }, { state: 'overdue', days: 10 }],
  [
    'done the day before',
    { verdict: 'manual', doneOn: '2026-04-29', onDay: '2026-11-22' },
    { state: 'on-time', doneOn: '2026-04-29' },
  ],
  [
    'done on the day itself',
    { verdict: 'manual', doneOn: '2026-04-30', onDay: '2026-11-22' },
    { state: 'late', doneOn: '2026-04-30', days: 1 },
  ],
  ['seen done in time', { verdict: 'met', onDay: '2026-04-29' }, { state: 'on-time' }],
  ['seen done later', { verdict: 'met', onDay: '2026-11-22' }, { state: 'done-undated' }],
  ['without proof before its day', { verdict: 'unproven', onDay: '2026-04-29' }, { state: 'pending' }],
  [
    'without proof after it',
    { verdict: 'unproven', doneOn: '2026-04-01', onDay: '2026-11-22' },
    { state: 'no-evidence' },
  ],
])('a task %s', (_what, doing, expected) => {
  expect(standingOf(task, doing)).toEqual({ before: '2026-04-30', ...expected });
});

test('a task without a day has no standing, nor has one that does not apply', () => {
  const doing: Doing = { verdict: 'not-met', onDay: '2026-11-22' };
  expect(standingOf(undefined, doing)).toBeUndefined();
  expect(standingOf({ ...task, deadline: { trigger: { vi: 'a', en: 'b' } } }, doing)).toBeUndefined();
  expect(standingOf(task, { ...doing, verdict: 'not-applicable' })).toBeUndefined();
});

test('a level approved on the day of the deadline is late, one without a decision is overdue', () => {
  const asked = obligation({ proof: 'claim', claim: 'level', checks: [], criticalOnly: true, task });
  const assess = (classification: NonNullable<Parameters<typeof system>[0]>['classification']) =>
    assessSystem({
      system: system({ critical: { basis: 'QĐ 1' }, ...(classification === undefined ? {} : { classification }) }),
      findings: [],
      frameworks: [framework([asked], { kind: 'directive' })],
      checks,
      at: noon,
      province: 'x',
    })[0];
  const decision = { number: '5/QĐ', date: '2026-04-30' };
  expect(assess({ level: 3, dossier: 'da-phe-duyet', decision })).toMatchObject({
    verdict: 'manual',
    standing: { state: 'late', days: 1 },
  });
  expect(assess({ level: 3, dossier: 'da-phe-duyet' })).toMatchObject({
    verdict: 'contradicted',
    standing: { state: 'overdue', days: 207 },
  });
  expect(assess(undefined)).toMatchObject({ verdict: 'not-met', because: 'claim-says-no' });
});

test('tasks of the province as a whole are for a person, with their day', () => {
  const whole = obligation({ checks: [], task: { ...task, provinceWide: true } });
  const [only] = assessProvince([framework([whole], { kind: 'directive' })], noon, 'x');
  expect(only).toMatchObject({
    verdict: 'manual',
    coverage: { seen: 0, needed: 0 },
    standing: { state: 'no-evidence' },
  });
});
