import type { Message } from './text.ts';

/** One thing wrong with what a user gave us, and where: `file:line:column` (both from 1). */
export type Problem = {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** What is wrong and what to write instead. */
  readonly message: Message;
};

/** Bad input: every problem found, at once. Ends a command with exit code 2 and nothing written. */
export class UserError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => problem.message.key).join(', '));
    this.name = 'UserError';
    this.problems = problems;
  }
}
