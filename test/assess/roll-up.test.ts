import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rollUp, rollUpKeys } from '../../src/assess/roll-up.ts';
import { verdicts, type Assessment, type Verdict } from '../../src/model/assessment.ts';
import { framework, obligation, system } from './build.ts';

const task = { quote: 'q', owner: { vi: 'a', en: 'b' } };
const context = {
  systems: [system({ id: 's1', owner: 'o1' }), system({ id: 's2', owner: 'o1' }), system({ id: 's3', owner: 'o2' })],
  frameworks: [
    framework([obligation({ id: 'law/l2', layer: 2 }), obligation({ id: 'law/t', task }), obligation({ id: 'law/x' })]),
  ],
};
const assessment = (id: string, of: string, verdict: Verdict, seen = 1, needed = 2): Assessment => ({
  system: id,
  framework: 'law',
  obligation: of,
  verdict,
  findings: [],
  coverage: { seen, needed },
});

test('counts verdicts and coverage by owner', () => {
  const rolled = rollUp(
    [
      assessment('s1', 'law/x', 'met'),
      assessment('s2', 'law/x', 'not-met', 3, 3),
      assessment('s3', 'law/x', 'manual', 0, 0),
    ],
    'organisation',
    context,
  );
  expect(rolled).toEqual([
    {
      key: 'o1',
      counts: { met: 1, 'not-met': 1, contradicted: 0, unproven: 0, manual: 0, 'not-applicable': 0 },
      total: 2,
      coverage: { seen: 4, needed: 5 },
      waived: 0,
      falsePositives: 0,
    },
    {
      key: 'o2',
      counts: { met: 0, 'not-met': 0, contradicted: 0, unproven: 0, manual: 1, 'not-applicable': 0 },
      total: 1,
      coverage: { seen: 0, needed: 0 },
      waived: 0,
      falsePositives: 0,
    },
  ]);
});

test('by layer and by task, only obligations that have one', () => {
  const all = ['law/l2', 'law/t', 'law/x'].map((of) => assessment('s1', of, 'unproven'));
  expect(rollUp(all, 'layer', context).map(({ key, total }) => [key, total])).toEqual([['2', 1]]);
  expect(rollUp(all, 'task', context).map(({ key, total }) => [key, total])).toEqual([['law/t', 1]]);
});

test('nothing is lost or counted twice, whatever the order', () => {
  const one = fc
    .tuple(fc.constantFrom('s1', 's2', 's3'), fc.constantFrom('law/l2', 'law/t', 'law/x'), fc.constantFrom(...verdicts))
    .map(([id, of, verdict]) => assessment(id, of, verdict));
  fc.assert(
    fc.property(fc.array(one), fc.constantFrom(...rollUpKeys), (all, by) => {
      const rolled = rollUp(all, by, context);
      for (const { counts, total } of rolled) {
        expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(total);
      }
      const counted = rolled.reduce((sum, { total }) => sum + total, 0);
      if (by === 'layer' || by === 'task') expect(counted).toBeLessThanOrEqual(all.length);
      else expect(counted).toBe(all.length);
      expect(rollUp(all.toReversed(), by, context)).toEqual(rolled);
    }),
  );
});
