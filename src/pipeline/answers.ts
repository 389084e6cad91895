import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { readAnswersXlsx } from '../answers/read-xlsx.ts';
import { readAnswersYaml } from '../answers/read-yaml.ts';
import { refuseFile } from '../answers/refuse.ts';
import type { Identity, ReadSheet, Say } from '../answers/sheet.ts';
import { prohibitionOf } from '../inventory/forbidden.ts';
import { dayOf } from '../model/day.ts';
import type { AnswerSheet } from '../model/track/answer-sheet.ts';
import type { HistoryEntry } from '../model/track/history.ts';
import type { Life } from '../model/track/life.ts';
import type { Store } from '../store/types.ts';
import { recordOf, sealEntries, type StoredRecord } from '../track/chain.ts';
import { loadCatalogue } from '../text/catalogue.ts';
import { tableLimits } from '../workbook/table.ts';
import { createRowTaker, type RowResult } from './answer-rows.ts';
import { prepareRows } from './answer-evidence.ts';
import { openAttachments } from './attachments.ts';
import { trackRuns } from './track-run.ts';

export type AnswersImport = {
  /** The output folder, where evidence is kept too. */
  readonly out: string;
  readonly file: string;
  /** Who hands the file in, and under which letter: they stand for rows that name nobody or no document. */
  readonly by?: string;
  readonly document?: string;
  readonly evidenceDir?: string;
  /** Decides and writes nothing. */
  readonly dryRun: boolean;
  /** Now, ISO 8601. */
  readonly at: string;
};

export type ImportedAnswers = { readonly sheet: AnswerSheet; readonly rows: readonly RowResult[] };

/**
 * Takes an owner's answers in: each row is accepted or refused with its reasons, and all that is accepted is written in one
 * transaction or not at all, while nobody else can write. Throws UserError for a file that is no sheet of this store's.
 */
export async function importAnswers(store: Store, request: AnswersImport): Promise<ImportedAnswers> {
  const { out, evidenceDir, dryRun, at } = request;
  const { identity, rows } = await readAnswers(request.file);
  const sheet = await sheetOf(store, identity, request.file);
  await trackRuns(store);
  const systems = await systemsOf(store, sheet.organisation);
  const attachments = await openAttachments(out, evidenceDir, dryRun);
  try {
    const prepared = await prepareRows(rows, saying, attachments);
    let results: readonly RowResult[] = [];
    await store.track.change(async (reader) => {
      const lives = new Map((await reader.lives()).map((life) => [life.id, life]));
      const before = new Map<string, Life>(lives);
      const answered = answeredKeys(await reader.recordsOf(sheet.rows.map(({ finding }) => finding)));
      const take = createRowTaker({ ...request, sheet, systems, lives, answered, today: dayOf(at) });
      const taken = prepared.map(take);
      results = taken.map(({ result }) => result);
      const entries: readonly HistoryEntry[] = taken.flatMap((one) => one.entries);
      if (dryRun || entries.length === 0) return undefined;
      for (const { result } of taken) for (const one of result.attachments) await attachments.keep(one);
      return {
        records: sealEntries(await reader.head(), entries),
        lives: [...lives.values()].filter((life) => before.get(life.id) !== life),
      };
    });
    return { sheet, rows: results };
  } finally {
    await attachments.end();
  }
}

const catalogue = loadCatalogue();
export const saying: Say = (lang, key, params) => catalogue.say(lang, key, params);

async function readAnswers(file: string): Promise<ReadSheet> {
  const kind = extname(file).toLowerCase();
  if (!['.xlsx', '.yaml', '.yml'].includes(kind)) refuseFile(file, 'extension');
  const found = await stat(file).catch(() => refuseFile(file, 'missing'));
  if (!found.isFile()) refuseFile(file, 'missing');
  if (found.size > tableLimits.fileBytes) refuseFile(file, 'too-large');
  const bytes = await readFile(file).catch(() => refuseFile(file, 'missing'));
  if (kind === '.xlsx') return readAnswersXlsx(bytes, file, saying);
  let text = '';
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    refuseFile(file, 'not-utf8');
  }
  return readAnswersYaml(text, file);
}

/** The sheet as it was sent; a file that says another thing of itself is no sheet of ours. */
async function sheetOf(store: Store, identity: Identity, file: string): Promise<AnswerSheet> {
  const sheet = await store.answerSheets.find(identity.sheet);
  if (sheet === undefined) return refuseFile(file, 'unknown-sheet', { sheet: identity.sheet });
  const { organisation, run, at, head } = sheet;
  const same =
    identity.organisation === organisation &&
    identity.run === run &&
    identity.at === at &&
    identity.head === `${String(head.seq)}:${head.hash}`;
  return same ? sheet : refuseFile(file, 'identity-altered', { sheet: sheet.id });
}

/** Systems that an organisation owns or operates today and that may be looked at. */
export async function systemsOf(store: Store, organisation: string): Promise<ReadonlySet<string>> {
  const run = (await store.runs()).find(({ state }) => state === 'finished');
  if (run === undefined) return new Set();
  const { systems } = await store.inventory(run.id);
  return new Set(
    systems
      .filter((one) => [one.owner, one.operator].includes(organisation) && prohibitionOf(one) === undefined)
      .map(({ id }) => id),
  );
}

/** Answers of sheets that the history holds, with the day on which each was taken. */
function answeredKeys(records: readonly StoredRecord[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const record of records.flatMap((raw) => recordOf(raw) ?? [])) {
    const { at, event } = record;
    if ('sheet' in event) found.set(event.sheet.answer, dayOf(at));
  }
  return found;
}
