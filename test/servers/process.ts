import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server that a test started; `stop` ends it by its own pid (SIGTERM unless told otherwise) and waits until it is gone. */
export type RunningServer = {
  readonly pid: number;
  readonly stop: (by?: NodeJS.Signals) => Promise<void>;
  readonly log: () => string;
};

/** Starts a program and waits until each `host:port` takes connections; throws with its output when it does not. */
export async function startServer(
  command: string,
  args: readonly string[],
  listens: readonly { readonly host: string; readonly port: number }[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<RunningServer> {
  // A server left behind at the same place would answer for this one.
  for (const { host, port } of listens) {
    if (await accepts(host, port)) throw new Error(`something listens at ${host}:${port} already`);
  }
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece: Buffer) => {
      output = (output + piece.toString()).slice(-20_000);
    });
  }
  const failed = new Promise<never>((_resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`${command} ended with ${String(code)}: ${output}`));
    });
  });
  failed.catch(() => undefined);
  try {
    await Promise.race([Promise.all(listens.map(({ host, port }) => listening(host, port))), failed]);
  } catch (error) {
    await stop(child);
    throw error;
  }
  if (child.pid === undefined) throw new Error(`${command} did not start`);
  return { pid: child.pid, stop: (by) => stop(child, by), log: () => output };
}

async function stop(child: ChildProcess, by: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, 'exit');
  child.kill(by);
  // Whoever is killed leaves its children behind: a machine that is busy gets its time.
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await gone;
  clearTimeout(timer);
}

async function listening(host: string, port: number): Promise<void> {
  const end = performance.now() + 50_000;
  while (performance.now() < end) {
    if (await accepts(host, port)) return;
    await sleep(25);
  }
  throw new Error(`nothing listens at ${host}:${port}`);
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
