import type { Organisation } from '../../model/inventory/organisation.ts';
import { compare, groupBy, layerNumbers, type Layer, type ReportIndex, type SystemFile } from './report-index.ts';
import { layerCounts } from './layer-mark.ts';
import { nameOf, type Name } from './name.ts';
import { counts, checkCoverage, tally, type Count, type CoverageView } from './tally.ts';
import type { PageRef } from '../page-ref.ts';

/** One organisation: its systems by verdict, altogether and for each layer. */
export type MatrixRow = {
  readonly name: Name;
  readonly ref: PageRef;
  readonly systems: number;
  readonly overall: readonly Count[];
  /** Lớp 1-4 in this order; empty where no framework asks. */
  readonly layers: readonly { readonly n: Layer; readonly counts: readonly Count[] }[];
  readonly coverage: CoverageView;
  /** The verdicts that some system of it has, as a list of words. */
  readonly verdicts: string;
};

/** Owners by the number of systems that do not meet something, then by name. */
export function matrix(index: ReportIndex): readonly MatrixRow[] {
  return [...groupBy(index.files, (file) => file.system.owner)]
    .map(([owner, files]) => ({
      failing: files.filter(notMeeting).length,
      row: row(organisation(index, owner), files),
    }))
    .toSorted(
      (a, b) =>
        b.failing - a.failing || a.row.name.vi.localeCompare(b.row.name.vi, 'vi') || compare(refId(a), refId(b)),
    )
    .map(({ row }) => row);
}

/** Whether something that binds the system is not met, or its claim is contradicted. */
export function notMeeting(file: SystemFile): boolean {
  return file.verdict === 'not-met' || file.verdict === 'contradicted';
}

/** An organisation by id; one that the inventory does not describe goes by its id. */
export function organisation(index: ReportIndex, id: string): Organisation {
  return index.organisations.get(id) ?? { id, name: id, headPosition: '' };
}

function row(of: Organisation, files: readonly SystemFile[]): MatrixRow {
  return {
    name: nameOf(of),
    ref: { page: 'organisation', id: of.id },
    systems: files.length,
    overall: counts(tally(files.map((file) => file.verdict))),
    layers: layerNumbers.map((n) => ({ n, counts: layerCounts(files, n) })),
    coverage: checkCoverage(files.flatMap((file) => file.findings)),
    verdicts: [...new Set(files.map((file) => file.verdict))].join(' '),
  };
}

function refId(of: { readonly row: MatrixRow }): string {
  return of.row.ref.id ?? '';
}
