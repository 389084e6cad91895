import { fileURLToPath } from 'node:url';
import type { Limits } from '../../../src/model/permission.ts';
import type { OursOptions, OursResult } from './ours-main.ts';
import { timed, type Usage } from './timed-process.ts';

/** No limits of manners: what the prober and the machine can do with one host. */
export const lifted: Limits = { connections: 128, perSecond: 1_000_000 };
/** A fleet goes wide, never deep: a connection for each version, and as many a second as are had. */
const fleetLimits: Limits = { connections: 6, perSecond: 1_000_000 };
/** What bin/rasoat.cjs does before anything else. */
const compileCache = fileURLToPath(new URL('../../../bin/compile-cache.cjs', import.meta.url));

export type OursRun = Omit<Usage, 'output'> & OursResult;

/** Our prober over these addresses, in a process of its own. */
export async function runOurs(addresses: readonly string[], options: Partial<OursOptions> = {}): Promise<OursRun> {
  const all: OursOptions = { deep: false, inFlight: 64, limits: fleetLimits, ...options };
  const main = fileURLToPath(new URL('ours-main.ts', import.meta.url));
  const { output, ...usage } = await timed(process.execPath, ['--require', compileCache, main, JSON.stringify(all)], {
    input: addresses.join('\n'),
    limitMs: 900_000,
  });
  return { ...usage, ...(JSON.parse(output) as OursResult) };
}
