import type { Limits } from '../../model/permission.ts';
import { sweepAnswers, type SweepAnswer } from '../wire/sweep-types.ts';
import { sweep } from '../wire/sweep.ts';
import type { Wire } from '../wire/wire.ts';
import type { ScanResult } from './connect-scan.ts';

/** Limits from which on threads pay: under them the time is that of the manners, not of the machine. */
const widePerSecond = 500;
const wideConnections = 32;

/** Ports dialled between two looks at the permission; a window that closes meanwhile is overrun by seconds at most. */
const between = 2000;
/** One SYN, and the one that the kernel sends again after a second: two, as nmap sends. */
const silentMs = 1400;
/** Where others answer, silence is known sooner, and asked a second time. */
const shortestMs = 200;
const againMs = 500;

export function isWide({ connections, perSecond }: Limits): boolean {
  return connections >= wideConnections && perSecond >= widePerSecond;
}

export type SweepOptions = { readonly wire: Wire; readonly name?: string; readonly signal: AbortSignal };

/**
 * The connect scan for wide limits: the address is held and its ports are dialled by threads. Asks a silent port twice:
 * by the kernel's second SYN where nothing answers, by a second connection where others do; a stop leaves what was found
 * by then. Throws FailureError `not-permitted` when no port may be asked.
 */
export async function sweepScan(address: string, ports: readonly number[], options: SweepOptions): Promise<ScanResult> {
  const { wire, name, signal } = options;
  const named = name === undefined ? {} : { name };
  const answers = new Map<number, SweepAnswer>();
  const { refused } = await wire.lease(address, ports, { signal, ...named }, async (lease) => {
    const stopped = () => lease.signal.aborted;
    let connections = 0;
    let slowestMs: number | undefined;
    const dial = async (asked: readonly number[], leastMs: number) => {
      const known = slowestMs === undefined ? {} : { slowestMs };
      const job = { address, ports: Uint16Array.from(asked), timeoutMs: silentMs, shortestMs: leastMs };
      const reply = await sweep({ ...job, ...known, ...limitsOf(lease.limits) }, lease.signal);
      connections += reply.dialled;
      if (reply.slowestMs !== undefined) slowestMs = Math.max(slowestMs ?? 0, reply.slowestMs);
      for (const [index, port] of asked.slice(0, reply.dialled).entries()) {
        const answer = sweepAnswers[reply.states[index] ?? 0] ?? 'unclear';
        // What a stop cut off was not waited for.
        answers.set(port, answer === 'no-answer' && stopped() ? 'unclear' : answer);
      }
    };
    const late: number[] = [];
    for (let from = 0; from < lease.ports.length && !stopped(); from += between) {
      const part = lease.ports.slice(from, from + between).filter((port) => {
        const { allowed } = wire.permits(address, port, name);
        if (!allowed) late.push(port);
        return allowed;
      });
      await dial(part, shortestMs);
      const silent = part.filter((port) => answers.get(port) === 'no-answer');
      if (slowestMs !== undefined && silent.length > 0 && !stopped()) await dial(silent, againMs);
    }
    return { result: { refused: [...lease.refused, ...late] }, connections };
  });
  return resultOf(ports, answers, refused);
}

function limitsOf({ connections, perSecond }: Limits) {
  return { atOnce: connections, perSecond };
}

function resultOf(
  ports: readonly number[],
  answers: ReadonlyMap<number, SweepAnswer>,
  notPermitted: readonly number[],
): ScanResult {
  const of = (wanted: SweepAnswer) => ports.filter((port) => answers.get(port) === wanted);
  return {
    asked: ports.filter((port) => answers.has(port)),
    open: of('open'),
    closed: of('closed'),
    silent: of('no-answer'),
    unreachable: of('unreachable'),
    notPermitted,
  };
}
