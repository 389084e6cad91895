import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideLevel } from '../../../src/assess/level/decide.ts';
import { factKinds, type KnownFacts } from '../../../src/assess/level/facts.ts';
import { regimes } from '../../../src/model/inventory/level-words.ts';
import type { FactName, FactValue } from '../../../src/model/level-law.ts';
import { lawOf } from './build.ts';

/** Numbers near every threshold of the laws. */
const counts = [0, 1, 2, 3, 4, 5, 9_999, 10_000, 99_999, 100_000, 5_000_000];

const valueOf: Readonly<Record<FactName, fc.Arbitrary<FactValue>>> = Object.fromEntries<fc.Arbitrary<FactValue>>(
  Object.entries(factKinds).map(([fact, kind]): [string, fc.Arbitrary<FactValue>] => {
    switch (kind.kind) {
      case 'boolean':
        return [fact, fc.boolean()];
      case 'number':
        return [fact, fc.constantFrom(...(fact.endsWith('.level') ? [1, 2, 3, 4, 5] : counts))];
      case 'word':
        return [fact, fc.constantFrom(...kind.words)];
      case 'list':
        return [fact, fc.uniqueArray(fc.constantFrom(...kind.words), { minLength: 1 })];
    }
  }),
);

const facts: fc.Arbitrary<KnownFacts> = fc
  .record(valueOf, { requiredKeys: [] })
  .map(
    (record) =>
      new Map(Object.entries(record).flatMap(([fact, value]) => (value === undefined ? [] : [[fact, value] as const]))),
  );

/** A value at least as grave as another; only what has an order can be raised. */
function raised(fact: FactName, value: FactValue): fc.Arbitrary<FactValue> | null {
  const kind = factKinds[fact];
  switch (kind?.kind) {
    case 'boolean':
      return fc.constant(true);
    case 'number':
      return fc.constantFrom(
        ...(fact.endsWith('.level') ? [1, 2, 3, 4, 5] : counts).filter((one) => one >= Number(value)),
      );
    case 'word':
      return kind.ordered ? fc.constantFrom(...kind.words.slice(kind.words.indexOf(String(value)))) : null;
    case 'list':
      return fc.subarray([...kind.words]).map((more) => [...new Set([...(value as readonly string[]), ...more])]);
    case undefined:
      return null;
  }
}

const raise = facts.chain((known) =>
  known.size === 0
    ? fc.constant({ known, higher: known })
    : fc.constantFrom(...known.keys()).chain((fact) => {
        const value = known.get(fact);
        const more = value === undefined ? null : raised(fact, value);
        return (more ?? fc.constant(value)).map((one) => ({
          known,
          higher: one === undefined ? known : new Map(known).set(fact, one),
        }));
      }),
);

describe.each(regimes)('%s', (regime) => {
  const law = lawOf(regime);
  const levelOf = (known: KnownFacts) => decideLevel(law, known).level ?? 0;

  test('raising any fact never lowers the level', () => {
    fc.assert(
      fc.property(raise, ({ known, higher }) => levelOf(higher) >= levelOf(known)),
      { numRuns: 3000 },
    );
  });

  test('declaring one more fact never lowers the level, and only raises it to a level that was listed as open', () => {
    const more = fc.tuple(facts, fc.constantFrom(...Object.keys(factKinds))).chain(([known, fact]) =>
      (valueOf[fact] ?? fc.constant('')).map((value) => ({
        known,
        fact,
        told: known.has(fact) ? known : new Map(known).set(fact, value),
      })),
    );
    fc.assert(
      fc.property(more, ({ known, told }) => {
        const [before, after] = [decideLevel(law, known), decideLevel(law, told)];
        if ((after.level ?? 0) === (before.level ?? 0)) return true;
        const open = before.undecided.map(({ level, article }) => `${level} ${article}`);
        return (
          (after.level ?? 0) > (before.level ?? 0) && open.includes(`${String(after.level)} ${after.article ?? ''}`)
        );
      }),
      { numRuns: 3000 },
    );
  });

  test('the order in which facts are given does not matter', () => {
    fc.assert(
      fc.property(facts, (known) => {
        expect(decideLevel(law, new Map([...known].reverse()))).toEqual(decideLevel(law, known));
      }),
    );
  });
});
