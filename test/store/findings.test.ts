import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { outcomes, severities } from '../../src/model/check.ts';
import { canonicalJson } from '../../src/model/canonical.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import { findingRow, findingsOf } from '../../src/store/finding-row.ts';
import type { StorePlace } from '../../src/store/place.ts';
import { openStore } from '../../src/store/store.ts';
import type { Lawbook, Store } from '../../src/store/types.ts';
import { diffRuns } from '../../src/track/diff.ts';
import { engine } from './engine.ts';

let folder: string;
let place: StorePlace;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rasoat-findings-'));
  place = await engine().place(folder);
  store = await openStore(place);
  await store.createRun({
    id: 'r',
    tool: 't',
    zone: 'internet',
    startedAt: '2026-01-05T01:00:00.000Z',
    inventory: { systems: [] } as unknown as Inventory,
    targets: [],
    settings: {},
    lawbook,
  });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const lawbook: Lawbook = { checks: [], frameworks: [], reference: {} };
const text = fc.string({ unit: fc.constantFrom('a', 'ế', '"', '\\', '\n', '<', '💧') });
const found = (at: string) =>
  fc.record({
    severity: fc.constantFrom(...severities),
    outcome: fc.constantFrom('fail' as const, 'fail' as const, ...outcomes),
    saw: fc.constantFrom<unknown>('x', 'y', { days: 3 }, { days: 4 }, null, [1]),
    words: text,
    at: fc.constant(at),
  });
type Drawn = ReturnType<typeof found> extends fc.Arbitrary<infer T> ? T : never;

const failure = { code: 'timeout', detail: 'x', retryable: true } as const;
function findingOf(system: string, target: string, check: string, { saw, words, outcome, ...rest }: Drawn): Finding {
  const common = { system, target, check, outcome, ...rest };
  if (outcome === 'not-observed') return { ...common, evidence: [], cause: { kind: 'http', failure } };
  const because = { vi: words, en: words };
  return { ...common, evidence: outcome === 'fail' ? [{ at: '/x', saw, because }] : [] };
}

/** Some findings of a few targets. */
const some = (at: string) =>
  fc
    .uniqueArray(
      fc.tuple(fc.constantFrom('s1', 's2'), fc.constantFrom('t1', 't2'), fc.constantFrom('a', 'a-b', 'ac')),
      {
        selector: ([, target, check]) => `${target} ${check}`,
      },
    )
    .chain((keys) => fc.tuple(...keys.map((key) => found(at).map((drawn) => findingOf(...key, drawn)))));

const inOrder = (findings: readonly Finding[]) =>
  findings.toSorted((a, b) => {
    const [one, other] = [a, b].map(({ system, target, check }) => `${system}\n${target}\n${check}`);
    return (one ?? '') < (other ?? '') ? -1 : 1;
  });

const headOf = ({ evidence: _evidence, cause: _cause, ...head }: Finding) => head;

it('keeps a finding as it is, and says nothing in its body that a column says', () => {
  fc.assert(
    fc.property(some('2026-01-05T01:00:00.000Z'), (findings) => {
      const rows = findings.map(findingRow);
      const read = findingsOf(rows);
      expect(read).toEqual(findings);
      // As text, too: what is hashed and printed is the same as ever.
      expect(JSON.stringify(read)).toBe(canonicalJson(findings));
      for (const { body } of rows)
        expect(Object.keys(JSON.parse(body) as object)).not.toEqual(
          expect.arrayContaining([expect.stringMatching(/^(target|check|system|outcome|severity)$/)]),
        );
    }),
  );
});

it('reads rows from before, whose bodies repeat their columns', async () => {
  const [finding] = fc.sample(
    found('2026-01-05T01:00:00.000Z').map((drawn) => findingOf('s', 't', 'c', drawn)),
    1,
  );
  if (finding === undefined) throw new Error('nothing drawn');
  const { id } = await store.judgement('r');
  await engine().exec(
    place,
    'insert into finding (judgement, target, "check", system, outcome, severity, body) values (?, ?, ?, ?, ?, ?, ?)',
    id,
    finding.target,
    finding.check,
    finding.system,
    finding.outcome,
    finding.severity,
    canonicalJson(finding),
  );
  const next = await store.addJudgement('r', '2026-01-06T01:00:00.000Z', lawbook, [finding], []);
  expect(await store.findings(id)).toEqual([finding]);
  expect(await store.findings(next)).toEqual([finding]);
  expect(await store.findingHeads(id)).toEqual([headOf(finding)]);
  expect((await store.targetEvidence('r', id, ['t'])).findings).toEqual([finding]);
});

it('tells of two judgements all that a comparison of the whole tells', async () => {
  let told = 0;
  await fc.assert(
    fc.asyncProperty(some('2026-01-05T01:00:00.000Z'), some('2026-01-12T01:30:00.250Z'), async (old, now) => {
      const first = await store.addJudgement('r', '2026-01-05T02:00:00.000Z', lawbook, old, []);
      const second = await store.addJudgement('r', '2026-01-12T02:00:00.000Z', lawbook, now, []);
      const [before, after] = [await store.findings(first), await store.findings(second)];
      expect([before, after]).toEqual([inOrder(old), inOrder(now)]);
      expect(await store.findingHeads(second)).toEqual(after.map(headOf));
      const fails = { systems: ['s2'], checks: ['a', 'ac'], outcomes: ['fail' as const] };
      expect(await store.findingHeads(first, fails)).toEqual((await store.findings(first, fails)).map(headOf));
      const diff = (sides: { readonly before: readonly Finding[]; readonly after: readonly Finding[] }) =>
        diffRuns({
          ...sides,
          byChecks: sides.before,
          byLawbook: sides.before,
          moved: new Map(),
          renamed: (check) => check,
          planned: new Set(['s1\nt1']),
          failedEarlier: (key) => key.endsWith('a'),
        });
      const differing = await store.differing(first, second);
      expect(diff(differing)).toEqual(diff({ before, after }));
      told += before.length - differing.before.length;
    }),
    { numRuns: 30 },
  );
  expect(told).toBeGreaterThan(0);
});
