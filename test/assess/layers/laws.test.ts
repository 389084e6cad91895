import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessSystem } from '../../../src/assess/assess.ts';
import type { Finding } from '../../../src/model/finding.ts';
import type { System } from '../../../src/model/inventory.ts';
import { layers, type LayerNumber } from '../../../src/model/layer-rules.ts';
import type { LayerVerdict } from '../../../src/model/layer-status.ts';
import { finding, noon } from '../build.ts';
import { checks, claiming, detection, frameworks, layerOf, whole } from './build.ts';

/** What must always hold of the six words, whatever is claimed and seen. */

type Held = NonNullable<System['layers']>;
type Level = 1 | 2 | 3 | 4 | 5;

const day = fc
  .integer({ min: 0, max: 900 })
  .map((days) => new Date(Date.UTC(2024, 11, 1) + days * 86_400_000).toISOString().slice(0, 10));
const document = fc.record({ number: fc.constantFrom('1/QĐ', '2/HĐ'), date: day });
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });

/** A claim with some fields left out, some days moved, as often whole as not. */
function altered<T extends object>(given: T): fc.Arbitrary<T> {
  const keys = Object.keys(given) as (keyof T)[];
  return fc
    .record({
      drop: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray(keys) }),
      claimed: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
      until: maybe(day),
      document: maybe(document),
    })
    .map(({ drop, claimed, until, document: paper }) => ({
      ...(Object.fromEntries(Object.entries(given).filter(([key]) => !(drop as string[]).includes(key))) as T),
      claimed,
      ...(until === undefined ? {} : { until }),
      ...(paper === undefined ? {} : { document: paper }),
    }));
}

const held: fc.Arbitrary<Held> = fc.record({
  onSite: altered<object>(whole.onSite),
  monitoring: altered<object>(whole.monitoring),
  assessment: altered<object>(whole.assessment),
  connection: altered<object>(whole.connection),
}) as fc.Arbitrary<Held>;

const deniers = [
  ...new Set(
    frameworks.flatMap((one) =>
      one.obligations.filter(({ layer }) => layer !== undefined).flatMap((obligation) => obligation.checks),
    ),
  ),
];
const seen = fc.record({
  check: fc.constantFrom(...deniers),
  outcome: fc.constantFrom('pass', 'fail', 'not-observed', 'not-applicable'),
  on: day,
});
const toFinding = ({ check, outcome, on }: { check: string; outcome: string; on: string }, index: number): Finding =>
  finding(check, outcome as Finding['outcome'], {
    at: `${on}T05:00:00.000Z`,
    target: `https://portal.example/ [192.0.2.${index % 200}]`,
  });
const findings = fc.array(seen, { maxLength: 8 }).map((all) => all.map(toFinding));
const check = fc.constantFrom(
  undefined,
  ...(['noticed', 'partly', 'not-noticed', 'no-return', 'not-sent'] as const).map((state) => detection(state)),
);
const level = fc.constantFrom<Level>(1, 2, 3, 4, 5);
const layer = fc.constantFrom<LayerNumber>(...layers);

const verdict = (
  claims: Held,
  at: Level,
  n: LayerNumber,
  evidence: readonly Finding[],
  noticed: ReturnType<typeof detection> | undefined,
) => layerOf(claiming(claims, at), n, { findings: evidence, ...(noticed === undefined ? {} : { detection: noticed }) });

/** From the strongest denial to proof; only the order of these three is meant. */
const rank = (word: LayerVerdict) => (word === 'mau-thuan' ? 0 : word === 'da-chung-minh' ? 2 : 1);

describe('laws of the six words', () => {
  it('evidence added never turns mâu thuẫn into anything better', () => {
    fc.assert(
      fc.property(
        held,
        level,
        layer,
        findings,
        findings,
        check,
        check,
        (claims, at, n, before, more, first, second) => {
          const was = verdict(claims, at, n, before, first);
          const is = verdict(claims, at, n, [...before, ...more], second);
          if (was.verdict === 'mau-thuan') expect(is.verdict).toBe('mau-thuan');
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a fail more never improves', () => {
    fc.assert(
      fc.property(held, level, layer, findings, seen, check, (claims, at, n, before, more, noticed) => {
        const fail = toFinding({ ...more, outcome: 'fail' }, 199);
        const was = verdict(claims, at, n, before, noticed).verdict;
        const is = verdict(claims, at, n, [...before, fail], noticed).verdict;
        expect(rank(is)).toBeLessThanOrEqual(rank(was));
      }),
      { numRuns: 300 },
    );
  });

  it('no scan proves a layer: without a person and without a check that monitoring passed it is not proved', () => {
    fc.assert(
      fc.property(held, level, layer, findings, check, (claims, at, n, evidence, noticed) => {
        const unverified = Object.fromEntries(
          Object.entries(claims).map(([name, claim]) => [name, { ...claim, verified: undefined }]),
        ) as unknown as Held;
        const passed = noticed?.state === 'noticed' && (n === 2 || n === 4);
        if (!passed) expect(verdict(unverified, at, n, evidence, noticed).verdict).not.toBe('da-chung-minh');
      }),
      { numRuns: 300 },
    );
  });

  it('nothing is proved by evidence without a claim', () => {
    fc.assert(
      fc.property(level, layer, findings, check, (at, n, evidence, noticed) => {
        expect(verdict({}, at, n, evidence, noticed).verdict).toBe('thieu');
      }),
    );
  });

  it('proved means: nothing missing, refused, stale, overdue or against it, and a document', () => {
    let proved = 0;
    fc.assert(
      fc.property(held, level, layer, findings, check, (claims, at, n, evidence, noticed) => {
        const status = verdict(claims, at, n, evidence, noticed);
        if (status.verdict !== 'da-chung-minh') return;
        proved += 1;
        expect([status.missing, status.refused, status.stale]).toEqual([[], [], []]);
        expect(status.evidence.filter(({ stance }) => stance === 'against')).toEqual([]);
        expect(status.claim?.document).not.toBeNull();
      }),
      { numRuns: 500 },
    );
    // A law that is never put to the test holds of nothing.
    expect(proved).toBeGreaterThan(20);
  });

  it('agrees with the verdict of the obligation (src/assess/README.md)', () => {
    fc.assert(
      fc.property(held, level, layer, findings, (claims, at, n, evidence) => {
        const one = claiming(claims, at);
        const status = verdict(claims, at, n, evidence, undefined);
        const assessed = assessSystem({
          system: one,
          findings: evidence,
          frameworks,
          checks,
          at: noon,
          province: 'test',
        });
        const ids = frameworks
          .filter(({ kind }) => kind === 'layers')
          .flatMap(({ obligations }) => obligations.filter((obligation) => obligation.layer === n));
        const own = assessed.find(({ obligation }) => ids.some(({ id }) => id === obligation));
        const [word, reason] = [status.verdict, status.because[0]];
        if (own?.verdict === 'contradicted') expect(word).toBe('mau-thuan');
        if (own?.verdict === 'not-met') expect(word).toBe('thieu');
        if (own?.because === 'claim-missing') expect(word).toBe('thieu');
        if (own?.because === 'claim-expired') expect(word).toBe('het-han');
        if (word === 'mau-thuan' && reason !== 'licence-ended-before-report') expect(own?.verdict).toBe('contradicted');
        if (word === 'da-chung-minh') expect([own?.verdict, own?.because]).toEqual(['manual', 'document-to-check']);
        expect(own?.verdict).not.toBe('met');
      }),
      { numRuns: 300 },
    );
  });
});
