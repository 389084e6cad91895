import type { Check } from '../../../model/check.ts';
import type { Finding } from '../../../model/finding.ts';
import type { Observation } from '../../../model/observation.ts';
import type { Target } from '../../../model/target.ts';
import type { Text } from '../../../model/text.ts';
import { placeholdersIn, waysOf, type SelfChecks } from '../../self-checks.ts';
import { filledFor, type Filled } from './places.ts';

/** One way to see whether the change worked: the command for each place, and what a mended server answers. */
export type SelfCheckView = { readonly expect: Text; readonly first: string; readonly others: readonly string[] };

/** A failure with the target it is about and what was seen there. */
export type Place = {
  readonly check: Check;
  readonly finding: Finding;
  readonly target: Target;
  readonly observations: readonly Observation[];
};

/** Most commands of one way. */
const most = 40;

/** Commands for all places of one change, each once; a way whose places cannot be filled is left out. */
export function selfChecks(all: SelfChecks, places: readonly Place[]): readonly SelfCheckView[] {
  const lines = new Map<string, Set<string>>();
  for (const { check, finding, target, observations } of places) {
    const filled = filledFor(target, finding, observations);
    for (const way of waysOf(all, check)) {
      const run = all.ways[way]?.run;
      const line = run === undefined ? undefined : fill(run, filled);
      if (line !== undefined) lines.set(way, (lines.get(way) ?? new Set()).add(line));
    }
  }
  return [...lines].flatMap(([way, commands]): readonly SelfCheckView[] => {
    const [first, ...others] = commands;
    const expect = all.ways[way]?.expect;
    return first === undefined || expect === undefined ? [] : [{ expect, first, others: others.slice(0, most) }];
  });
}

/** The command with its places filled; undefined where one has nothing to stand in it. */
export function fill(run: string, filled: Filled): string | undefined {
  const names = placeholdersIn(run);
  const known = filled as Readonly<Record<string, string | undefined>>;
  if (names.some((name) => known[name] === undefined)) return undefined;
  return run.replaceAll(/\{([A-Za-z]+)\}/g, (_, name: string) => known[name] ?? '');
}
