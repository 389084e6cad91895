import type { Assessment } from '../../model/assessment.ts';
import { dayOf, daysBetween } from '../../model/day.ts';
import type { ReportEvery } from '../../model/inventory/tasks.ts';
import { byDocument } from './by-document.ts';
import { byReports } from './by-reports.ts';
import { addInterval } from './period.ts';
import { doneIn, doneOn, notDone, notKnown, unproven, type Case, type Stand } from './stand.ts';

/**
 * A task of one system that findings decide. A fail on or after the day it was called done contradicts it; an older one leaves it
 * without ground. What was not seen never makes it done. Undefined where it does not apply.
 */
export function byFindings(assessment: Assessment, of: Case): Stand | undefined {
  const on = doneIn(of);
  switch (assessment.verdict) {
    case 'not-applicable':
      return undefined;
    case 'not-met':
    case 'contradicted':
      return denied(assessment, of, on) ?? notDone(of, 'fail');
    case 'met':
      return on === undefined ? seenDone(assessment, of) : doneOn(on, of, 'seen-and-recorded');
    case 'unproven': {
      const because = blindBecause(assessment);
      return on === undefined ? notKnown(of, because) : unproven(of, because);
    }
    case 'manual':
      return byPerson(assessment, of, on);
  }
}

/** The same where the text asks it periodically: looked at within the interval, and nothing open. */
export function byFindingsEvery(assessment: Assessment, of: Case, interval: ReportEvery): Stand | undefined {
  const { verdict, evidenceAt } = assessment;
  switch (verdict) {
    case 'not-applicable':
      return undefined;
    case 'not-met':
    case 'contradicted':
      return contradiction(assessment, doneIn(of)) ?? { state: 'periodic-late', because: 'fail' };
    case 'unproven':
      return { state: 'no-evidence', because: blindBecause(assessment) };
    case 'manual':
      return byReports(of, interval);
    case 'met': {
      if (evidenceAt === undefined) return { state: 'no-evidence', because: 'not-observed' };
      const days = daysBetween(addInterval(dayOf(evidenceAt), interval), of.today);
      return days > 0
        ? { state: 'periodic-late', because: 'seen-too-long-ago', days }
        : { state: 'periodic-current', because: 'seen-in-time', days: Math.abs(days) };
    }
  }
}

/** Why what was seen neither proves nor denies. */
function blindBecause({ because }: Assessment): 'waived' | 'false-positive' | 'not-observed' {
  return because === 'waived' || because === 'false-positive' ? because : 'not-observed';
}

/** A fail against a record that calls it done. */
function denied(assessment: Assessment, of: Case, on: string | undefined): Stand | undefined {
  return contradiction(assessment, on) ?? (on === undefined ? undefined : unproven(of, 'fail-before-record'));
}

/** A fail seen on the day it was called done, or later. */
function contradiction({ evidenceAt }: Assessment, on: string | undefined): Stand | undefined {
  if (on === undefined || (evidenceAt !== undefined && dayOf(evidenceAt) < on)) return undefined;
  return { state: 'contradicted', because: 'fail-after-record' };
}

/** Seen done, and nobody says when: in time only when it was seen in time. */
function seenDone({ evidenceAt }: Assessment, { due }: Case): Stand {
  if (due.last === undefined) return { state: 'done', because: 'seen-done' };
  const seenOn = evidenceAt === undefined ? undefined : dayOf(evidenceAt);
  if (seenOn !== undefined && seenOn <= due.last) return { state: 'done-on-time', because: 'seen-done' };
  return { state: 'done-undated', because: 'seen-done' };
}

/** Nothing fails, and a clean look proves too little: a document says so, unless nothing at all was seen that could be. */
function byPerson({ coverage }: Assessment, of: Case, on: string | undefined): Stand {
  if (on !== undefined && coverage.needed > 0 && coverage.seen === 0) return unproven(of, 'not-observed');
  const stand = byDocument(of);
  return stand.because === 'no-record' ? { ...stand, because: 'clean-needs-document' } : stand;
}
