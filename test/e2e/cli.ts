import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What is in the folder of whoever runs the tests must not change them. */
const noFeeds = join(tmpdir(), 'rasoat-no-feeds');

export type CommandResult = { readonly code: number | null; readonly out: string; readonly err: string };

/** Starts `rasoat` as a user would, in English unless the arguments say otherwise. */
export function startRasoat(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): { readonly child: ChildProcess; readonly ended: Promise<CommandResult> } {
  const child = spawn(process.execPath, ['bin/rasoat.cjs', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, RASOAT_FEEDS: noFeeds, RASOAT_LANG: 'en', NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
  });
  let out = '';
  let err = '';
  // By characters: a piece may end in the middle of one.
  child.stdout.setEncoding('utf8').on('data', (data: string) => (out += data));
  child.stderr.setEncoding('utf8').on('data', (data: string) => (err += data));
  const ended = new Promise<CommandResult>((resolve) => {
    child.once('close', (code) => {
      resolve({ code, out, err });
    });
  });
  return { child, ended };
}

/** Runs `rasoat` to its end. */
export function rasoat(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<CommandResult> {
  return startRasoat(args, env).ended;
}

/**
 * A command in this process, in English: for those that are asked by the dozen and of which only the answer is looked at. Starting a
 * process for each would take longer than all of them.
 */
export async function rasoatHere(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const { runProgram } = await import('../../src/cli/program.ts');
  let [out, err] = ['', ''];
  const code = await runProgram(args, {
    out: { write: (text: string) => (out += text) },
    err: { write: (text: string) => (err += text) },
    env: { RASOAT_FEEDS: noFeeds, RASOAT_LANG: 'en', NO_COLOR: '1', ...env },
  });
  return { code, out, err };
}

/** A folder for one test, and the way to be rid of it. */
export function scratch(): {
  readonly path: string;
  readonly file: (name: string) => string;
  readonly remove: () => void;
} {
  const path = mkdtempSync(join(tmpdir(), 'rasoat-e2e-'));
  return {
    path,
    file: (name) => join(path, name),
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

export type PublishedFinding = {
  readonly run: string;
  readonly system: string;
  readonly target: string;
  readonly check: string;
  readonly outcome: string;
  readonly severity: string;
  readonly evidence: readonly {
    readonly at: string;
    readonly saw: unknown;
    readonly because: { readonly vi: string; readonly en: string };
  }[];
  readonly cause: { readonly failure: { readonly code: string; readonly detail: string } } | null;
};

/** The findings that `rasoat findings --json` prints. */
export async function findingsOf(out: string): Promise<readonly PublishedFinding[]> {
  const result = await rasoatHere(['findings', '--json', '--out', out]);
  if (result.code !== 0) throw new Error(result.err);
  return result.out
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as PublishedFinding);
}
