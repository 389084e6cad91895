import { doubtsOfRecords } from '../assess/tasks/check-records.ts';
import { taskStatus } from '../assess/tasks/status.ts';
import { readInventory, type ReadInventory } from '../inventory/read.ts';
import { dayOf } from '../model/day.ts';
import type { Problem } from '../model/errors.ts';
import type { Framework } from '../model/framework.ts';
import { assessRun } from './assess-run.ts';
import { readLawbook, type LawbookOptions } from './lawbook.ts';
import { noonOf, type PlacedTasks } from './tasks.ts';

/** Tasks as an inventory alone shows them, on a day: nothing is seen. Throws UserError for what is wrong with the file. */
export async function tasksOfInventory(
  file: string,
  options: LawbookOptions,
  now: string,
  on?: string,
): Promise<PlacedTasks & { readonly warnings: readonly Problem[] }> {
  const lawbook = await readLawbook(options);
  const read = await readInventory(file);
  const { inventory } = read;
  const at = on === undefined ? now : noonOf(on);
  const assessments = assessRun({ inventory, targets: [], findings: [], lawbook, at });
  const { frameworks } = lawbook;
  const status = taskStatus({ inventory, frameworks, assessments, findings: [], lookedAt: new Map(), at });
  return { inventory, status, warnings: doubtsOfTasks(read, frameworks, dayOf(now)) };
}

/** What may be wrong with the records of tasks in an inventory, each at its line. */
export function doubtsOfTasks(
  { inventory, problemAt }: Pick<ReadInventory, 'inventory' | 'problemAt'>,
  frameworks: readonly Framework[],
  today: string,
): readonly Problem[] {
  return doubtsOfRecords(inventory, frameworks, today).map(({ record, field, message: words }) =>
    problemAt(['tasks', record, field], words),
  );
}
