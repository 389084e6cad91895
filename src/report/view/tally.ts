import { verdicts, type Coverage, type Verdict } from '../../model/assessment.ts';
import type { Finding } from '../../model/finding.ts';
import { message, type Message } from '../../model/text.ts';

/** How many of each verdict. */
export type Tally = Readonly<Record<Verdict, number>>;

/** One verdict and how often, as drawn: a mark, its word and a number. */
export type Count = { readonly tone: Verdict; readonly word: Message; readonly n: number };

/** Most urgent first; the order of every list, bar and cell. */
export const urgency = ['not-met', 'contradicted', 'unproven', 'manual', 'met', 'not-applicable'] as const;
urgency satisfies readonly Verdict[];

/** Counts verdicts. */
export function tally(found: Iterable<Verdict>): Tally {
  const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  for (const verdict of found) counts[verdict] += 1;
  return counts;
}

/** The verdicts that occur, most urgent first. */
export function counts(of: Tally): readonly Count[] {
  return urgency.filter((verdict) => of[verdict] > 0).map((tone) => ({ tone, word: verdictWord(tone), n: of[tone] }));
}

/** How many there are altogether. */
export function total(of: Tally): number {
  return verdicts.reduce((sum, verdict) => sum + of[verdict], 0);
}

/**
 * Folds several verdicts into one for the thing they are about: the most urgent one. What is not applicable says
 * nothing; nothing at all is not applicable.
 */
export function fold(of: Tally): Verdict {
  return urgency.find((verdict) => of[verdict] > 0) ?? 'not-applicable';
}

/** The glossary's word for a verdict. */
export function verdictWord(verdict: Verdict): Message {
  return message(`words.verdict.${verdict}`);
}

/** Coverage as shown: what was seen of what was needed, with a percentage rounded down so that 100 means all. */
export type CoverageView = {
  readonly seen: number;
  readonly needed: number;
  readonly percent: number | null;
  /** Not even an attempt was made: nothing to be sure of, which is another thing than nothing needed. */
  readonly unlooked: boolean;
};

/**
 * Coverage of checks: answers had of answers needed. A check that does not apply needs none. Counted over findings, so
 * that an answer which serves two obligations counts once (the terminal counts the same).
 */
export function checkCoverage(findings: Iterable<Pick<Finding, 'outcome'>>): CoverageView {
  let seen = 0;
  let needed = 0;
  let unlooked = true;
  for (const { outcome } of findings) {
    unlooked = false;
    if (outcome === 'not-applicable') continue;
    needed += 1;
    if (outcome !== 'not-observed') seen += 1;
  }
  return { ...coverage([{ seen, needed }]), unlooked };
}

/** Adds up coverages of obligations. */
export function coverage(parts: Iterable<Coverage>): CoverageView {
  let seen = 0;
  let needed = 0;
  for (const part of parts) {
    seen += part.seen;
    needed += part.needed;
  }
  return { seen, needed, percent: needed === 0 ? null : Math.floor((seen / needed) * 100), unlooked: false };
}
