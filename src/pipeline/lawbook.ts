import { readFrameworks } from '../assess/read.ts';
import { readExpectations } from '../engine/controls/expectations.ts';
import { readEndOfLife } from '../feeds/end-of-life.ts';
import { readStandIns } from '../feeds/stand-ins.ts';
import type { Feeds } from '../feeds/open.ts';
import { readChecks } from '../judge/read.ts';
import type { LevelBook } from '../model/level-law.ts';
import type { Lawbook } from '../store/types.ts';
import { ownChecks, ownFrameworks, readLevels } from './level-book.ts';

export type LawbookOptions = {
  /** Folders of checks read beside our own. */
  readonly checks?: readonly string[];
  /**
   * Folders of frameworks read beside our own; a file with the id of ours replaces it. Their `levels/` and `calendar/`
   * replace our law of a regime, our days off of a year.
   */
  readonly frameworks?: readonly string[];
};

/**
 * Reads checks, frameworks and reference data, with the feeds where they are given. Throws UserError with every problem of every
 * file.
 */
export async function readLawbook(
  options: LawbookOptions = {},
  feeds?: Feeds,
): Promise<Lawbook & { readonly levels: LevelBook }> {
  const checks = await readChecks([ownChecks, ...(options.checks ?? [])], new Set([ownChecks]));
  const frameworks = await readFrameworks([ownFrameworks, ...(options.frameworks ?? [])], checks);
  const levels = await readLevels(options);
  const endOfLife = await readEndOfLife();
  const standIns = await readStandIns();
  const controls = await readExpectations();
  if (feeds === undefined) return { checks, frameworks, levels, reference: { endOfLife, standIns, controls } };
  const { states, days } = feeds;
  const reference = { endOfLife: feeds.endOfLife(endOfLife), standIns, controls, feeds: states, feedDays: days };
  return { checks, frameworks, levels, reference };
}
