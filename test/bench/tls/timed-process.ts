import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a program and all its children took. */
export type Usage = {
  readonly wall: number;
  /** User and system time, s. */
  readonly cpu: number;
  /** Largest resident size of any one process, MB. */
  readonly peakMb: number;
  readonly output: string;
};

let serial = 0;

/** Runs a program to its end under GNU time (Debian package `time`); ends it, and what it started, after `limitMs`. */
export async function timed(
  command: string,
  args: readonly string[],
  options: { readonly input?: string; readonly limitMs: number },
): Promise<Usage> {
  serial += 1;
  const file = join(tmpdir(), `rasoat-bench-${process.pid}-${serial}`);
  const startedAt = performance.now();
  // A group of its own, so that what it starts ends with it.
  const child = spawn('/usr/bin/time', ['-f', '%U %S %M', '-o', file, command, ...args], {
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
  });
  const timer = setTimeout(() => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, options.limitMs);
  try {
    let output = '';
    child.stdout.on('data', (bytes: Buffer) => {
      output = (output + bytes.toString()).slice(-2_000_000);
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    await once(child, 'close');
    const wall = (performance.now() - startedAt) / 1000;
    // Its last line; before it may stand that the command ended with a code other than 0.
    const figures = (await readFile(file, 'utf8').catch(() => '')).trim().split('\n').at(-1) ?? '';
    const [user = NaN, system = NaN, peak = NaN] = figures.split(' ').map(Number);
    return { wall, cpu: user + system, peakMb: peak / 1024, output };
  } finally {
    clearTimeout(timer);
    await rm(file, { force: true });
  }
}
