import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rasoat = fileURLToPath(new URL('../../../bin/rasoat.cjs', import.meta.url));

/** One thing that a person waits for. */
export type Asked = { readonly name: string; readonly args: readonly string[] };
export type Measured = {
  readonly name: string;
  /** Wall time of the whole command, its start included: the middle of all tries. */
  readonly ms: number;
  readonly first: number;
  readonly lines: number;
  readonly exit: number;
  readonly peakMb: number;
};

/** What is asked of a store with a year in it. `older` and `newest`: its last two runs. */
export function questions(names: {
  readonly older: string;
  readonly newest: string;
  readonly system: string;
  readonly owner: string;
  readonly day: string;
}): readonly Asked[] {
  const { older, newest, system, owner, day } = names;
  return [
    { name: '--version', args: ['--version'] },
    { name: 'runs', args: ['runs'] },
    { name: 'findings', args: ['findings'] },
    { name: 'findings --system X', args: ['findings', '--system', system] },
    { name: 'findings --severity critical', args: ['findings', '--severity', 'critical'] },
    { name: 'track', args: ['track', '--on', day] },
    { name: 'track --system X', args: ['track', '--on', day, '--system', system] },
    { name: 'track tasks', args: ['track', 'tasks', '--on', day] },
    { name: 'trend', args: ['trend'] },
    { name: 'trend OWNER', args: ['trend', owner] },
    { name: 'schedule show', args: ['schedule', 'show', '--at', day] },
    { name: 'diff RUN RUN', args: ['diff', older, newest] },
    { name: 'tasks', args: ['tasks'] },
    { name: 'layers X', args: ['layers', system] },
    { name: 'layers', args: ['layers'] },
    { name: 'level explain X', args: ['level', 'explain', system] },
    { name: 'level audit', args: ['level', 'audit'] },
    { name: 'report --owner X', args: ['report', '--owner', owner] },
  ];
}

/** Runs a command some times over an output folder. Exit codes 0, 1 and 3 are answers. */
export async function measure({ name, args }: Asked, out: string, tries: number): Promise<Measured> {
  const runs: Awaited<ReturnType<typeof once>>[] = [];
  for (let n = 0; n < tries; n += 1)
    runs.push(await once([...args, ...(args.includes('--version') ? [] : ['--out', out])]));
  const [first] = runs;
  if (first === undefined) throw new Error('not tried');
  const sorted = runs.map(({ ms }) => ms).sort((a, b) => a - b);
  return { ...first, name, ms: sorted[Math.floor(sorted.length / 2)] ?? first.ms, first: first.ms };
}

async function once(args: readonly string[]) {
  const started = performance.now();
  // The kernel's own count of the most memory the process held.
  const child = spawn('/usr/bin/time', ['-f', '%M', process.execPath, rasoat, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  let lines = 0;
  let said = '';
  child.stdout.on('data', (bytes: Buffer) => {
    for (const byte of bytes) if (byte === 10) lines += 1;
  });
  child.stderr.on('data', (bytes: Buffer) => (said = (said + bytes.toString()).slice(-2000)));
  const exit = await new Promise<number>((resolve) => {
    child.once('close', (code) => {
      resolve(code ?? 70);
    });
  });
  const ms = performance.now() - started;
  if (![0, 1, 3].includes(exit)) throw new Error(`rasoat ${args.join(' ')} ended with ${exit}: ${said}`);
  return { ms, lines, exit, peakMb: Math.round(Number(said.trim().split('\n').at(-1)) / 1024) };
}

export { join };
