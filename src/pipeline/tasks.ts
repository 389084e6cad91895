import { seriousFails, taskObligations } from '../assess/tasks/known.ts';
import { selectTasks, type TaskSelection } from '../assess/tasks/select.ts';
import { taskStatus } from '../assess/tasks/status.ts';
import { isDay } from '../model/day.ts';
import { UserError } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Run } from '../model/run.ts';
import type { TaskStatus } from '../model/task-status.ts';
import { message } from '../model/text.ts';
import type { Store } from '../store/types.ts';
import { nearest } from '../yaml/nearest.ts';
import { assessRun } from './assess-run.ts';

/** Tasks with the inventory whose names they speak of. */
export type PlacedTasks = { readonly inventory: Inventory; readonly status: TaskStatus };

/**
 * Tasks as a stored run shows them, by its latest judgement and everything older in the store; held against the day of the run, or
 * against `on` (`YYYY-MM-DD`), for which what is declared is read again.
 */
export async function tasksOfRun(store: Store, run: Run, on?: string): Promise<PlacedTasks> {
  const inventory = await store.inventory(run.id);
  const judgement = await store.judgement(run.id);
  const { lawbook } = judgement;
  const kept = await store.asides(judgement.id);
  const asides = kept === undefined ? {} : { asides: kept };
  const end = run.endedAt ?? run.startedAt;
  const at = on === undefined ? end : noonOf(on);
  const { frameworks } = lawbook;
  // As it stood, tasks ask for their own obligations and serious fails alone; on another day all is assessed anew.
  const findings = await store.findings(judgement.id, on === undefined ? seriousFails : {});
  const assessments =
    on === undefined
      ? await store.assessments(judgement.id, taskObligations(frameworks))
      : assessRun({ inventory, targets: await store.targets(run.id), findings, lawbook, ...asides, at });
  const lookedAt = await store.lastSeen(end);
  return { inventory, status: taskStatus({ inventory, frameworks, assessments, findings, ...asides, lookedAt, at }) };
}

/** The tasks asked for. Throws UserError for a task that binds nobody here, or an organisation that is not in the inventory. */
export function pickTasks({ inventory, status }: PlacedTasks, asked: TaskSelection): TaskStatus {
  const { task, organisation } = asked;
  if (organisation !== undefined && !inventory.organisations.some(({ id }) => id === organisation)) {
    throw new UserError([{ message: message('tasks.unknown-organisation', { id: organisation }) }]);
  }
  const ids = status.tasks.map(({ id }) => id);
  if (task !== undefined && !ids.includes(task)) {
    const suggestion = nearest(task, ids);
    const words =
      suggestion === undefined
        ? message('tasks.unknown-task', { task })
        : message('tasks.unknown-task-near', { task, suggestion });
    throw new UserError([{ message: words }]);
  }
  return selectTasks(status, asked);
}

/** Noon of a day in Viet Nam. Throws UserError for what is no day. */
export function noonOf(day: string): string {
  if (!isDay(day)) throw new UserError([{ message: message('tasks.no-such-day', { day }) }]);
  return `${day}T05:00:00.000Z`;
}
