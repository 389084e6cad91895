import { readFrameworks } from '../assess/read.ts';
import { checkNames } from '../judge/read.ts';
import type { Lawbook, Store } from '../store/types.ts';
import { ownFrameworks, readLevels } from './level-book.ts';
import { ownChecks, readLawbook, type LawbookOptions } from './lawbook.ts';

/** What findings that were judged before are assessed by. */
export type AssessingLaw = Omit<Lawbook, 'reference'>;

/**
 * The law of today, with the checks that judged the newest finished run. Reading three hundred files of checks anew would take longer
 * than the question that is asked of the store; it is done where the store has no such run, and for checks given beside our own.
 * Throws UserError with every problem of every file.
 */
export async function readAssessingLaw(store: Store | undefined, options: LawbookOptions = {}): Promise<AssessingLaw> {
  const run = (await store?.runs())?.find(({ state }) => state === 'finished');
  if (store === undefined || run === undefined || options.checks !== undefined) return readLawbook(options);
  const { checks } = (await store.judgement(run.id)).lawbook;
  const ids = (await checkNames(ownChecks)).map((id) => ({ id }));
  const frameworks = await readFrameworks([ownFrameworks, ...(options.frameworks ?? [])], ids);
  return { checks, frameworks, levels: await readLevels(options) };
}
