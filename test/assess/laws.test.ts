import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assessSystem } from '../../src/assess/assess.ts';
import type { Verdict } from '../../src/model/assessment.ts';
import { outcomes } from '../../src/model/check.ts';
import type { Finding } from '../../src/model/finding.ts';
import { claimFields, type Obligation } from '../../src/model/framework.ts';
import type { System } from '../../src/model/inventory.ts';
import { checks, finding, framework, noon, obligation, system, waiver } from './build.ts';

/** How good a verdict is for the owner; a fail more may never raise it. */
const goodness: Readonly<Record<Verdict, number>> = {
  contradicted: 0,
  'not-met': 0,
  unproven: 1,
  manual: 2,
  'not-applicable': 3,
  met: 3,
};

const days = fc
  .integer({ min: 0, max: 600 })
  .map((day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10));
const targets = fc.integer({ min: 1, max: 3 }).map((n) => `https://portal.example/ [192.0.2.${String(n)}]`);
const findings: fc.Arbitrary<readonly Finding[]> = fc.uniqueArray(
  fc
    .record({
      check: fc.constantFrom('a', 'b', 'h'),
      target: targets,
      outcome: fc.constantFrom(...outcomes),
      day: days,
    })
    .map(({ check, target, outcome, day }) => finding(check, outcome, { target, at: `${day}T09:00:00.000Z` })),
  { selector: (one) => `${one.check} ${one.target}`, maxLength: 9 },
);

const document = fc.record({ number: fc.constant('1/QĐ'), date: days });
const layer = fc.record(
  { claimed: fc.boolean(), document, until: days, remediatedOn: days },
  { requiredKeys: ['claimed'] },
);
const systems: fc.Arbitrary<System> = fc
  .record({
    layers: fc.record({ onSite: layer, monitoring: layer, assessment: layer, connection: layer }, { requiredKeys: [] }),
    level: fc.constantFrom(1, 2, 3, 4, 5),
    approved: fc.boolean(),
    decision: fc.option(document, { nil: undefined }),
    waivers: fc.array(
      fc.record({ check: fc.constantFrom('a', 'b'), until: days }).map(({ check, until }) => waiver(check, until)),
      { maxLength: 2 },
    ),
  })
  .map(({ layers, level, approved, decision, waivers }) =>
    system({
      layers: layers,
      waivers,
      classification: {
        level: level,
        dossier: approved ? 'da-phe-duyet' : 'da-tham-dinh',
        ...(decision === undefined ? {} : { decision }),
      },
    }),
  );

const asked: fc.Arbitrary<Obligation> = fc.oneof(
  fc.constant(obligation()),
  fc.constant(obligation({ proof: 'claim' })),
  fc.constantFrom(...claimFields).map((claim) => obligation({ proof: 'claim', claim })),
);

function verdictOf(one: System, of: Obligation, found: readonly Finding[], at = noon): Verdict {
  const [assessment] = assessSystem({
    system: one,
    findings: found,
    frameworks: [framework([of])],
    checks,
    at,
    province: 'x',
  });
  if (assessment === undefined) throw new Error('nothing was assessed');
  return assessment.verdict;
}

describe('laws of folding', () => {
  test('a fail more never makes a verdict better', () => {
    fc.assert(
      fc.property(systems, asked, findings, targets, days, (one, of, found, target, day) => {
        const fail = finding('a', 'fail', { target: `${target} new`, at: `${day}T09:00:00.000Z` });
        expect(goodness[verdictOf(one, of, [...found, fail])]).toBeLessThanOrEqual(goodness[verdictOf(one, of, found)]);
      }),
    );
  });

  test('a pass turned to a fail never makes a verdict better', () => {
    fc.assert(
      fc.property(systems, asked, findings, (one, of, found) => {
        const worse = found.map((each) => (each.outcome === 'pass' ? { ...each, outcome: 'fail' as const } : each));
        expect(goodness[verdictOf(one, of, worse)]).toBeLessThanOrEqual(goodness[verdictOf(one, of, found)]);
      }),
    );
  });

  test('a pass more never turns not-met or contradicted into anything else', () => {
    fc.assert(
      fc.property(systems, asked, findings, targets, (one, of, found, target) => {
        const before = verdictOf(one, of, found);
        fc.pre(before === 'not-met' || before === 'contradicted');
        const pass = finding('a', 'pass', { target: `${target} new` });
        expect(verdictOf(one, of, [...found, pass])).toBe(before);
      }),
    );
  });

  test('what was not observed never gives met', () => {
    fc.assert(
      fc.property(systems, asked, findings, targets, (one, of, found, target) => {
        const unseen = finding('b', 'not-observed', { target: `${target} new` });
        expect(verdictOf(one, of, [...found, unseen])).not.toBe('met');
      }),
    );
  });

  test('met rests on a pass, on full coverage and on no fail, waived or not', () => {
    fc.assert(
      fc.property(systems, asked, findings, (one, of, found) => {
        fc.pre(verdictOf(one, of, found) === 'met');
        const own = found.filter(({ check }) => of.checks.includes(check));
        expect(own.some(({ outcome }) => outcome === 'pass')).toBe(true);
        expect(own.some(({ outcome }) => outcome === 'fail' || outcome === 'not-observed')).toBe(false);
      }),
    );
  });

  test('a scan never proves a claim', () => {
    fc.assert(
      fc.property(systems, asked, findings, (one, of, found) => {
        if (of.proof === 'claim') expect(verdictOf(one, of, found)).not.toBe('met');
      }),
    );
  });

  test('waivers never give met, and past their last day change nothing', () => {
    fc.assert(
      fc.property(systems, asked, findings, days, (one, of, found, day) => {
        const { waivers, ...bare } = one;
        const at = `${day}T09:00:00.000Z`;
        const withWaivers = verdictOf(one, of, found, at);
        const without = verdictOf(bare, of, found, at);
        if (without !== 'met') expect(withWaivers).not.toBe('met');
        if (waivers?.every(({ until }) => until < day) === true) expect(withWaivers).toBe(without);
      }),
    );
  });

  test('coverage is never more than all', () => {
    fc.assert(
      fc.property(systems, asked, findings, (one, of, found) => {
        const [assessment] = assessSystem({
          system: one,
          findings: found,
          frameworks: [framework([of])],
          checks,
          at: noon,
          province: 'x',
        });
        const { seen, needed } = assessment?.coverage ?? { seen: 1, needed: 0 };
        expect(seen).toBeLessThanOrEqual(needed);
      }),
    );
  });
});
