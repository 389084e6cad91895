import { doneIn, doneOn, notDone, notKnown, type Case, type Stand } from './stand.ts';

/** A task that a document alone shows done: what the inventory records of it, against its day. */
export function byDocument(of: Case): Stand {
  const { spoken, due, today, awaits } = of;
  const on = doneIn(of);
  if (on !== undefined) return doneOn(on, of, 'record-done');
  if (awaits && due.trigger === undefined) return { state: 'waiting-for-trigger', because: 'guidance-awaited' };
  if (spoken.done !== undefined) return notDone(of, 'record-in-future');
  const under = spoken.reports.some((report) => report.on <= today);
  const stand = notKnown(of, under ? 'reports-so-far' : because(of));
  const open = stand.state === 'pending' || due.last === undefined;
  return under && open ? { ...stand, state: 'in-progress' } : stand;
}

function because({ spoken, due, awaits }: Case) {
  if (spoken.exists && due.last !== undefined) return 'record-undone';
  if (awaits) return 'guidance-came';
  return due.last === undefined ? 'no-day' : 'no-record';
}
