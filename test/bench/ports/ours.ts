import { fileURLToPath } from 'node:url';
import { timed, type Usage } from '../tls/timed-process.ts';
import type { OursOptions, OursResult } from './ours-main.ts';

export type Run = Usage & Partial<OursResult>;

const main = fileURLToPath(new URL('ours-main.ts', import.meta.url));
/** As `rasoat` itself starts. */
const compileCache = fileURLToPath(new URL('../../../bin/compile-cache.cjs', import.meta.url));

/** Our probe over these addresses, in a process of its own, `inside` a network namespace where one is named. */
export async function runOurs(addresses: readonly string[], options: OursOptions, inside?: string): Promise<Run> {
  const usage = await runIn(
    inside,
    process.execPath,
    ['--require', compileCache, main, JSON.stringify(options)],
    addresses.join('\n'),
  );
  return { ...usage, ...(JSON.parse(usage.output) as OursResult) };
}

/** nmap over these addresses. `packets` are not known: nmap tells them only under debugging. */
export function runNmap(addresses: readonly string[], args: readonly string[], inside?: string): Promise<Run> {
  return runIn(inside, 'nmap', ['-n', '-Pn', '-T4', ...args, '-iL', '-'], addresses.join('\n'));
}

function runIn(inside: string | undefined, program: string, args: readonly string[], input: string): Promise<Usage> {
  const limits = { input, limitMs: 900_000 };
  return inside === undefined
    ? timed(program, args, limits)
    : timed('ip', ['netns', 'exec', inside, program, ...args], limits);
}
