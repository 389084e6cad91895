import type { System } from '../../model/inventory.ts';
import type { Level } from '../../model/inventory/level-words.ts';
import type { LevelLaw, Term, TermRule } from '../../model/level-law.ts';
import type { LevelDeadline } from '../../model/level.ts';
import { afterDays, afterWorkingDays, workingDaysLate, type WorkingDays } from './working-days.ts';

/** The terms of a dossier at a level, each with where it stands on a day. */
export function deadlinesOf(
  law: LevelLaw,
  system: System,
  level: Level,
  days: WorkingDays,
  onDay: string,
): readonly LevelDeadline[] {
  return law.terms
    .filter(({ levels }) => levels.includes(level))
    .map((rule) => {
      const { term, days: length, unit, article } = rule;
      return { term, days: length, unit, article, ...standing(rule, eventsOf(system, term), days, onDay) };
    });
}

/** When a term began, when what it waits for was done, and whether a later step shows that it was. */
type Events = { readonly from?: string | undefined; readonly done?: string | undefined; readonly past: boolean };

function eventsOf(system: System, term: Term): Events {
  const { submitted, returned, accepted, appraisal, approvalReceived, decision } = system.classification ?? {};
  switch (term) {
    case 'reply': {
      // What was sent back and received again since is the reply to an earlier dossier.
      const back = returned !== undefined && submitted !== undefined && returned >= submitted ? returned : undefined;
      return { from: submitted, done: back ?? accepted, past: (appraisal ?? decision) !== undefined };
    }
    case 'appraisal':
      return { from: accepted, done: appraisal?.document.date, past: decision !== undefined };
    case 'approval':
      return { from: approvalReceived, done: decision?.date, past: decision !== undefined };
  }
}

function standing(
  rule: TermRule,
  { from, done, past }: Events,
  days: WorkingDays,
  onDay: string,
): Pick<LevelDeadline, 'state'> & Partial<LevelDeadline> {
  const seen = { ...(from === undefined ? {} : { from }), ...(done === undefined ? {} : { doneOn: done }) };
  if (from === undefined) return { ...seen, state: done !== undefined || past ? 'done' : 'not-begun' };
  const end = (rule.unit === 'days' ? afterDays : afterWorkingDays)(days, from, rule.days);
  if ('noCalendar' in end) return { ...seen, state: 'no-calendar', noCalendar: end.noCalendar };
  const told = { ...seen, due: end.due, ...(end.uncertain ? { uncertain: true as const } : {}) };
  if (done === undefined && past) return { ...told, state: 'done' };
  const until = done ?? onDay;
  if (until <= end.due) return { ...told, state: done === undefined ? 'running' : 'done' };
  const late = workingDaysLate(days, end.due, until);
  return { ...told, state: done === undefined ? 'overdue' : 'done-late', ...(late === undefined ? {} : { late }) };
}
