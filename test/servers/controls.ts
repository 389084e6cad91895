import { execFileSync } from 'node:child_process';
import { runProgram } from '../../src/cli/program.ts';
import { runNginx, type Listen } from './nginx.ts';
import type { RunningServer } from './process.ts';

/** One of our reference servers, as `rasoat controls nginx` is asked for it. */
export type WishedControl = {
  readonly kind: 'good' | 'bad';
  readonly address: string;
  readonly port?: number;
  readonly name?: string;
};

/** Runs a command in this process and gives what it printed; throws where it does not end well. */
export async function printed(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await commanded(...args);
  if (code !== 0) throw new Error(`rasoat ${args.join(' ')} ended with ${String(code)}: ${err}`);
  return out;
}

/** Runs a command in this process, in English. */
export async function commanded(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  let [out, err] = ['', ''];
  const code = await runProgram(args, {
    out: { write: (text) => (out += text) },
    err: { write: (text) => (err += text) },
    env: { RASOAT_LANG: 'en', NO_COLOR: '1', RASOAT_FEEDS: '/nonexistent/rasoat-feeds' },
  });
  return { code, out, err };
}

/** Starts one nginx with the configurations as they are printed, each with the certificate that its own comment makes. */
export async function startControls(folder: string, wishes: readonly WishedControl[]): Promise<RunningServer> {
  const blocks: string[] = [];
  for (const [at, { kind, address, port = 443, name }] of wishes.entries()) {
    const own = `${folder}/${String(at)}`;
    execFileSync('mkdir', ['-p', own]);
    const named = name === undefined ? [] : ['--name', name];
    const text = await printed(
      'controls',
      'nginx',
      kind,
      '--address',
      address,
      '--port',
      String(port),
      '--folder',
      own,
      ...named,
    );
    execFileSync('sh', ['-c', commandIn(text)], { stdio: 'pipe' });
    blocks.push(text);
  }
  const ready = wishes.map(({ address: host, port = 443 }): Listen => ({ host, port }));
  return runNginx(folder, blocks.join('\n'), ready);
}

/** The openssl command in the comments. */
function commandIn(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/^# {0,3}/, ''));
  const from = lines.findIndex((line) => line.startsWith('openssl'));
  const to = lines.findIndex((line, at) => at >= from && !line.endsWith('\\'));
  return lines.slice(from, to + 1).join('\n');
}
