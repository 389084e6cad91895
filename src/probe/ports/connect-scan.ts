import { FailureError } from '../../model/failure.ts';
import { reset } from '../wire/reset.ts';
import type { Wire } from '../wire/wire.ts';

/** The first try is one SYN; the second, for ports that did not answer, lets the kernel send it again after 1 s. */
const tryMs = [1000, 1600] as const;

/** What became of each port asked. */
export type ScanResult = {
  /** Ports dialled at least once; what a stop left out is not among them. */
  readonly asked: readonly number[];
  readonly open: readonly number[];
  readonly closed: readonly number[];
  /** No answer at either try. A port tried once and then cut off by a stop is in `asked` only. */
  readonly silent: readonly number[];
  /** The network, or a firewall, said that it cannot be reached. */
  readonly unreachable: readonly number[];
  readonly notPermitted: readonly number[];
};

export type ScanOptions = {
  readonly wire: Wire;
  readonly name?: string;
  readonly signal: AbortSignal;
  /** Connections under way at a time; the wire spaces them out besides. */
  readonly atOnce: number;
};

type Answer = 'open' | 'closed' | 'no-answer' | 'silent' | 'unreachable' | 'not-permitted' | 'unclear';

/** A full TCP handshake with each port, closed again at once. Throws only what is our own fault. */
export async function connectScan(
  address: string,
  ports: readonly number[],
  options: ScanOptions,
): Promise<ScanResult> {
  const answers = new Map<number, Answer>();
  let left = ports;
  for (const [turn, timeoutMs] of tryMs.entries()) {
    const last = turn === tryMs.length - 1;
    await forEachPort(left, options, async (port) => {
      const answer = await askPort(address, port, timeoutMs, options);
      if (answer !== 'stopped') answers.set(port, answer === 'no-answer' && last ? 'silent' : answer);
    });
    left = ports.filter((port) => answers.get(port) === 'no-answer');
  }
  const of = (wanted: Answer) => ports.filter((port) => answers.get(port) === wanted);
  return {
    asked: ports.filter((port) => answers.has(port) && answers.get(port) !== 'not-permitted'),
    open: of('open'),
    closed: of('closed'),
    silent: of('silent'),
    unreachable: of('unreachable'),
    notPermitted: of('not-permitted'),
  };
}

async function askPort(
  address: string,
  port: number,
  timeoutMs: number,
  { wire, name, signal }: ScanOptions,
): Promise<Answer | 'stopped'> {
  try {
    const socket = await wire.connect(address, port, { signal, timeoutMs, ...(name === undefined ? {} : { name }) });
    // A reset leaves no TIME_WAIT behind on either side.
    reset(socket);
    return 'open';
  } catch (error) {
    if (signal.aborted) return 'stopped';
    if (!(error instanceof FailureError)) throw error;
    return answerOf(error);
  }
}

function answerOf({ failure }: FailureError): Answer {
  if (failure.code === 'refused') return 'closed';
  if (failure.code === 'timeout') return 'no-answer';
  return failure.code === 'not-permitted' || failure.code === 'unreachable' ? failure.code : 'unclear';
}

/** Runs `ask` over the ports, `atOnce` at a time, until done, stopped, or one of them throws. */
async function forEachPort(
  ports: readonly number[],
  { signal, atOnce }: ScanOptions,
  ask: (port: number) => Promise<void>,
): Promise<void> {
  const queue = ports.values();
  let broken = false;
  const lane = async () => {
    for (const port of queue) {
      if (broken || signal.aborted) return;
      await ask(port).catch((error: unknown) => {
        broken = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(atOnce, ports.length)) }, lane));
}
