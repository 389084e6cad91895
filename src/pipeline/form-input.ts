import { applicableFrameworks } from '../assess/applicable.ts';
import { readInventory } from '../inventory/read.ts';
import { dayOf } from '../model/day.ts';
import type { Framework } from '../model/framework.ts';
import type { Run } from '../model/run.ts';
import type { FormInput, LevelDeadline } from '../report/form/input.ts';
import type { Previous } from '../report/form/results.ts';
import type { Store } from '../store/types.ts';
import { readLawbook } from './lawbook.ts';
import { readLevels } from './level-book.ts';
import { createLevels, levelSourceOf, type LevelSource } from './levels.ts';
import { loadReportData } from './report-data.ts';

/** For whom and on which day a form is filled. */
export type FormRequest = { readonly organisation?: string; readonly on: string };

/** What a form is filled from when there is an inventory and no run. */
export async function formInputOfFile(file: string, request: FormRequest): Promise<FormInput> {
  const { inventory } = await readInventory(file);
  const { frameworks, levels: book } = await readLawbook();
  const applicable = applicableFrameworks(frameworks, request.on, inventory.province.id);
  return {
    ...request,
    inventory,
    levelDeadlines: levelDeadlines(applicable),
    ...levelsOf({ inventory, book, onDay: request.on }),
  };
}

/** What a form is filled from when there is a stored run. */
export async function formInputOfRun(store: Store, run: Run, request: FormRequest): Promise<FormInput> {
  const report = await loadReportData(store, run);
  const previous = await previousRun(store, run);
  return {
    ...request,
    inventory: report.inventory,
    report,
    ...(previous === undefined ? {} : { previous }),
    levelDeadlines: levelDeadlines(report.frameworks),
    ...levelsOf({ ...(await levelSourceOf(store, run, readLevels)), onDay: request.on }),
  };
}

/** What the facts of each system ask, and what its dossier has wrong. */
function levelsOf(source: LevelSource): Pick<FormInput, 'leastLevel' | 'audit'> {
  const { levelOf } = createLevels(source);
  return {
    leastLevel: (system) => {
      const { answers, regime } = levelOf(system);
      const own = answers.find((answer) => answer.regime === regime);
      if (own?.level == null || own.article === null) return undefined;
      return { level: own.level, clause: own.article };
    },
    audit: (system) => levelOf(system).defects,
  };
}

/** Tasks that ask for approval of the level before a day. */
function levelDeadlines(frameworks: readonly Framework[]): readonly LevelDeadline[] {
  return frameworks.flatMap(({ instrument, obligations }) =>
    obligations.flatMap(({ claim, task, criticalOnly, cite }): LevelDeadline[] => {
      const deadline = task?.deadline;
      if (claim !== 'level' || deadline === undefined || !('before' in deadline)) return [];
      return [
        {
          before: deadline.before,
          instrument: cite.instrument || instrument.number,
          criticalOnly: criticalOnly === true,
        },
      ];
    }),
  );
}

/** The finished run of the same zone before this one, of the same folder. */
async function previousRun(store: Store, run: Run): Promise<Previous | undefined> {
  const before = (await store.runs())
    .filter((one) => one.state === 'finished' && one.zone === run.zone && one.startedAt < run.startedAt)
    .toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1))[0];
  if (before === undefined) return undefined;
  const judgement = await store.judgement(before.id);
  return { on: dayOf(before.endedAt ?? before.startedAt), findings: await store.findings(judgement.id) };
}
