import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One thing that a person waits for. */
export type Asked = {
  readonly name: string;
  readonly args: readonly string[];
  /** It draws a report, which would not be drawn again where it stands. */
  readonly draws: boolean;
  /** Nobody expects it within a second: thousands of pages. */
  readonly unhurried: boolean;
};
export type Measured = {
  readonly name: string;
  /** The whole command, its start included: the middle of all tries. */
  readonly ms: number;
  /** Processor time of the same try; on a busy machine the one to compare. */
  readonly cpuMs: number;
  /** The first try: what is worked out once is worked out in it. */
  readonly firstMs: number;
  readonly lines: number;
  readonly peakMb: number;
};

export type Names = {
  /** The last two runs. */
  readonly older: string;
  readonly newest: string;
  readonly system: string;
  readonly owner: string;
  readonly day: string;
};

/** What is asked of a store with a year in it. */
export function questions({ older, newest, system, owner, day }: Names): readonly Asked[] {
  const ask = (...args: readonly string[]): Asked => ({
    name: args.map((arg) => (arg === system ? 'SYSTEM' : arg === owner ? 'OWNER' : arg)).join(' '),
    args,
    draws: args[0] === 'report',
    unhurried: args[0] === 'report' && args[1] !== '--owner',
  });
  return [
    ask('runs'),
    ask('findings'),
    ask('findings', '--system', system),
    ask('findings', '--severity', 'critical'),
    ask('track', '--on', day),
    ask('track', '--on', day, '--system', system),
    ask('track', 'tasks', '--on', day),
    ask('trend'),
    ask('trend', owner),
    ask('schedule', 'show', '--at', day),
    ask('diff', older, newest),
    ask('tasks'),
    ask('layers', system),
    ask('layers'),
    ask('level', 'explain', system),
    ask('level', 'audit'),
    ask('report', '--owner', owner),
    ask('report', '--only', 'province'),
    ask('report', '--owners'),
    ask('report'),
  ];
}

/** Node tells its own processor time and its most memory when it ends, on a channel of its own. */
const tell = `data:text/javascript,${encodeURIComponent(
  `import { writeSync } from 'node:fs';
   process.on('exit', () => {
     const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
     writeSync(3, JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMb: maxRSS / 1024 }));
   });`,
)}`;

/** Runs a command some times over an output folder, one that nobody hurries once. Exit codes 0, 1 and 3 are answers. */
export async function measure(
  rasoat: string,
  { name, args, draws, unhurried }: Asked,
  out: string,
  tries: number,
): Promise<Measured> {
  const all: Awaited<ReturnType<typeof once>>[] = [];
  for (let n = 0; n < (unhurried ? 1 : tries); n += 1) {
    const drawn = await mkdtemp(join(tmpdir(), 'rasoat-bench-report-'));
    try {
      all.push(await once(rasoat, [...args, '--out', out, ...(draws ? ['--to', join(drawn, 'anew')] : [])]));
    } finally {
      await rm(drawn, { recursive: true, force: true });
    }
  }
  const [first] = all;
  const middle = all.toSorted((a, b) => a.ms - b.ms)[Math.floor(all.length / 2)];
  if (first === undefined || middle === undefined) throw new Error('not tried');
  return { name, firstMs: first.ms, ...middle };
}

async function once(rasoat: string, args: readonly string[]): Promise<Omit<Measured, 'name' | 'firstMs'>> {
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', tell, rasoat, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  let lines = 0;
  let said = '';
  let told = '';
  child.stdout?.on('data', (bytes: Buffer) => {
    for (const byte of bytes) if (byte === 10) lines += 1;
  });
  child.stderr?.on('data', (bytes: Buffer) => (said = (said + bytes.toString()).slice(-2000)));
  child.stdio[3]?.on('data', (bytes: Buffer) => (told += bytes.toString()));
  const exit = await new Promise<number>((resolve) => {
    child.once('close', (code) => {
      resolve(code ?? 70);
    });
  });
  const ms = performance.now() - started;
  if (![0, 1, 3].includes(exit)) throw new Error(`rasoat ${args.join(' ')} ended with ${exit}: ${said}`);
  return { ms, lines, ...(JSON.parse(told) as { cpuMs: number; peakMb: number }) };
}
