import { describe, expect, it } from 'vitest';
import type { Visit } from '../country/serve.ts';
import { judgeVisits } from './heard.ts';
import type { RunRecord } from './record.ts';
import { verdictOf } from './verdict.ts';

const allowed = { connections: 2, perSecond: 10 };
const visit = (from: string, openedAt: number, address = '127.100.0.1', lasts = 20): Visit => ({
  address,
  from,
  openedAt,
  closedAt: openedAt + lasts,
});
/** One look at one machine: so many connections, a tenth of a second apart. */
const look = (from: string, since: number, count = 20) =>
  Array.from({ length: count }, (_, at) => visit(from, since + at * 100));

const calm: RunRecord = {
  state: 'finished',
  runs: 1,
  planned: ['a', 'b'],
  done: ['a', 'b'],
  observations: ['a tls seen', 'b tls unseen'],
  findings: ['a hsts fail', 'b hsts not-observed'],
  assessments: ['s o not-met'],
  costs: new Map([['127.100.0.1', 20]]),
  historyFaults: [],
  historyRecords: 3,
  events: new Map(),
  slow: new Map(),
  unanswered: new Map(),
  strays: [],
};
const heard = judgeVisits(look('A', 0), { allowed, lagMs: 5 });
const judge = (wish: Partial<RunRecord>) => verdictOf(calm, { ...calm, ...wish }, heard);

describe('the verdict of the chaos', () => {
  it('finds nothing where nothing differs', () => {
    expect(judge({})).toEqual({ lost: [], doubled: [], slow: [] });
  });

  it.each<[string, Partial<RunRecord>, string]>([
    ['a target that was not done', { done: ['a'] }, 'target done b'],
    ['a lost observation', { observations: ['a tls seen'] }, 'observation b tls unseen'],
    ['a lost finding', { findings: ['a hsts fail'] }, 'finding b hsts not-observed'],
    ['a run that did not end', { state: 'running' }, 'the run is running'],
    ['a history that is not whole', { historyFaults: ['{"fault":"broken"}'] }, 'history: {"fault":"broken"}'],
    [
      'connections nobody told of',
      { costs: new Map([['127.100.0.1', 19]]) },
      '127.100.0.1: 19 connections told of 20, 0 by who could not tell',
    ],
  ])('sees a planted loss: %s', (_what, wish, expected) => {
    expect(judge(wish)).toEqual({ lost: [expected], doubled: [], slow: [] });
  });

  it.each<[string, Partial<RunRecord>, string]>([
    ['a finding twice', { findings: ['a hsts fail', 'a hsts fail', 'b hsts not-observed'] }, 'finding a hsts fail'],
    ['an observation twice', { observations: [...calm.observations, 'a tls seen'] }, 'observation a tls seen'],
    ['a second run', { runs: 2 }, '2 runs'],
    ['a history that tells more', { historyRecords: 4 }, 'history has 4 records, not 3'],
    [
      'connections counted that never came',
      { costs: new Map([['127.100.0.1', 21]]) },
      '127.100.0.1: 21 connections told, 20 came',
    ],
  ])('sees a planted double: %s', (_what, wish, expected) => {
    expect(judge(wish)).toEqual({ lost: [], doubled: [expected], slow: [] });
  });

  it('sees an outcome that changed as lost and doubled at once', () => {
    const { lost, doubled } = judge({ findings: ['a hsts pass', 'b hsts not-observed'] });
    expect([lost, doubled]).toEqual([['finding a hsts fail'], ['finding a hsts pass']]);
  });

  it('asks of a host that was late in one run alone that it was read once, and forgives nothing else', () => {
    const slow = new Map([['b', 's']]);
    const read = {
      observations: ['a tls seen', 'b tls seen'],
      findings: ['a hsts fail', 'b hsts pass'],
      historyRecords: 4,
    };
    const late = { ...calm, slow };
    expect(verdictOf(late, { ...calm, ...read }, heard)).toEqual({ lost: [], doubled: [], slow: ['b'] });
    expect(verdictOf(late, { ...calm, ...read, findings: ['a hsts pass', 'b hsts pass'] }, heard).lost).toEqual([
      'finding a hsts fail',
    ]);
    expect(verdictOf(late, { ...calm, ...read, observations: ['a tls seen'] }, heard).lost).toEqual([
      'observation b tls',
    ]);
  });

  it('asks of a question without an answer in one run alone that it was asked once, and forgives no other of its host', () => {
    const late = {
      unanswered: new Map([['a hsts', 's']]),
      findings: ['a hsts not-observed', 'b hsts not-observed'],
    };
    expect(judge(late)).toEqual({ lost: [], doubled: [], slow: ['a hsts'] });
    expect(judge({ ...late, findings: ['b hsts not-observed'] }).lost).toEqual(['finding a hsts']);
    expect(judge({ ...late, findings: ['a hsts not-observed', 'b hsts pass'] }).doubled).toEqual([
      'finding b hsts pass',
    ]);
    expect(judge({ ...late, observations: ['b tls unseen'] }).lost).toEqual(['observation a tls seen']);
    // In both runs alike it is compared as everything is.
    expect(verdictOf({ ...calm, ...late }, { ...calm, ...late, findings: calm.findings }, heard).lost).toHaveLength(1);
  });

  it('forgives connections of who could tell nobody, and no more of them', () => {
    const told = { ...calm, costs: new Map([['127.100.0.1', 17]]) };
    expect(verdictOf(calm, told, heard, () => 3).lost).toEqual([]);
    expect(verdictOf(calm, told, heard, () => 2).lost.length).toBe(1);
  });
});

describe('what the machines heard', () => {
  const together = (visits: readonly Visit[]) => judgeVisits(visits, { allowed, lagMs: 50 }).together;
  const overrun = (visits: readonly Visit[], frozen = new Map<string, number>()) =>
    judgeVisits(visits, { allowed, lagMs: 50, frozen }).overrun;

  it('is one after the other', () => {
    expect(together([...look('A', 0), ...look('B', 2000), ...look('A', 8000)])).toEqual([]);
    expect(overrun(look('A', 0))).toEqual([]);
  });

  it('is two at once: overlapping, or a single late connection inside another look', () => {
    expect(together([...look('A', 0), ...look('B', 1500)]).length).toBe(1);
    expect(together([...look('B', 0), visit('A', 1000)]).length).toBe(1);
    expect(together([...look('B', 0), visit('A', 1000, '127.100.0.2')])).toEqual([]);
  });

  it('is more within a second, or at a time, than was allowed', () => {
    expect(overrun(Array.from({ length: 13 }, (_, at) => visit('A', at * 70)))).toHaveLength(1);
    expect(
      overrun([
        visit('A', 0, '127.100.0.1', 900),
        visit('A', 200, '127.100.0.1', 900),
        visit('A', 400, '127.100.0.1', 900),
      ]),
    ).toEqual(['127.100.0.1 had 3 connections at a time, 2 allowed']);
  });

  it('leaves out what the kernel keeps open for a process that was stopped', () => {
    const left = [visit('A', 0, '127.100.0.1', 60_000), visit('A', 10, '127.100.0.1', 60_000)];
    const next = [visit('B', 20_000, '127.100.0.1', 900), visit('B', 20_200, '127.100.0.1', 900)];
    expect(overrun([...left, ...next])).toHaveLength(1);
    expect(overrun([...left, ...next], new Map([['A', 5000]]))).toEqual([]);
  });
});
