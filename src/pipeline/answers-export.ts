import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { codeOf, versionOf } from '../answers/digest.ts';
import { refuseFile } from '../answers/refuse.ts';
import type { Sheet, SheetRow } from '../answers/sheet.ts';
import { writeXlsx } from '../answers/write-xlsx.ts';
import { writeYaml } from '../answers/write-yaml.ts';
import { severities } from '../model/check.ts';
import { dayOf, daysBetween } from '../model/day.ts';
import { UserError } from '../model/errors.ts';
import { message, type Lang } from '../model/text.ts';
import type { AnswerSheet } from '../model/track/answer-sheet.ts';
import type { TrackState } from '../model/track/state.ts';
import type { TrackedFinding } from '../model/track/tracked.ts';
import type { Store } from '../store/types.ts';
import { lastDayToAsk } from '../track/ask.ts';
import { workStates } from '../model/track/state.ts';
import { createShown } from './answer-shown.ts';
import { saying, systemsOf } from './answers.ts';
import { trackRuns } from './track-run.ts';
import { loadFindings } from './track-view.ts';

export type AnswersExport = {
  readonly organisation: string;
  readonly file: string;
  readonly lang: Lang;
  /** Absent: what is to be mended, and what is set aside for information. */
  readonly states?: readonly TrackState[];
  /** Now, ISO 8601. */
  readonly at: string;
};

export type ExportedAnswers = {
  /** Absent: there was nothing to ask, and no file was written. */
  readonly sheet?: AnswerSheet;
  readonly open: number;
  readonly closed: number;
  /** Seen once, so not yet to be mended; they are sent where their state is asked for. */
  readonly fresh: number;
};

/** Above this nobody answers a sheet, and no program opens it in comfort. */
const mostRows = 10_000;

/**
 * Writes a sheet for one organisation and keeps in the store what was sent. Never writes over a file: it may hold somebody's answers.
 * Throws UserError before anything is written.
 */
export async function exportAnswers(store: Store, request: AnswersExport): Promise<ExportedAnswers> {
  const { organisation, file, lang, at } = request;
  const kind = extname(file).toLowerCase();
  if (!['.xlsx', '.yaml', '.yml'].includes(kind)) refuseFile(file, 'extension');
  if (existsSync(file)) refuseFile(file, 'exists');
  await trackRuns(store);
  const run = (await store.runs()).find(({ state }) => state === 'finished');
  if (run === undefined) throw new UserError([{ message: message('answers.no-run') }]);
  const inventory = await store.inventory(run.id);
  const body = inventory.organisations.find(({ id }) => id === organisation);
  if (body === undefined) throw new UserError([{ message: message('answers.unknown-owner', { id: organisation }) }]);
  const day = dayOf(at);
  const systems = await systemsOf(store, organisation);
  const all = (await loadFindings(store, day)).findings.filter(({ life }) => systems.has(life.system));
  const fresh = all.filter(({ state }) => state === 'new').length;
  const chosen = all.filter((one) => isChosen(one, request.states)).sort(byDay);
  if (chosen.length > mostRows) {
    throw new UserError([{ message: message('answers.too-many', { count: chosen.length, most: mostRows }) }]);
  }
  const open = chosen.filter(({ state }) => isOpen(state)).length;
  if (open === 0) return { open, closed: chosen.length, fresh };
  const id = randomUUID().replaceAll('-', '').slice(0, 16);
  const shownOf = await createShown(store, inventory, lang, saying, day);
  const rows = chosen.map((one): SheetRow & { readonly finding: string; readonly version: string } => {
    const { life, state } = one;
    const shown = shownOf(one);
    const version = versionOf(life);
    const code = codeOf(id, shown, version);
    const mostDays = daysBetween(day, lastDayToAsk(life, day));
    return { finding: life.id, version, shown, code, closed: !isOpen(state), since: dayOf(life.openedAt), mostDays };
  });
  const head = await store.track.head();
  const sheet: AnswerSheet = {
    id,
    organisation,
    run: run.id,
    at,
    head,
    rows: rows.map(({ finding, code, version, closed }) => ({ finding, code, version, closed })),
  };
  const identity = { sheet: id, organisation, run: run.id, head: `${String(head.seq)}:${head.hash}`, at };
  const organisationName = lang === 'en' ? (body.nameEn ?? body.name) : body.name;
  const written: Sheet = { identity, organisationName, day, lang, rows };
  const content = kind === '.xlsx' ? await writeXlsx(written, saying) : writeYaml(written, saying);
  await store.answerSheets.add(sheet);
  await writeNew(file, content);
  return { sheet, open, closed: chosen.length - open, fresh };
}

const isOpen = (state: TrackState) => workStates.has(state) || state === 'new';

function isChosen({ life, state }: TrackedFinding, states: AnswersExport['states']): boolean {
  if (states !== undefined) return states.includes(state);
  return (workStates.has(state) && life.phase === 'confirmed') || state === 'waived' || state === 'false-positive';
}

/** The first due first, the worst first among them; what is due on no day comes last. */
function byDay(a: TrackedFinding, b: TrackedFinding): number {
  const key = ({ due, life }: TrackedFinding) =>
    [due?.on ?? '9999-12-31', severities.indexOf(life.severity), life.system, life.target, life.check, life.id].join(
      '\n',
    );
  return key(a) < key(b) ? -1 : 1;
}

async function writeNew(file: string, content: string | Buffer): Promise<void> {
  await writeFile(file, content, { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === '') throw error;
    refuseFile(file, code === 'EEXIST' ? 'exists' : 'unwritable', { code });
  });
}
