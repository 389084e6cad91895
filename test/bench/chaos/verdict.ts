import type { Heard } from './heard.ts';
import type { RunRecord } from './record.ts';

export type Verdict = {
  /** What the undisturbed run has and the disturbed one has not, or has differently. */
  readonly lost: readonly string[];
  /** What is there twice, was looked at by two at once, or is counted though it never happened. */
  readonly doubled: readonly string[];
  /**
   * Targets that did not answer in time in one of the runs alone, and `target check` where one question of many had no answer in
   * one alone: of these only that they were read, once, is compared.
   */
  readonly slow: readonly string[];
};

export type Unreported = (address: string) => number;

/**
 * Holds a run that was struck against one that was not, and against what the machines heard. `unreported` is how many
 * connections to an address a process that died, or was cut off for good, opened and could tell nobody of.
 */
export function verdictOf(calm: RunRecord, struck: RunRecord, heard: Heard, unreported: Unreported = () => 0): Verdict {
  const lost: string[] = [];
  const doubled: string[] = [];
  const [late, lateSystems] = inOneAlone(calm.slow, struck.slow);
  const [unsure, unsureSystems] = inOneAlone(calm.unanswered, struck.unanswered);
  const slow = [...late, ...unsure];
  const about = [...slow, ...lateSystems, ...unsureSystems].map((name) => `${name} `);
  /** Without what was said of it. */
  const steady = (one: string) =>
    about.some((name) => one.startsWith(name)) ? one.slice(0, one.lastIndexOf(' ')) : one;
  const compare = (what: string, of: (record: RunRecord) => readonly string[], words = steady) => {
    const [missing, extra] = differing(of(calm).map(words), of(struck).map(words));
    lost.push(...missing.map((one) => `${what} ${one}`));
    doubled.push(...extra.map((one) => `${what} ${one}`));
  };
  if (struck.state !== 'finished') lost.push(`the run is ${struck.state}`);
  if (struck.runs !== 1) doubled.push(`${struck.runs} runs`);
  const whole = (one: string) => one;
  compare('target', ({ planned }) => planned, whole);
  compare('target done', ({ done }) => done, whole);
  compare('observation', ({ observations }) => observations);
  compare('finding', ({ findings }) => findings);
  compare('assessment', ({ assessments }) => assessments);
  if (slow.length === 0 && struck.historyRecords < calm.historyRecords)
    lost.push(`history has ${struck.historyRecords} records of ${calm.historyRecords}`);
  if (slow.length === 0 && struck.historyRecords > calm.historyRecords)
    doubled.push(`history has ${struck.historyRecords} records, not ${calm.historyRecords}`);
  lost.push(...struck.historyFaults.map((fault) => `history: ${fault}`));
  doubled.push(...heard.together, ...heard.overrun);
  for (const [address, bySource] of heard.counts) {
    const came = [...bySource.values()].reduce((sum, one) => sum + one, 0);
    const told = struck.costs.get(address) ?? 0;
    if (told > came) doubled.push(`${address}: ${told} connections told, ${came} came`);
    if (told + unreported(address) < came)
      lost.push(`${address}: ${told} connections told of ${came}, ${unreported(address)} by who could not tell`);
  }
  return { lost, doubled, slow };
}

/** Keys of either that the other lacks, and what stands by them. */
function inOneAlone(
  first: ReadonlyMap<string, string>,
  second: ReadonlyMap<string, string>,
): readonly [readonly string[], readonly string[]] {
  const keys = [...new Set([...first.keys(), ...second.keys()])].filter((key) => first.has(key) !== second.has(key));
  return [keys, keys.map((key) => first.get(key) ?? second.get(key) ?? '')];
}

/** Members of the first that the second lacks, and the other way round; each as often as it is. */
function differing(first: readonly string[], second: readonly string[]): readonly [string[], string[]] {
  const left = new Map<string, number>();
  for (const one of first) left.set(one, (left.get(one) ?? 0) + 1);
  const extra: string[] = [];
  for (const one of second) {
    const count = left.get(one) ?? 0;
    if (count === 0) extra.push(one);
    else left.set(one, count - 1);
  }
  return [[...left].flatMap(([one, count]) => Array<string>(count).fill(one)), extra];
}
