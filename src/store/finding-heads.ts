import { sql } from 'kysely';
import type { Outcome, Severity } from '../model/check.ts';
import type { FindingHead } from '../model/finding.ts';

/**
 * The heads of a group of findings, joined by the database: a row for each of a hundred thousand findings takes four times as long to
 * hand over as a text for each target. Ids, outcomes, severities and instants hold neither a space nor a line feed; canonical JSON
 * of a body begins with `{"at":"`. Both engines know `string_agg` (SQLite since 3.44). No order is asked of it: SQLite would sort each
 * text, which it joins in the order of its index anyway.
 */
export const joinedHeads = sql<string>`string_agg("check" || ' ' || outcome || ' ' || severity || ' ' || substr(body, 8, 40), ${sql.lit('\n')})`;

type JoinedHeads = { readonly system: string; readonly target: string; readonly heads: string };

/** The findings of one target that a text of `joinedHeads` tells, in the order of their checks. */
export function headsOf({ system, target, heads }: JoinedHeads): readonly FindingHead[] {
  const told = heads.split('\n').map((line): FindingHead => {
    const [check = '', outcome, severity, rest = ''] = line.split(' ');
    const at = rest.slice(0, rest.indexOf('"'));
    return { system, target, check, severity: severity as Severity, outcome: outcome as Outcome, at };
  });
  const inOrder = told.every(({ check }, at) => (told[at - 1]?.check ?? '') <= check);
  return inOrder ? told : told.sort((a, b) => (a.check < b.check ? -1 : 1));
}
