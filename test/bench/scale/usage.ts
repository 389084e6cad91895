import { readFileSync } from 'node:fs';
import { childrenOf } from '../country/postgres.ts';

/** Processor time and memory of some processes together, with those of their children that are there or were waited for. */
export type Usage = {
  /** User and system time, s. */
  readonly cpu: number;
  /** Resident now, MB; what they share is counted each time. */
  readonly residentMb: number;
};

/** utime, stime, cutime and cstime of proc_pid_stat(5), in ticks of 10 ms; pages of 4 kB. */
function usageOf(pid: number): Usage {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
      .map(Number);
    const ticks = fields.slice(11, 15).reduce((sum, one) => sum + one, 0);
    return { cpu: ticks / 100, residentMb: ((fields[21] ?? 0) * 4096) / 1e6 };
  } catch {
    // It ended; its parent's own figures hold what it used.
    return { cpu: 0, residentMb: 0 };
  }
}

export function usageOfAll(pids: readonly number[]): Usage {
  const all = pids.flatMap((pid) => [pid, ...childrenOf(pid)]).map(usageOf);
  const sum = (of: (one: Usage) => number) => all.reduce((total, one) => total + of(one), 0);
  return { cpu: sum(({ cpu }) => cpu), residentMb: sum(({ residentMb }) => residentMb) };
}
