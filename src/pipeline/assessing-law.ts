import { readFrameworks } from '../assess/read.ts';
import { checkNames } from '../judge/read-names.ts';
import type { Lawbook, Store } from '../store/types.ts';
import type { LawbookOptions } from './lawbook.ts';
import { ownChecks, ownFrameworks, readLevels } from './level-book.ts';

/** What findings that were judged before are assessed by. */
export type AssessingLaw = Omit<Lawbook, 'reference'>;

/**
 * The law of today, with the checks that judged the newest finished run. Reading three hundred files of checks anew would take longer
 * than the question that is asked of the store; it is done where the store has no such run, and for checks given beside our own.
 * Throws UserError with every problem of every file.
 */
export async function readAssessingLaw(store: Store | undefined, options: LawbookOptions = {}): Promise<AssessingLaw> {
  const run = (await store?.runs())?.find(({ state }) => state === 'finished');
  if (store === undefined || run === undefined || options.checks !== undefined) {
    const { readLawbook } = await import('./lawbook.ts');
    return readLawbook(options);
  }
  const { checks } = (await store.judgement(run.id)).lawbook;
  const ids = (await checkNames(ownChecks)).map((id) => ({ id }));
  const frameworks = await readFrameworks([ownFrameworks, ...(options.frameworks ?? [])], ids);
  return { checks, frameworks, levels: await readLevels(options) };
}
