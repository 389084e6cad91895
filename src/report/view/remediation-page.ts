import { message, type Message } from '../../model/text.ts';
import type { PageRef } from '../page-ref.ts';
import { answer, clause, type Clause } from './answer.ts';
import { notMeeting, organisation } from './matrix.ts';
import { nameOf, type Name } from './name.ts';
import { ownTasks, taskHoldings, type TaskHoldings } from './own-tasks.ts';
import type { Holdings } from './organisation-page.ts';
import { assignments, type AssignView } from './remedy/assign.ts';
import { improved, type Improved } from './remedy/improved.ts';
import { remedies, type RemedyView } from './remedy/remedy.ts';
import type { ReportIndex } from './report-index.ts';
import { systemRows, type SystemRow } from './system-list.ts';
import { checkCoverage, type CoverageView } from './tally.ts';
import type { TaskRow } from './tasks.ts';
import { unseen, type Unseen } from './unseen.ts';

/** A number of the first page, with what it is out of. */
export type Figure = {
  readonly n: number;
  readonly of: number | null;
  /** There is something that it is out of, be it none. */
  readonly counted: boolean;
  readonly word: Message;
  readonly hash: string;
};

/** The report that one organisation gets to mend its systems by: a page for the head, the rest for the engineer. */
export type RemediationPage = {
  readonly id: string;
  readonly name: Name;
  readonly organisation: PageRef;
  readonly headPosition: string;
  readonly head: string | null;
  readonly asOf: string;
  readonly zone: Name;
  readonly answer: readonly Clause[];
  readonly coverage: CoverageView;
  readonly figures: readonly Figure[];
  readonly assign: readonly AssignView[];
  readonly moreToAssign: number;
  /** Tasks of directives that fall on it, the most urgent. */
  readonly directives: readonly TaskRow[];
  readonly improved: Improved;
  readonly systems: readonly SystemRow[];
  readonly caption: Message;
  readonly remedies: readonly RemedyView[];
  readonly places: number;
  readonly unseen: Unseen;
  readonly run: string;
};

/** Changes that fit the first page. */
const assigned = 6;
const mostDirectives = 2;

/** Decides everything that the remediation report of one organisation shows: systems that it owns, then those it runs. */
export function remediationPage(
  index: ReportIndex,
  id: string,
  held: Holdings,
  tasks: TaskHoldings = taskHoldings(index),
): RemediationPage {
  const of = organisation(index, id);
  const { owned, operated } = held.get(id) ?? { owned: [], operated: [] };
  const files = [...owned, ...operated];
  const changes = remedies(index, files, { alone: false, unfolded: 3 });
  const findings = files.flatMap((file) => file.findings);
  const seen = checkCoverage(findings);
  const better = improved(index, files);
  const late = changes.filter(({ due }) => due?.late === true).length;
  const failing = files.filter(notMeeting).length;
  const blind = findings.filter(({ outcome }) => outcome === 'not-observed').length;
  const places = files.reduce((sum, file) => sum + file.open.length, 0);
  const rows = ownTasks(index, tasks.organisations.get(id) ?? [], { page: 'organisation', id }).map(({ row }) => row);
  const zone = index.data.inventory.zones.find((one) => one.id === index.data.run.zone);
  return {
    id,
    name: nameOf(of),
    organisation: { page: 'organisation', id },
    headPosition: of.headPosition,
    head: of.head ?? null,
    asOf: index.data.run.endedAt ?? index.data.run.startedAt,
    zone: zone === undefined ? { vi: index.data.run.zone, en: null } : nameOf(zone),
    answer: answer([
      clause('not-met', 'not-met', 'he-thong', { n: failing, total: files.length }),
      ...(seen.unlooked
        ? [clause('unlooked', 'unproven', 'chua-quan-sat', {})]
        : [clause('changes', 'not-met', 'viec-can-lam', { n: changes.length })]),
      lateClause(changes, late),
    ]),
    coverage: seen,
    figures: [
      { n: failing, of: files.length, word: message('owner.figure.failing'), hash: 'he-thong' },
      { n: places, of: seen.seen, word: message('owner.figure.findings'), hash: 'viec-can-lam' },
      { n: late, of: changes.length, word: message('owner.figure.late'), hash: 'giao-viec' },
      { n: better.counts.mended, of: null, word: message('owner.figure.mended'), hash: 'da-khac-phuc' },
      { n: blind, of: findings.length, word: message('owner.figure.blind'), hash: 'chua-quan-sat' },
    ].map((figure) => ({ ...figure, counted: figure.of !== null })),
    assign: assignments(index, files, changes, assigned),
    moreToAssign: Math.max(0, changes.length - assigned),
    directives: rows.slice(0, mostDirectives),
    improved: better,
    systems: systemRows(index, files),
    caption: message('owner.systems.caption'),
    remedies: changes,
    places,
    unseen: unseen(files),
    run: index.data.run.id,
  };
}

/** Of changes without a day, "nothing is overdue" would sound like praise. */
function lateClause(changes: readonly RemedyView[], late: number): Omit<Clause, 'last'> {
  if (changes.length > 0 && changes.every(({ due }) => due === null)) {
    return { said: message('owner.answer.undated'), tone: 'unproven', hash: 'giao-viec' };
  }
  return { said: message('owner.answer.late', { n: late }), tone: late === 0 ? 'met' : 'not-met', hash: 'giao-viec' };
}
