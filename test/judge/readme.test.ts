import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readCheckFile } from '../../src/judge/check-file.ts';
import { checkSchema } from '../../src/judge/check-schema.ts';
import { compileChecks } from '../../src/judge/compile.ts';
import { packageRoot } from '../../src/model/package-root.ts';
import { decideGiven } from './examples.ts';

const readme = await readFile(new URL('checks/README.md', packageRoot), 'utf8');

test('the check that the README shows is a check, and its examples hold', () => {
  const [, block = ''] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
  const { check, problems } = readCheckFile(block, 'README.md', 'tls-13-offered');
  expect(problems).toEqual([]);
  for (const compiled of compileChecks(check === undefined ? [] : [check])) {
    for (const { given, expect: outcome, evidence = [] } of compiled.check.examples) {
      const decision = decideGiven(compiled, given);
      expect([decision.outcome, decision.evidence.map((found) => found.at)]).toEqual([outcome, evidence]);
    }
  }
  expect(check?.examples).toHaveLength(2);
});

test('the README names every keyword of a rule', () => {
  const missing = Object.keys(checkSchema.$defs.rule.properties).filter(
    (keyword) => !new RegExp(`\\b${keyword}\\b`).test(readme),
  );
  expect(missing).toEqual([]);
});
