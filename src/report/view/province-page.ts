import type { PageRef } from '../page-ref.ts';
import { weekActions, type WeekAction } from './week.ts';
import { answer, clause, type Clause } from './answer.ts';
import { bar, type Bar } from './bar.ts';
import type { Filter } from './filter.ts';
import { exposed, type Exposed } from './exposed.ts';
import { matrixFilter, systemsFilter } from './system-filters.ts';
import { controls, type ControlsView } from './controls.ts';
import { deadlines, type Deadlines } from './deadlines.ts';
import { bands, type Band } from './layers.ts';
import { levels, type Levels } from './levels.ts';
import { provinceLife, type ProvinceLife } from './life/province-life.ts';
import { matrix, notMeeting, type MatrixRow } from './matrix.ts';
import { nameOf, type Name } from './name.ts';
import { groupBy, type ReportIndex } from './report-index.ts';
import { scan, type ScanView } from './scan.ts';
import { failingAnchor, systemGroups, systemsAnchor, type SystemGroup } from './system-list.ts';
import { counts, checkCoverage, tally, type Count, type CoverageView } from './tally.ts';
import { unseen, type Unseen } from './unseen.ts';

/** The province's page: one sentence, then what it rests on. */
export type ProvincePage = {
  readonly name: Name;
  readonly asOf: string;
  readonly answer: readonly Clause[];
  readonly systems: number;
  readonly organisations: number;
  readonly bar: Bar;
  readonly counts: readonly Count[];
  readonly coverage: CoverageView;
  readonly controls: ControlsView | null;
  readonly bands: readonly Band[];
  readonly exposed: Exposed;
  readonly matrix: readonly MatrixRow[];
  readonly levels: Levels;
  /** The auditor's page. */
  readonly audit: PageRef;
  readonly deadlines: Deadlines;
  /** The first ten changes; `moreActions` counts the rest, which stand on the systems' pages. */
  readonly actions: readonly WeekAction[];
  readonly moreActions: number;
  readonly life: ProvinceLife | null;
  readonly unseen: Unseen;
  readonly excluded: number;
  readonly stateSecret: number;
  readonly scan: ScanView;
  readonly groups: readonly SystemGroup[];
  readonly filters: { readonly systems: Filter; readonly matrix: Filter };
};

const shownActions = 10;

/** Decides everything that the province's page shows. */
export function provincePage(index: ReportIndex): ProvincePage {
  const { files, data } = index;
  const all = tally(files.map(({ verdict }) => verdict));
  const tasks = deadlines(index);
  const changes = weekActions(index);
  const groups = systemGroups(index, files);
  const rows = matrix(index);
  const secrets = files.filter(({ system }) => system.stateSecret === true && !system.stateSecretPermit).length;
  return {
    name: nameOf(data.inventory.province),
    asOf: data.run.endedAt ?? data.run.startedAt,
    answer: answer([
      clause('not-met', 'not-met', failingAnchor(files), { n: files.filter(notMeeting).length, total: files.length }),
      ...(tasks.tasks.length === 0
        ? []
        : [clause('overdue', 'not-met', 'thoi-han', { n: tasks.overdue, total: tasks.tasks.length })]),
      clause('unproven', 'unproven', all.unproven > 0 ? systemsAnchor('unproven') : 'he-thong', {
        n: all.unproven,
        total: files.length,
      }),
    ]),
    systems: files.length,
    organisations: groupBy(files, (file) => file.system.owner).size,
    bar: bar(all),
    counts: counts(all),
    coverage: checkCoverage(files.flatMap((file) => file.findings)),
    controls: controls(index),
    bands: bands(files),
    exposed: exposed(index),
    matrix: rows,
    levels: levels(files),
    audit: { page: 'audit' },
    deadlines: tasks,
    actions: changes.slice(0, shownActions),
    moreActions: Math.max(0, changes.length - shownActions),
    life: provinceLife(index),
    unseen: unseen(files),
    // Of all that were refused, those of state secrets are told apart.
    excluded: Math.max(0, data.excludedSystems - secrets),
    stateSecret: secrets,
    scan: scan(index),
    groups,
    filters: { systems: systemsFilter(data.run.id, groups), matrix: matrixFilter(data.run.id, rows) },
  };
}
