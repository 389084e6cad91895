import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/model/check.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Due } from '../../src/model/track/due.ts';
import type { Mark, Sighting } from '../../src/model/track/sighting.ts';
import {
  noCount,
  sumTrend,
  toMendOf,
  type OriginOfChange,
  type RunGlance,
  type TrendCount,
} from '../../src/model/track/trend.ts';
import { bornLife } from '../../src/track/birth.ts';
import { applyEntry, type Lives } from '../../src/track/fold.ts';
import { originsOf } from '../../src/track/origins.ts';
import { defaultSettings } from '../../src/track/settings.ts';
import { createTrend } from '../../src/track/trend.ts';
import { at } from './build.ts';

const marks: Readonly<Record<string, Mark>> = {
  F: 'fail',
  P: 'pass',
  o: 'not-observed',
  n: 'not-applicable',
  g: 'gone',
};

type Told = {
  /** What each run sees: a letter a run, a space before the birth; `W` and `O` before a letter: waived, opened again. */
  readonly strip: string;
  readonly system?: string;
  readonly origins?: Readonly<Record<number, Pick<OriginOfChange, 'what' | 'because'>>>;
};

const due = (on: string): Due => ({ on, rule: 'convention', source: { vi: 'x', en: 'x' }, certainty: 'inference' });

/** The counts of some lives told as strips, over all systems. */
function count(lives: readonly Told[], glances: Readonly<Record<number, Partial<RunGlance>>> = {}, dueOn?: string) {
  const all: Lives = new Map();
  const steps = lives.map(({ strip }) =>
    [...strip.matchAll(/([WO]?)([FPong ])/g)].map(([, deed, mark]) => ({ deed, mark })),
  );
  const runs = Math.max(...steps.map(({ length }) => length));
  const trend = createTrend({
    dueOf: ({ phase }) => (dueOn !== undefined && phase === 'confirmed' ? due(dueOn) : undefined),
    hidden: new Set(['hidden']),
  });
  for (let run = 0; run < runs; run += 1) {
    const seen: Sighting[] = [];
    for (const [index, { system = 's' }] of lives.entries()) {
      const id = `f${index}`;
      const step = steps[index]?.[run];
      const mark = marks[step?.mark ?? ' '];
      if (mark === undefined) continue;
      const birth = { finding: id, zone: 'z', system, check: `c${index}`, target: 't', severity: 'high' as const };
      if (!all.has(id)) all.set(id, bornLife({ kind: 'born', run: `r${run}`, ...birth }, at(run)));
      const noon = new Date(Date.parse(at(run)) - 3_600_000).toISOString();
      const day = noon.slice(0, 10);
      if (step?.deed === 'W') {
        const words = { as: 'waived' as const, reason: 'r', document: 'd', requestedBy: 'a', approvedBy: 'b' };
        const event = {
          kind: 'set-aside' as const,
          finding: id,
          ...words,
          from: day,
          until: '2099-01-01',
          evidence: 'e',
        };
        applyEntry(all, { at: noon, by: 'a', event });
      }
      if (step?.deed === 'O')
        applyEntry(all, { at: noon, by: 'a', event: { kind: 'said', finding: id, word: 'open' } });
      seen.push({ finding: id, mark, at: at(run), ...(mark === 'fail' ? { evidence: 'e' } : {}) });
    }
    const event = {
      kind: 'run',
      run: `r${run}`,
      zone: 'z',
      judgement: 1,
      checksHash: 'c',
      settings: defaultSettings,
      sightings: 1,
      digest: '',
    } as const;
    applyEntry(all, { at: at(run), by: 'rasoat', event }, seen);
    const origins = lives.flatMap(({ system = 's', origins: own }, index) => {
      const one = own?.[run];
      return one === undefined ? [] : [{ system, target: 't', check: `c${index}`, ...one }];
    });
    trend.next({
      run: `r${run}`,
      at: at(run),
      checksHash: 'c',
      lives: all,
      seen: new Set(
        seen.filter(({ mark }) => mark !== 'not-observed' && mark !== 'gone').map(({ finding }) => finding),
      ),
      glance: { checks: false, data: false, toldApart: true, coverage: [], ...glances[run], origins },
    });
  }
  const made = trend.trend();
  return { trend: made, counts: sumTrend(made, made.systems.keys()) };
}

const toMend = (counts: readonly TrendCount[]) => counts.map(toMendOf);
const each = (
  counts: readonly TrendCount[],
  key: Exclude<keyof TrendCount, 'toMend' | 'byReading' | 'unseen' | 'fresh' | 'states' | 'coverage'>,
) => counts.map((one) => one[key]);

describe('trend', () => {
  it('counts a finding to mend from its second fail to the proof of its fix, and the days that took', () => {
    const { counts } = count([{ strip: ' FFFPP' }]);
    expect(toMend(counts)).toEqual([0, 0, 1, 1, 1, 0]);
    expect(counts.map(({ fresh }) => fresh.high)).toEqual([0, 1, 0, 0, 0, 0]);
    expect(each(counts, 'opened')).toEqual([0, 0, 1, 0, 0, 0]);
    expect(each(counts, 'fixed')).toEqual([0, 0, 0, 0, 0, 1]);
    expect(each(counts, 'fixedDays')).toEqual([0, 0, 0, 0, 0, 3]);
    expect(counts.at(-1)?.states['fixed-verified']).toBe(1);
  });

  it('does not let findings drop because nothing was seen: they are counted on, and said to be unseen', () => {
    const { counts } = count([{ strip: 'FFooooF' }, { strip: 'FFFFFFF' }]);
    expect(toMend(counts)).toEqual([0, 2, 2, 2, 2, 2, 2]);
    expect(counts.map(({ unseen }) => unseen.high)).toEqual([0, 0, 1, 1, 1, 1, 0]);
    expect(each(counts, 'fixed')).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  it('tells gone, set aside, returned and reopened from fixed and opened', () => {
    expect(each(count([{ strip: 'FFgF' }]).counts, 'gone')).toEqual([0, 0, 1, 0]);
    expect(each(count([{ strip: 'FFgF' }]).counts, 'returned')).toEqual([0, 0, 0, 1]);
    const aside = count([{ strip: 'FFWFFOF' }]).counts;
    expect([each(aside, 'setAside'), each(aside, 'returned')]).toEqual([
      [0, 0, 1, 0, 0],
      [0, 0, 0, 0, 1],
    ]);
    const back = count([{ strip: 'FFPPFF' }]).counts;
    expect([each(back, 'opened'), each(back, 'reopened')]).toEqual([
      [0, 1, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 1],
    ]);
  });

  it('does not call a change of our checks a worsening, nor a fix', () => {
    const failed = { what: 'failed', because: 'checks' } as const;
    const raised = count([{ strip: '  FFF', origins: { 2: failed } }, { strip: 'FFFFF' }]).counts;
    expect(each(raised, 'opened')).toEqual([0, 1, 0, 0, 0]);
    expect(each(raised, 'raised')).toEqual([0, 0, 0, 1, 0]);
    expect(raised.map(({ byReading }) => byReading.high)).toEqual([0, 0, 0, 1, 1]);
    expect(raised.map(({ fresh }) => fresh.high)).toEqual([2 - 1, 0, 0, 0, 0]);
    const stopped = { what: 'stopped', because: 'data' } as const;
    const dropped = count([{ strip: 'FFFPP', origins: { 3: stopped } }]).counts;
    expect([each(dropped, 'fixed'), each(dropped, 'dropped'), each(dropped, 'fixedDays')]).toEqual([
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 1],
      [0, 0, 0, 0, 0],
    ]);
  });

  it('forgets why a trouble began once another one begins', () => {
    const failed = { what: 'failed', because: 'checks' } as const;
    const { counts } = count([{ strip: ' FFPPFF', origins: { 1: failed } }]);
    expect(each(counts, 'raised')).toEqual([0, 0, 1, 0, 0, 0, 0]);
    expect(each(counts, 'reopened')).toEqual([0, 0, 0, 0, 0, 0, 1]);
    expect(counts.at(-1)?.byReading.high).toBe(0);
  });

  it('says of what nobody had looked at before that it may be old', () => {
    const look = { what: 'failed', because: 'look' } as const;
    const { counts } = count([{ strip: 'FF' }, { strip: '  FF', origins: { 2: look } }, { strip: '  FF' }]);
    expect(each(counts, 'firstLook')).toEqual([0, 1, 0, 1]);
    expect(each(counts, 'opened')).toEqual([0, 1, 0, 2]);
  });

  it('counts late by the day of each run, refuted claims, and nothing of what may not be spoken of', () => {
    const on = at(2).slice(0, 10);
    expect(each(count([{ strip: 'FFFFF' }], {}, on).counts, 'late')).toEqual([0, 0, 0, 1, 1]);
    const hidden = count([{ strip: 'FFF', system: 'hidden' }]);
    expect([...hidden.trend.systems.keys()]).toEqual([]);
  });

  it('keeps coverage beside each count, and where checks or data are others', () => {
    const coverage = [{ system: 's', seen: 3, needed: 4 }];
    const { counts, trend } = count([{ strip: 'FF' }], { 1: { coverage, checks: true } });
    expect(counts.map((one) => one.coverage)).toEqual([noCount.coverage, { seen: 3, needed: 4 }]);
    expect(trend.runs.map(({ checks }) => checks)).toEqual([false, true]);
  });

  const strip = fc
    .array(fc.constantFrom('F', 'F', 'P', 'o', 'n', 'WF', 'OF'), { minLength: 1, maxLength: 14 })
    .chain((steps) => fc.nat(4).map((before) => ' '.repeat(before) + ['F', ...steps].join('')));
  const origin = fc.option(
    fc.record({
      what: fc.constantFrom('failed' as const, 'stopped' as const),
      because: fc.constantFrom('checks' as const, 'data' as const, 'look' as const),
    }),
    { nil: undefined },
  );
  const told = fc.record({
    strip,
    system: fc.constantFrom('a', 'b'),
    origins: fc
      .array(origin, { maxLength: 14 })
      .map(
        (all) =>
          Object.fromEntries([...all.entries()].filter(([, one]) => one !== undefined)) as NonNullable<Told['origins']>,
      ),
  });

  it('balances: what is to be mended is what was, with all that came and without all that left', () => {
    fc.assert(
      fc.property(fc.array(told, { minLength: 1, maxLength: 6 }), (lives) => {
        let before = 0;
        for (const one of count(lives).counts) {
          const came = one.opened + one.reopened + one.raised + one.returned;
          const left = one.fixed + one.setAside + one.gone + one.dropped;
          expect(toMendOf(one)).toBe(before + came - left);
          expect(one.firstLook).toBeLessThanOrEqual(one.opened);
          expect(one.unseen.high + one.byReading.high).toBeLessThanOrEqual(one.toMend.high);
          before = toMendOf(one);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is the sum of its systems', () => {
    fc.assert(
      fc.property(fc.array(told, { minLength: 1, maxLength: 5 }), (lives) => {
        const { trend, counts } = count(lives);
        const [a, b] = ['a', 'b'].map((id) => sumTrend(trend, [id]));
        for (const [index, one] of counts.entries()) {
          expect(toMendOf(one)).toBe(toMendOf(a?.[index] ?? noCount) + toMendOf(b?.[index] ?? noCount));
          expect(one.states.new).toBe((a?.[index]?.states.new ?? 0) + (b?.[index]?.states.new ?? 0));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('never fixes by not looking: without a pass nothing is counted as fixed', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('F', 'o', 'n', 'g'), { minLength: 2, maxLength: 20 }), (steps) => {
        const { counts } = count([{ strip: `F${steps.join('')}` }]);
        expect(each(counts, 'fixed').every((n) => n === 0)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('what our checks and data did', () => {
  const finding = (outcome: Outcome, check = 'c'): Finding => ({
    system: 's',
    target: 't',
    check,
    severity: 'high',
    outcome,
    evidence: [],
    at: at(0),
  });
  const sides = (was: Outcome | null, byChecks: Outcome | null, byLawbook: Outcome | null, is: Outcome) =>
    originsOf({
      before: was === null ? [] : [finding(was)],
      byChecks: byChecks === null ? [] : [finding(byChecks)],
      byLawbook: byLawbook === null ? [] : [finding(byLawbook)],
      after: [finding(is)],
      moved: new Map(),
      renamed: (check) => check,
      knownChecks: new Set(['c']),
    }).map(({ what, because }) => `${what} ${because}`);

  it.each([
    ['the world', ['pass', 'pass', 'pass', 'fail'], []],
    ['the checks', ['pass', 'fail', 'fail', 'fail'], ['failed checks']],
    ['the data', ['pass', 'pass', 'fail', 'fail'], ['failed data']],
    ['nobody looked', ['not-observed', 'not-observed', 'not-observed', 'fail'], ['failed look']],
    ['nobody looked there', [null, null, null, 'fail'], ['failed look']],
    ['mended by the world', ['fail', 'fail', 'fail', 'pass'], []],
    ['no fail by other checks', ['fail', 'pass', 'pass', 'pass'], ['stopped checks']],
    ['no fail by other data', ['fail', 'fail', 'not-applicable', 'not-applicable'], ['stopped data']],
    ['not told by other checks, which is no fix', ['fail', 'not-observed', 'not-observed', 'pass'], []],
    ['still failing', ['fail', 'pass', 'pass', 'fail'], []],
  ] as const)('%s', (_name, [was, byChecks, byLawbook, is], told) => {
    expect(sides(was, byChecks, byLawbook, is)).toEqual(told);
  });

  it('gives a check that is new its findings, whatever the old observations could tell', () => {
    const origins = originsOf({
      before: [],
      byChecks: [finding('not-observed', 'new')],
      byLawbook: [finding('not-observed', 'new')],
      after: [finding('fail', 'new')],
      moved: new Map(),
      renamed: (check) => check,
      knownChecks: new Set(['c']),
    });
    expect(origins).toEqual([{ system: 's', target: 't', check: 'new', what: 'failed', because: 'checks' }]);
  });

  it('finds a finding again whose host was renumbered and whose check was renamed', () => {
    const origins = originsOf({
      before: [{ ...finding('pass', 'old'), target: 't [1]' }],
      byChecks: [{ ...finding('pass'), target: 't [1]' }],
      byLawbook: [{ ...finding('pass'), target: 't [1]' }],
      after: [{ ...finding('fail'), target: 't [2]' }],
      moved: new Map([['s\nt [1]', 't [2]']]),
      renamed: (check) => (check === 'old' ? 'c' : check),
      knownChecks: new Set(['c']),
    });
    expect(origins).toEqual([]);
  });
});
