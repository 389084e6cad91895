import type { System } from '../../model/inventory.ts';
import type { ReportData } from '../../model/report-data.ts';
import { groupBy, reportIndex } from '../view/report-index.ts';
import { coverage, tally } from '../view/tally.ts';
import { coverageValue } from './coverage.ts';
import { sentence, type Annex, type Column, type Values } from './paper.ts';

const columns: readonly Column[] = [
  { tag: 'tc_stt', head: 'forms.mau-08.col-1', width: 10, align: 'center' },
  { tag: 'tc_ten', head: 'forms.mau-08.col-2', width: 50 },
  { tag: 'tc_van_ban', head: 'forms.criteria.text', width: 40 },
  { tag: 'tc_dap_ung', head: 'forms.verdict.met', width: 17, align: 'center' },
  { tag: 'tc_khong', head: 'forms.verdict.not-met', width: 17, align: 'center' },
  { tag: 'tc_mau_thuan', head: 'forms.verdict.contradicted', width: 19, align: 'center' },
  { tag: 'tc_chua_du', head: 'forms.verdict.unproven', width: 17, align: 'center' },
  { tag: 'tc_thu_cong', head: 'forms.verdict.manual', width: 19, align: 'center' },
  { tag: 'tc_do_phu', head: 'forms.coverage', width: 22, align: 'center' },
  { tag: 'tc_dieu_khoan', head: 'forms.criteria.clauses', width: 40 },
];

/**
 * Annex III: Decree 331 Đ36.9-10 as far as the stored run tells, text by text, each count with its coverage. Without a run
 * the systems stand there with blanks for a pen.
 */
export function criteriaAnnex(report: ReportData | undefined, systems: readonly System[]): Annex {
  const rows = report === undefined ? systems.map(blankRow) : rowsOf(report, systems);
  const words = sentence(report === undefined ? 'forms.periodic.no-run' : 'forms.criteria.remark');
  return {
    label: sentence('forms.annex-3'),
    name: sentence('forms.mau-08.annex-3'),
    landscape: true,
    blocks: [
      { kind: 'table', tag: 'tieu_chi', columns, rows: rows.map((row, at) => ({ tc_stt: at + 1, ...row })) },
      { kind: 'remark', words: sentence('forms.criteria.note', { tc_ghi_chu: { sentence: words } }) },
    ],
  };
}

function blankRow({ name }: System): Values {
  return Object.fromEntries(columns.slice(1).map(({ tag }) => [tag, tag === 'tc_ten' ? name : null]));
}

function rowsOf(report: ReportData, systems: readonly System[]): readonly Values[] {
  const { fileOf } = reportIndex(report);
  return systems.flatMap((system) => {
    const assessed = (fileOf.get(system.id)?.assessed ?? []).filter(
      ({ framework }) => framework.kind === 'level-clauses',
    );
    return [...groupBy(assessed, ({ framework }) => framework)].map(([framework, group]): Values => {
      const of = group.map(({ assessment }) => assessment);
      const counts = tally(of.map(({ verdict }) => verdict));
      const unmet = of.filter(({ verdict }) => verdict === 'not-met' || verdict === 'contradicted');
      const clauses = [...new Set(unmet.flatMap(({ clause }) => clause ?? []))].sort();
      return {
        tc_ten: system.name,
        tc_van_ban: framework.instrument.number,
        tc_dap_ung: counts.met,
        tc_khong: counts['not-met'],
        tc_mau_thuan: counts.contradicted,
        tc_chua_du: counts.unproven,
        tc_thu_cong: counts.manual,
        tc_do_phu: coverageValue(coverage(of.map((one) => one.coverage))),
        tc_dieu_khoan: clauses.length === 0 ? null : clauses.join(', '),
      };
    });
  });
}
