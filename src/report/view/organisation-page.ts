import { message, type Message } from '../../model/text.ts';
import { actions, type Action } from './actions.ts';
import { answer, clause, type Clause } from './answer.ts';
import { bar, type Bar } from './bar.ts';
import { documentView, type DocumentView } from './document.ts';
import { organisationLife, type OrganisationLife } from './life/organisation-life.ts';
import { notMeeting, organisation } from './matrix.ts';
import type { PageRef } from '../page-ref.ts';
import { nameOf, type Name } from './name.ts';
import { ownTasks, taskHoldings, type OwnTask, type TaskHoldings } from './own-tasks.ts';
import type { ReportIndex } from './report-index.ts';
import { systemRows, type SystemRow } from './system-list.ts';
import { counts, checkCoverage, tally, type Count, type CoverageView } from './tally.ts';
import { unseen, type Unseen } from './unseen.ts';

/** One organisation's page, written for its head. */
export type OrganisationPage = {
  readonly id: string;
  readonly name: Name;
  readonly kind: Message | null;
  readonly parent: Name | null;
  readonly headPosition: string;
  /** Fields of form 08, part 2; null where the inventory leaves them blank. */
  readonly head: string | null;
  readonly address: string | null;
  readonly functions: DocumentView | null;
  readonly asOf: string;
  readonly answer: readonly Clause[];
  readonly owned: readonly SystemRow[];
  /** Systems it runs for another owner. */
  readonly operated: readonly SystemRow[];
  readonly captions: { readonly owned: Message; readonly operated: Message };
  readonly bar: Bar;
  readonly counts: readonly Count[];
  readonly coverage: CoverageView;
  readonly tasks: readonly OwnTask[];
  readonly actions: readonly Action[];
  readonly life: OrganisationLife | null;
  /** The report that it gets to mend its systems by; null where it has none, or is not the one the report is for. */
  readonly remediation: PageRef | null;
  readonly unseen: Unseen;
  readonly contact: {
    readonly name: string | null;
    readonly position: string | null;
    readonly phone: string | null;
    readonly email: string | null;
  } | null;
  readonly specialised: {
    readonly name: Name;
    readonly decision: DocumentView | null;
    readonly itself: boolean;
  } | null;
};

/** Organisations that own or operate a system of the report, or that a task falls on. */
export function organisationIds({ paged }: ReportIndex): readonly string[] {
  return [...paged].sort();
}

/** Files by organisation, so that a thousand pages do not each search all systems. */
export type Holdings = ReadonlyMap<
  string,
  { readonly owned: ReportIndex['files']; readonly operated: ReportIndex['files'] }
>;

/** Who owns and who operates what. */
export function holdings(index: ReportIndex): Holdings {
  const held = new Map<string, { owned: ReportIndex['files'][number][]; operated: ReportIndex['files'][number][] }>();
  for (const id of organisationIds(index)) held.set(id, { owned: [], operated: [] });
  for (const file of index.files) {
    held.get(file.system.owner)?.owned.push(file);
    if (file.system.operator !== file.system.owner) held.get(file.system.operator)?.operated.push(file);
  }
  return held;
}

/** Decides everything that one organisation's page shows. */
export function organisationPage(
  index: ReportIndex,
  id: string,
  held: Holdings,
  tasks: TaskHoldings = taskHoldings(index),
  remediation: PageRef | null = null,
): OrganisationPage {
  const of = organisation(index, id);
  const { owned, operated } = held.get(id) ?? { owned: [], operated: [] };
  const all = tally(owned.map(({ verdict }) => verdict));
  const changes = actions(owned);
  const seen = checkCoverage(owned.flatMap((file) => file.findings));
  return {
    id,
    name: nameOf(of),
    kind: of.kind === undefined ? null : message(`words.organisation-kind.${of.kind}`),
    parent: of.parent === undefined ? null : nameOf(organisation(index, of.parent)),
    headPosition: of.headPosition,
    head: of.head ?? null,
    address: of.address ?? null,
    functions: documentView(of.functions),
    asOf: index.data.run.endedAt ?? index.data.run.startedAt,
    answer:
      owned.length === 0
        ? []
        : answer([
            clause('not-met', 'not-met', 'he-thong', { n: owned.filter(notMeeting).length, total: owned.length }),
            seen.unlooked
              ? clause('unlooked', 'unproven', 'chua-quan-sat', {})
              : clause('changes', 'not-met', 'viec-can-lam', { n: changes.length }),
            clause('unproven', 'unproven', 'he-thong', { n: all.unproven, total: owned.length }),
          ]),
    owned: systemRows(index, owned),
    operated: systemRows(index, operated),
    captions: { owned: message('report.systems.owned'), operated: message('report.systems.operated') },
    bar: bar(all),
    counts: counts(all),
    coverage: seen,
    tasks: ownTasks(index, tasks.organisations.get(id) ?? [], { page: 'organisation', id }),
    actions: changes,
    life: organisationLife(index, owned.length > 0 ? owned : operated),
    remediation,
    unseen: unseen(owned),
    contact:
      of.contact === undefined
        ? null
        : {
            name: of.contact.name ?? null,
            position: of.contact.position ?? null,
            phone: of.contact.phone ?? null,
            email: of.contact.email ?? null,
          },
    specialised:
      of.specialisedUnit === undefined
        ? null
        : {
            name: nameOf(organisation(index, of.specialisedUnit.organisation)),
            decision: documentView(of.specialisedUnit.decision),
            itself: of.specialisedUnit.organisation === id,
          },
  };
}
