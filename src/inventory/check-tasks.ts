import { isDay } from '../model/day.ts';
import { message } from '../model/text.ts';
import type { Locate } from '../yaml/place.ts';
import type { Ledger } from './ledger.ts';
import { recIn, recsIn, textIn, type Rec } from './records.ts';

/** Two records of one task for the same body or system, and days granted that lie before the document that grants them. */
export function checkTasks(root: Rec, ledger: Ledger, locate: Locate): void {
  const first = new Map<string, Rec>();
  for (const record of recsIn(root, 'tasks')) {
    const task = textIn(record, 'task');
    const key = [task, textIn(record, 'organisation'), textIn(record, 'system')].join(' ');
    const twin = task === undefined ? undefined : first.get(key);
    if (twin === undefined) first.set(key, record);
    else
      ledger.add(
        { in: record, key: 'task' },
        message('inventory.task-twice', { line: locate({ in: twin, key: 'task' }).line }),
      );
    checkGranted(recIn(record, 'extended'), 'until', ledger);
    checkGranted(recIn(record, 'trigger'), 'due', ledger);
  }
}

function checkGranted(granted: Rec | undefined, key: string, ledger: Ledger): void {
  const document = granted === undefined ? undefined : recIn(granted, 'document');
  if (granted === undefined || document === undefined) return;
  const [until, signed] = [textIn(granted, key), textIn(document, 'date')];
  if (until === undefined || signed === undefined || !isDay(until) || !isDay(signed) || until >= signed) return;
  ledger.add({ in: granted, key }, message('inventory.ends-before-document', { until, signed }));
}
