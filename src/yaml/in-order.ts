import type { Problem } from '../model/errors.ts';

/** The problems of one file from top to bottom, none twice. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const unique = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...unique.values()].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}
