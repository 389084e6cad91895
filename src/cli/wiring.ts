import type { Command } from 'commander';
import type { Output } from './output.ts';

/** What each command's file is given. `run` wraps an action so that the exit code it returns is kept. */
export type Wiring = {
  readonly program: Command;
  readonly output: Output;
  /** The environment that the command was started in. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: <Args extends unknown[]>(
    action: (...args: Args) => Promise<number>,
  ) => (...args: Args) => Promise<void>;
};
