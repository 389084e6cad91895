import type { Outcome } from '../model/check.ts';
import type { Finding } from '../model/finding.ts';
import type { OriginOfChange } from '../model/track/trend.ts';
import { keyOf } from './sighter.ts';

export type OriginsInput = {
  /** The run before as it was judged, and its observations by the checks, and by all, of this run; the same where these are. */
  readonly before: readonly Finding[];
  readonly byChecks: readonly Finding[];
  readonly byLawbook: readonly Finding[];
  readonly after: readonly Finding[];
  /** The present name of a target (`<system>\n<target>`) and of a check. */
  readonly moved: ReadonlyMap<string, string>;
  readonly renamed: (check: string) => string;
  /** Checks of the run before, by their present names. */
  readonly knownChecks: ReadonlySet<string>;
};

/**
 * Findings that fail now and did not, or the other way round, though the world may be as it was: the observations of the
 * run before, read as this run reads, say the same already; or nothing of it had been seen. Pure.
 */
export function originsOf(input: OriginsInput): readonly OriginOfChange[] {
  const { moved, renamed } = input;
  const outcomes = (findings: readonly Finding[]): ReadonlyMap<string, Outcome> =>
    new Map(
      findings.map((one) => {
        const target = moved.get(`${one.system}\n${one.target}`) ?? one.target;
        return [keyOf({ system: one.system, target, check: renamed(one.check) }), one.outcome];
      }),
    );
  const [before, byChecks, byLawbook] = [input.before, input.byChecks, input.byLawbook].map(outcomes);
  return input.after.flatMap(({ system, target, check, outcome }): readonly OriginOfChange[] => {
    const key = keyOf({ system, target, check });
    const [was, read, reread] = [before, byChecks, byLawbook].map((side) => side?.get(key));
    const told = (what: OriginOfChange['what'], because: OriginOfChange['because']) => [
      { system, target, check, what, because },
    ];
    if (outcome === 'fail' && was !== 'fail') {
      if (!input.knownChecks.has(check)) return told('failed', 'checks');
      if (reread === 'fail') return told('failed', read === 'fail' ? 'checks' : 'data');
      return was === undefined || was === 'not-observed' ? told('failed', 'look') : [];
    }
    // That nothing is seen by the new reading closes nothing.
    if (was !== 'fail' || !isClosing(outcome) || !isClosing(reread)) return [];
    return told('stopped', isClosing(read) ? 'checks' : 'data');
  });
}

const isClosing = (outcome: Outcome | undefined) => outcome === 'pass' || outcome === 'not-applicable';
