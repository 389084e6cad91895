import type { FindingAside } from './aside.ts';
import type { Assessment } from './assessment.ts';
import type { Check } from './check.ts';
import type { RunControls } from './control.ts';
import type { Finding } from './finding.ts';
import type { Framework } from './framework.ts';
import type { Inventory } from './inventory.ts';
import type { LayerStatus } from './layer-status.ts';
import type { SystemLevel } from './level.ts';
import type { Observation } from './observation.ts';
import type { ResolverCost, Run, ScanCost } from './run.ts';
import type { AssessedTarget } from './software/assessed.ts';
import type { Target } from './target.ts';
import type { TaskStatus } from './task-status.ts';
import type { ReportTrack } from './track/report-track.ts';

/** Everything a report is drawn from: one run of one inventory, as stored and judged. */
export type ReportData = {
  readonly run: Run;
  readonly inventory: Inventory;
  readonly checks: readonly Check[];
  readonly frameworks: readonly Framework[];
  readonly targets: readonly Target[];
  readonly observations: readonly Observation[];
  readonly findings: readonly Finding[];
  readonly assessments: readonly Assessment[];
  /** What sets fails aside, as the assessments read it; absent of judgements older than the keeping of it. */
  readonly asides?: readonly FindingAside[];
  readonly costs: readonly ScanCost[];
  /** Queries to our own resolvers, which are no targets. */
  readonly resolverCosts: readonly ResolverCost[];
  /** How our own control servers were read; absent of a copy that travels, and of runs older than controls. */
  readonly controls?: RunControls;
  /** What the software of each target means, by the feeds of the judgement. */
  readonly software?: readonly AssessedTarget[];
  /** What is told of each system's level, in the order of the inventory; absent in judgements older than laws of levels. */
  readonly levels?: readonly SystemLevel[];
  /** Where the tasks of directives stand on the day of the run. */
  readonly tasks?: TaskStatus;
  /** When the findings were judged; differs from the run's end after `rejudge`. */
  readonly judgedAt: string;
  /** Systems refused altogether (quân sự, quốc phòng, cơ yếu; state secrets without a permit): never listed by host. */
  readonly excludedSystems: number;
  /** The life of findings; absent where the run was not taken in. */
  readonly track?: ReportTrack;
  /** Four statuses a system, in the inventory's order; absent where no text of the run says what layers must hold. */
  readonly layers?: readonly LayerStatus[];
};
