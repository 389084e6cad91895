import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/model/check.ts';
import type { Finding } from '../../src/model/finding.ts';
import { diffRuns, type DiffInput, type Difference } from '../../src/track/diff.ts';

const target = 'https://a.example/ [192.0.2.1]';

/** `fail:1` is a fail by evidence 1; an empty text is no finding. */
function finding(text: string, more: Partial<Finding> = {}): readonly Finding[] {
  if (text === '') return [];
  const [outcome, evidence = '0'] = text.split(':') as [Outcome, string?];
  const failure = { code: 'timeout' as const, detail: 'no answer', retryable: true };
  return [
    {
      system: 's',
      target,
      check: 'c',
      severity: 'high',
      outcome,
      evidence: outcome === 'fail' ? [{ at: '/x', saw: evidence, because: { vi: 'x', en: 'x' } }] : [],
      at: '2026-01-05T00:00:00.000Z',
      ...(outcome === 'not-observed' ? { cause: { kind: 'http', failure } } : {}),
      ...more,
    },
  ];
}

/** The one difference between what the first run said, what today's checks and data make of it, and the second run. */
function diff(
  [was, byChecks, byLawbook, is]: readonly [string, string, string, string],
  more: Partial<DiffInput> = {},
): Difference | undefined {
  const found = diffRuns({
    before: finding(was),
    byChecks: finding(byChecks),
    byLawbook: finding(byLawbook),
    after: finding(is),
    moved: new Map(),
    renamed: (check) => check,
    planned: new Set([`s\n${target}`]),
    failedEarlier: () => false,
    ...more,
  });
  expect(found.length).toBeLessThan(2);
  return found[0];
}

const world = (was: string, is: string, more?: Partial<DiffInput>) => diff([was, was, was, is], more);

describe('two runs', () => {
  it.each<[string, string, string | undefined]>([
    ['pass', 'fail', 'new'],
    ['', 'fail', 'new'],
    ['not-observed', 'fail', 'new'],
    ['fail', 'pass', 'fixed'],
    ['fail:1', 'fail:2', 'changed'],
    ['fail', 'not-applicable', 'changed'],
    ['fail', 'not-observed', 'not-observed'],
    ['pass', 'not-observed', 'not-observed'],
    ['fail', '', 'not-observed'],
    ['fail:1', 'fail:1', undefined],
    ['pass', 'pass', undefined],
    ['not-observed', 'pass', undefined],
  ])('%s, then %s: %s', (was, is, what) => {
    expect(world(was, is)?.what).toBe(what);
    if (what !== undefined) expect(world(was, is)?.because).toEqual(['world']);
  });

  it('tells what came back from what is new', () => {
    const failedEarlier = () => true;
    expect(world('pass', 'fail', { failedEarlier })?.what).toBe('reopened');
    // It was not proven mended, only out of sight.
    expect(world('not-observed', 'fail', { failedEarlier })?.what).toBe('changed');
  });

  it('tells the checks, their data and the world apart, all three at once too', () => {
    expect(diff(['pass', 'fail', 'fail', 'fail'])?.because).toEqual(['checks']);
    expect(diff(['pass', 'pass', 'fail', 'fail'])?.because).toEqual(['data']);
    expect(diff(['pass', 'pass', 'pass', 'fail'])?.because).toEqual(['world']);
    expect(diff(['pass', 'fail:1', 'fail:2', 'fail:3'])?.because).toEqual(['checks', 'data', 'world']);
  });

  it('says why nothing is seen', () => {
    expect(world('fail', 'not-observed')).toMatchObject({ why: 'timeout', detail: 'no answer' });
    expect(world('fail', '')).toMatchObject({ why: 'check-retired', after: null });
    expect(world('fail', '', { planned: new Set() })).toMatchObject({ why: 'gone' });
  });

  it('follows renumbered hosts and renamed checks', () => {
    const to = 'https://a.example/ [192.0.2.9]';
    const input = {
      moved: new Map([[`s\n${target}`, to]]),
      renamed: () => 'c2',
      after: finding('fail:2', { target: to, check: 'c2' }),
    };
    expect(diff(['fail:1', 'fail:1', 'fail:1', ''], input)).toMatchObject({
      what: 'changed',
      because: ['world'],
      target: to,
      check: 'c2',
      was: { target, check: 'c' },
    });
    const unchanged = { ...input, after: finding('fail:1', { target: to, check: 'c2' }) };
    expect(diff(['fail:1', 'fail:1', 'fail:1', ''], unchanged)).toBeUndefined();
  });
});
