import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { compileChecks } from '../../src/judge/compile.ts';
import { readChecks } from '../../src/judge/read.ts';
import { targetKinds } from '../../src/model/target.ts';
import { packageRoot } from '../../src/model/package-root.ts';
import { languages, type Text } from '../../src/model/text.ts';
import { decideGiven, everyPlace, misspelt, requiredPlaces, without } from './examples.ts';

// Reading proves the schema, file name = id, ids used once and the lint of every file; it throws on the first run of any.
const checks = await readChecks([fileURLToPath(new URL('checks/', packageRoot))]);
const compiled = compileChecks(checks);

test('the folders hold checks for each kind of target', () => {
  expect(new Set(checks.flatMap(({ about }) => about))).toEqual(new Set(targetKinds));
});

describe.each(compiled.map((one) => ({ id: one.check.id, one })))('$id', ({ one }) => {
  const { check } = one;
  const examples = check.examples.map((example, index) => ({
    index,
    title: example.name ?? example.expect,
    ...example,
  }));

  test.each(examples)('example $index: $title', ({ given, at, expect: expected, evidence }) => {
    expect(misspelt(given), 'facts that no view has').toBeUndefined();
    expect(Object.keys(given).filter((kind) => !check.reads.some((read) => read === kind))).toEqual([]);

    const decision = decideGiven(one, given, at);

    expect(decision.outcome).toBe(expected);
    expect(decision.cause !== undefined, 'a cause stands exactly when nothing was decided').toBe(
      expected === 'not-observed',
    );
    if (evidence !== undefined) expect(decision.evidence.map((found) => found.at).sort()).toEqual([...evidence].sort());
    if (expected === 'fail') {
      expect(decision.evidence.length).toBeGreaterThan(0);
      for (const { because } of decision.evidence) {
        expectBothLanguages(because);
        expect(because, 'a reason of its own').not.toEqual(check.why);
      }
    }
  });

  test('a required fact that was not seen leaves a passing example open', () => {
    for (const { given, at } of check.examples.filter((example) => example.expect === 'pass')) {
      const places = [check.rule, check.applies ?? {}].flatMap((schema) => requiredPlaces(schema, given));
      expect(places.length).toBeGreaterThan(0);
      for (const place of places) {
        const { outcome } = decideGiven(one, without(given, place), at);
        expect(outcome, `without /${place.join('/')}`).toBe('not-observed');
      }
    }
  });

  test('nothing that was not seen makes a pass, a fail or a not-applicable', () => {
    for (const { given, at, expect: expected } of check.examples) {
      for (const place of everyPlace(given)) {
        const { outcome } = decideGiven(one, without(given, place), at);
        expect([expected, 'not-observed'], `without /${place.join('/')}`).toContain(outcome);
      }
    }
  });

  test('both languages are there', () => {
    const texts = [check.title, check.why, ...Object.values(check.fix), ...reasonsIn(check.rule)];
    for (const text of texts) expectBothLanguages(text);
  });
});

function expectBothLanguages(text: Text): void {
  for (const lang of languages) expect(text[lang].trim(), lang).not.toBe('');
  expect(text.vi, 'the Vietnamese is not the English').not.toBe(text.en);
}

function reasonsIn(schema: unknown): readonly Text[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => (key === 'because' ? [value as Text] : reasonsIn(value)));
}
