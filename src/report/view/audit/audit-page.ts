import type { Message } from '../../../model/text.ts';
import { answer, clause, type Clause } from '../answer.ts';
import { controls, type ControlsView } from '../controls.ts';
import { nameOf, type Name } from '../name.ts';
import type { ReportIndex } from '../report-index.ts';
import { scan, type ScanView } from '../scan.ts';
import { checkCoverage, type CoverageView } from '../tally.ts';
import { auditFilters, type AuditFilters } from './filters.ts';
import { defectRows, type DefectRow } from './defects.ts';
import { layerCounts, type LayerCounts } from './layer-counts.ts';
import { levelGrid, type LevelGrid } from './level-grid.ts';
import { lawRows, type LawRow } from './laws.ts';
import { questionRows, type QuestionRow } from './questions.ts';
import { agreementGroups, auditRows, type AgreementGroup } from './rows.ts';

/** The auditor's page: what is claimed, what the evidence says, and whether the two agree. */
export type AuditPage = {
  readonly name: Name;
  readonly asOf: string;
  /** False for a judgement older than the laws of levels and the six words: nothing is compared then, and nothing found in order. */
  readonly told: boolean;
  readonly answer: readonly Clause[];
  readonly systems: number;
  readonly coverage: CoverageView;
  readonly controls: ControlsView | null;
  readonly groups: readonly AgreementGroup[];
  readonly filters: AuditFilters;
  readonly grid: LevelGrid;
  readonly layers: readonly LayerCounts[];
  readonly layerWords: readonly Message[];
  readonly defects: readonly DefectRow[];
  readonly questions: readonly QuestionRow[];
  readonly laws: readonly LawRow[];
  readonly scan: ScanView;
};

/** Decides everything that the auditor's page shows. */
export function auditPage(index: ReportIndex): AuditPage {
  const rows = auditRows(index);
  const defects = defectRows(index);
  const questions = questionRows(index);
  const differ = rows.filter(({ agreement }) => agreement === 'differ').length;
  const open = rows.filter(({ agreement }) => agreement === 'open').length;
  const layers = layerCounts(index);
  const told = index.data.levels !== undefined && index.data.layers !== undefined;
  return {
    name: nameOf(index.data.inventory.province),
    asOf: index.data.run.endedAt ?? index.data.run.startedAt,
    told,
    answer: answer([
      ...(told ? [] : [clause('audit-untold', 'unproven', 'kiem-chung', {})]),
      ...(told ? [clause('audit-differ', 'contradicted', 'doi-chieu', { n: differ, total: rows.length })] : []),
      clause('audit-open', 'unproven', 'doi-chieu', { n: open, total: rows.length }),
      ...(told ? [clause('audit-defects', 'not-met', 'ho-so', { n: defects.length })] : []),
      ...(questions.length === 0 ? [] : [clause('audit-questions', 'manual', 'cau-hoi', { n: questions.length })]),
    ]),
    systems: rows.length,
    coverage: checkCoverage(index.files.flatMap((file) => file.findings)),
    controls: controls(index),
    groups: agreementGroups(rows),
    filters: auditFilters(index.data.run.id, rows, defects),
    grid: levelGrid(index),
    layers,
    layerWords: layers[0]?.cells.map(({ word }) => word) ?? [],
    defects,
    questions,
    laws: lawRows(index),
    scan: scan(index),
  };
}
