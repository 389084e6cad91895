import type { Verdict } from '../../model/assessment.ts';
import type { Message } from '../../model/text.ts';
import type { PageRef } from '../page-ref.ts';
import { layerMark } from './layer-mark.ts';
import { organisation } from './matrix.ts';
import { nameOf, type Name } from './name.ts';
import { compare, layerNumbers, type ReportIndex, type SystemFile } from './report-index.ts';
import { checkCoverage, tally, total, urgency, verdictWord, type CoverageView } from './tally.ts';
import { verdictMark, type Mark } from './mark.ts';

/** One system as a row. */
export type SystemRow = {
  readonly name: Name;
  readonly ref: PageRef;
  readonly owner: { readonly name: Name; readonly ref: PageRef };
  readonly level: number | null;
  readonly critical: boolean;
  readonly mark: Mark;
  /** Obligations not met or contradicted, of those that apply. */
  readonly failing: number;
  readonly applicable: number;
  readonly open: number;
  /** Lớp 1-4; null where no framework asks. */
  readonly layers: readonly (Mark | null)[];
  readonly coverage: CoverageView;
  /** What a filter may ask of the row, as lists of words. */
  readonly asked: {
    readonly owner: string;
    readonly level: string;
    readonly layers: string;
    readonly severities: string;
  };
};

/** Systems of one verdict. */
export type SystemGroup = {
  readonly verdict: Verdict;
  readonly word: Message;
  readonly anchor: string;
  readonly open: boolean;
  readonly rows: readonly SystemRow[];
};

/** Systems by verdict, most urgent verdict first; within it by failures, then by name. */
export function systemGroups(index: ReportIndex, files: readonly SystemFile[]): readonly SystemGroup[] {
  return urgency.flatMap((verdict) => {
    const rows = systemRows(
      index,
      files.filter((file) => file.verdict === verdict),
    );
    if (rows.length === 0) return [];
    const open = verdict === 'not-met' || verdict === 'contradicted' || rows.length <= 20;
    return [{ verdict, word: verdictWord(verdict), anchor: systemsAnchor(verdict), open, rows }];
  });
}

/** Systems as rows, most urgent first. */
export function systemRows(index: ReportIndex, files: readonly SystemFile[]): readonly SystemRow[] {
  return files
    .toSorted(
      (a, b) =>
        urgency.indexOf(a.verdict) - urgency.indexOf(b.verdict) ||
        failing(b) - failing(a) ||
        a.system.name.localeCompare(b.system.name, 'vi') ||
        compare(a.system.id, b.system.id),
    )
    .map((file) => row(index, file));
}

/** Place of a group of systems on its page. */
export function systemsAnchor(verdict: Verdict): string {
  return `he-thong-${verdict}`;
}

/** Where the first systems that do not meet something stand; the whole list when all do. */
export function failingAnchor(files: readonly SystemFile[]): string {
  const first = (['not-met', 'contradicted'] as const).find((one) => files.some(({ verdict }) => verdict === one));
  return first === undefined ? 'he-thong' : systemsAnchor(first);
}

/** Binding obligations not met or contradicted. */
export function failing(file: SystemFile): number {
  return file.tally['not-met'] + file.tally.contradicted;
}

function row(index: ReportIndex, file: SystemFile): SystemRow {
  const { system } = file;
  return {
    name: nameOf(system),
    ref: { page: 'system', id: system.id },
    owner: { name: nameOf(organisation(index, system.owner)), ref: { page: 'organisation', id: system.owner } },
    level: system.classification?.level ?? null,
    critical: system.critical !== undefined,
    mark: verdictMark(file.verdict),
    failing: failing(file),
    applicable: total({ ...tally([]), ...file.tally, 'not-applicable': 0 }),
    open: file.open.length,
    layers: layerNumbers.map((layer) => {
      const word = file.layerWords[layer];
      if (word !== undefined) return layerMark(word);
      const verdict = file.layers[layer];
      return verdict === undefined ? null : verdictMark(verdict);
    }),
    coverage: checkCoverage(file.findings),
    asked: {
      owner: system.owner,
      level: String(system.classification?.level ?? 'none'),
      layers: [...new Set(layerNumbers.flatMap((layer) => file.layerWords[layer] ?? []))].join(' '),
      severities: [...new Set(file.open.map(({ finding }) => finding.severity))].join(' '),
    },
  };
}
