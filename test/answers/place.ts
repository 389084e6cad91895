import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../src/cli/program.ts';
import type { Check, Severity } from '../../src/model/check.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import type { Target } from '../../src/model/target.ts';
import type { Lang } from '../../src/model/text.ts';
import type { TrackState } from '../../src/model/track/state.ts';
import { exportAnswers } from '../../src/pipeline/answers-export.ts';
import { importAnswers, type AnswersImport } from '../../src/pipeline/answers.ts';
import { trackRuns } from '../../src/pipeline/track-run.ts';
import { openStore } from '../../src/store/store.ts';
import { scratch } from '../e2e/cli.ts';

/** What a check sees of a system in one run: a digit is the evidence of a fail, P a pass. */
export type Sees = Readonly<Record<string, string>>;

const hour = 3_600_000;
const now = Date.now();
/** The instant so many days before the tests began. */
const ago = (days: number): string => new Date(now - days * 24 * hour).toISOString();
/** The day in Viet Nam so many days before (negative: after). */
export const dayAgo = (days: number): string => new Date(now - days * 24 * hour + 7 * hour).toISOString().slice(0, 10);

/** `system/check` of the example, with severity; `x` belongs to another organisation, `o` is operated by ours. */
const severityOf: Readonly<Record<string, Severity>> = { crit: 'critical', high: 'high', low: 'low' };

export type Place = Awaited<ReturnType<typeof makePlace>>;

/** A store with runs of three systems, and the commands as a user gives them. */
export async function makePlace(hostile = '') {
  const folder = scratch();
  const store = await openStore(folder.file('rasoat.sqlite'));
  const urls: Readonly<Record<string, string>> = {
    own: `https://own.example/${hostile}`,
    operated: 'https://operated.example/',
    other: 'https://other.example/',
  };
  const targets = Object.entries(urls).map(([system, url]): Target => ({
    key: `${url} [192.0.2.1]`,
    kind: 'web',
    system,
    endpoint: { kind: 'web', url },
    name: `${system}.example`,
  }));
  const checks = Object.entries(severityOf).map(
    ([id, severity]) =>
      ({ id, severity, title: { vi: `Nội dung ${id}`, en: `Title ${id}` }, change: id }) as unknown as Check,
  );
  const body = (id: string) => ({ id, name: `Cơ quan ${id}`, headPosition: 'Giám đốc' });
  const system = (id: string, owner: string, operator: string) => ({
    id,
    name: `Hệ thống ${id}${id === 'own' ? hostile : ''}`,
    owner,
    operator,
    endpoints: [{ kind: 'web', url: urls[id] }],
  });
  const inventory = {
    schema: 1,
    province: { id: 'p', name: 'P' },
    zones: [{ id: 'internet', name: 'I' }],
    organisations: [body('a'), body('b'), body('empty')],
    systems: [system('own', 'a', 'a'), system('operated', 'b', 'a'), system('other', 'b', 'b')],
    authorisations: [],
  } as unknown as Inventory;
  let runs = 0;
  const scan = async (days: number, sees: Readonly<Record<string, Sees>>) => {
    const at = ago(days);
    const run = `run-${String((runs += 1))}`;
    const lawbook = { checks, frameworks: [], reference: {} };
    await store.createRun({
      id: run,
      tool: 't',
      zone: 'internet',
      startedAt: at,
      inventory,
      targets,
      settings: {},
      lawbook,
    });
    const findings = targets.flatMap(({ key, system: of }) =>
      Object.entries(sees[of] ?? {}).map(([check, mark]): Finding => {
        const because = { vi: `sai ${mark}${hostile}`, en: `wrong ${mark}${hostile}` };
        const common = { system: of, target: key, check, severity: severityOf[check] ?? 'low', at };
        if (mark === 'P') return { ...common, outcome: 'pass', evidence: [] };
        return { ...common, outcome: 'fail', evidence: [{ at: '/x', saw: mark, because }] };
      }),
    );
    await store.addJudgement(run, at, lawbook, findings, []);
    await store.finishRun(run, 'finished', at);
    await trackRuns(store);
  };
  const ask = async (args: readonly string[], lang = 'en') => {
    let out = '';
    let err = '';
    const code = await runProgram([...args, '--out', folder.path], {
      out: { write: (text: string) => (out += text) },
      err: { write: (text: string) => (err += text) },
      env: { RASOAT_LANG: lang, NO_COLOR: '1' },
    });
    return { code, out, err };
  };
  const json = async (args: readonly string[]) => {
    const { code, out, err } = await ask([...args, '--json']);
    const lines = out.split('\n').filter((line) => line !== '');
    return { code, err, lines: lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>) };
  };
  let files = 0;
  return {
    folder,
    store,
    scan,
    ask,
    json,
    ids: async () => new Map((await store.track.lives()).map(({ id, system: of, check }) => [`${of}/${check}`, id])),
    /** Sends a sheet to an organisation and gives its path. */
    send: async (ending: '.xlsx' | '.yaml', organisation = 'a', lang: Lang = 'vi', states?: readonly TrackState[]) => {
      const file = join(folder.path, `sheet-${String((files += 1))}${ending}`);
      const at = new Date().toISOString();
      await exportAnswers(store, { organisation, file, lang, at, ...(states === undefined ? {} : { states }) });
      return file;
    },
    /** Takes a file in; gives what became of its rows, as `--json` prints it. */
    take: async (file: string, more: Partial<AnswersImport> = {}) => {
      const at = new Date().toISOString();
      const { rows } = await importAnswers(store, { out: folder.path, file, dryRun: false, at, ...more });
      return rows.map((row) => ({ ...row, code: row.reasons[0]?.key.split('.').at(-1) ?? null }));
    },
    close: async () => {
      await store.close();
      folder.remove();
    },
  };
}

/** Fills in a row of a YAML sheet, as a person does in an editor: values behind colons. */
export function fill(file: string, finding: string, values: Readonly<Record<string, string>>): void {
  const blocks = readFileSync(file, 'utf8').split(/^(?= {2}- finding:)/m);
  const filled = blocks.map((block) => {
    if (!block.startsWith(`  - finding: '${finding}'`)) return block;
    return Object.entries(values).reduce(
      (text, [key, value]) =>
        text.replace(new RegExp(`^( {2}[ -] ${key}:).*$`, 'm'), (_, head: string) => `${head} ${value}`),
      block,
    );
  });
  if (filled.join('') === blocks.join('')) throw new Error(`no row of ${finding} to fill in`);
  writeFileSync(file, filled.join(''));
}

/** Everything failing, seen on two days. */
export const allFail = {
  own: { crit: '1', high: '1', low: '1' },
  operated: { high: '1' },
  other: { high: '1' },
} as const;
