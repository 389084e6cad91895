import { describe, expect, it } from 'vitest';
import { judgeSite } from './judge-web.ts';
import { contentRows } from './observatory-content.ts';
import { policyRows } from './observatory-policies.ts';
import { transportRows } from './observatory-transport.ts';

const rows = { ...policyRows, ...transportRows, ...contentRows };

describe.each(Object.entries(rows))('Observatory: %s', (_test, cases) => {
  it.each(cases)('$rule: $ours by $check', ({ check, given, ours, theirs, because }) => {
    const finding = judgeSite(given).get(check ?? '');
    expect(finding?.outcome).toBe(ours);
    if (ours === 'fail') expect(finding?.evidence.length).toBeGreaterThan(0);
    // Where we differ from them, the row says why.
    if (/^(pass|fail)/.exec(theirs)?.[0] !== ours) expect(because).toBeDefined();
  });
});

it('all ten tests of the anchor are there', () => {
  expect(Object.keys(rows)).toHaveLength(10);
});
