import { UserError } from '../../model/errors.ts';
import type { ReportData } from '../../model/report-data.ts';
import { message, type Lang } from '../../model/text.ts';
import { loadCatalogue, type Catalogue } from '../../text/catalogue.ts';
import { ownData } from '../own-data.ts';
import { csv } from './csv.ts';
import { exportFormats, type CsvTable, type ExportFormat } from './formats.ts';
import { reportDocument } from './json.ts';
import { junit } from './junit.ts';
import { ledger } from './ledger.ts';
import { oscal } from './oscal/oscal.ts';
import { prometheus } from './prometheus.ts';
import { jsonPieces } from './safe-json.ts';
import { sarif } from './sarif/sarif.ts';
import { tables } from './table/tables.ts';
import { tellIn } from './tell.ts';

export type ExportOptions = {
  readonly format: ExportFormat;
  readonly lang: Lang;
  /** For CSV; absent: findings. */
  readonly of?: CsvTable;
  /** Only what this organisation owns or operates. */
  readonly owner?: string;
};

/** One form, made whole: bytes for a workbook, else text in pieces that ends with a line end. */
export type Exported =
  { readonly kind: 'bytes'; readonly bytes: Buffer } | { readonly kind: 'text'; readonly pieces: Iterable<string> };

/**
 * Writes a run in one of the forms. The same data gives the same bytes: the only clock is the run's. Throws UserError for an
 * organisation that the inventory does not have, a table without CSV, and a form that needs a system where none may be named.
 */
export async function exportReport(
  data: ReportData,
  { format, lang, of, owner }: ExportOptions,
  catalogue: Catalogue = loadCatalogue(),
): Promise<Exported> {
  if (of !== undefined && format !== 'csv') throw new UserError([{ message: message('machine.error.of-without-csv') }]);
  const tell = tellIn(catalogue, lang);
  const book = ledger(owner === undefined ? data : ownOrRefuse(data, owner));
  const text = (pieces: Iterable<string>): Exported => ({ kind: 'text', pieces });
  const json = (value: unknown) => text(withEnd(jsonPieces(value)));
  switch (format) {
    case 'json':
      return json(reportDocument(book, owner ?? null));
    case 'csv':
      return text(csv(tables[of ?? 'findings'](book, tell)));
    case 'xlsx':
      return { kind: 'bytes', bytes: await (await import('./xlsx.ts')).xlsx(book, tell) };
    case 'sarif':
      return json(sarif(book, tell, catalogue));
    case 'oscal':
      return json(oscal(book, tell));
    case 'junit':
      return text(junit(book, tell));
    case 'prometheus':
      return text(prometheus(book));
    default:
      throw new Error(`no form ${String(format satisfies never)} among ${exportFormats.join(', ')}`);
  }
}

function* withEnd(pieces: Iterable<string>): Generator<string> {
  yield* pieces;
  yield '\n';
}

function ownOrRefuse(data: ReportData, owner: string): ReportData {
  if (!data.inventory.organisations.some(({ id }) => id === owner)) {
    throw new UserError([{ message: message('machine.error.organisation', { organisation: owner }) }]);
  }
  return ownData(data, owner);
}
