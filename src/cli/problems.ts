import type { Problem } from '../model/errors.ts';
import type { Output } from './output.ts';
import { safeText } from './safe-text.ts';

const mostShown = 100;

/** Prints problems as `file:line:column: what is wrong`, one a line, the first hundred of them. */
export function printProblems(output: Output, problems: readonly Problem[], mark: 'error' | 'warning'): void {
  const { colors } = output;
  const word = output.say(`cli.${mark}`);
  for (const problem of problems.slice(0, mostShown)) {
    const place = placeOf(problem);
    const head = mark === 'error' ? colors.red(word) : colors.yellow(word);
    output.note(
      `${place === '' ? '' : `${colors.bold(safeText(place, 1000))}: `}${head}: ${safeText(output.tell(problem.message), 1000)}`,
    );
  }
  if (problems.length > mostShown) output.note(output.say('cli.more-problems', { count: problems.length - mostShown }));
}

/** `file:line:column`, as far as known. */
export function placeOf(problem: Problem): string {
  return [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(':');
}
