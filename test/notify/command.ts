import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../src/cli/program.ts';

export type Said = { readonly code: number; readonly out: string; readonly err: string };

/** `rasoat notify` in this process. */
export async function notify(
  out: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Said> {
  let told = '';
  let err = '';
  const code = await runProgram(['notify', '--out', out, ...args], {
    out: { write: (text: string) => (told += text) },
    err: { write: (text: string) => (err += text) },
    env: { RASOAT_LANG: 'en', NO_COLOR: '1', ...env },
  });
  return { code, out: told, err };
}

export type Outcome = {
  readonly organisation: string;
  readonly channel: string;
  readonly outcome: string;
  readonly subject: string;
  readonly id: string;
  readonly to: readonly string[];
  readonly answer?: string;
  readonly reason?: string;
};

export async function outcomes(
  out: string,
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly of: readonly Outcome[] }> {
  const { code, out: text, err } = await notify(out, [...args, '--json'], env);
  if (code > 1) throw new Error(err);
  const lines = text.split('\n').filter((line) => line !== '');
  return { code, of: lines.map((line) => JSON.parse(line) as Outcome) };
}

/** Writes a settings file, as JSON, which is YAML; gives its path. */
export function settingsFile(out: string, name: string, settings: object): string {
  const file = join(out, name);
  writeFileSync(file, JSON.stringify({ schema: 1, ...settings }));
  return file;
}

export function secretFile(out: string, name: string, secret: string): string {
  writeFileSync(join(out, name), `${secret}\n`);
  chmodSync(join(out, name), 0o600);
  return name;
}
