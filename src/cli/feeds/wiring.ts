import type { Command } from 'commander';
import type { Wiring } from '../wiring.ts';

/** What every `feeds` command is given. */
export type FeedsWiring = Wiring & {
  readonly feeds: Command;
  readonly folderOf: (options: { readonly feeds?: string }) => string;
};
