import { spawn, type ChildProcess } from 'node:child_process';
import { FailureError } from '../../model/failure.ts';

export type ProcessOptions = {
  readonly path: string;
  readonly args: readonly string[];
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly onOutput: (text: string) => void;
  /** Called with each whole line of the error output. */
  readonly onErrorLine: (line: string) => void;
};

/**
 * Runs a program to its good end: no shell, no input, no terminal, a bare environment, its own process group. Throws
 * FailureError: `tool-missing` when it cannot be started or ends badly, `timeout`, `not-run` on a stop, `too-large`, and
 * whatever `onOutput` throws. Nothing of it is left running when this settles, nor when our own process exits.
 */
export function runProcess(options: ProcessOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(options.path, [...options.args], {
      shell: false,
      detached: true,
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
    });
    let failed: Error | undefined;
    let bytes = 0;
    let lastWords = '';
    const kill = () => {
      killGroup(child);
    };
    const fail = (error: Error) => {
      failed ??= error;
      kill();
    };
    const onAbort = () => {
      fail(stopped(options.signal));
    };
    const timer = setTimeout(() => {
      fail(new FailureError('timeout', `${options.path}: not finished within ${options.timeoutMs} ms`));
    }, options.timeoutMs);

    process.once('exit', kill);
    if (options.signal.aborted) onAbort();
    else options.signal.addEventListener('abort', onAbort, { once: true });

    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      bytes += text.length;
      if (failed !== undefined) return;
      if (bytes > options.maxBytes)
        fail(new FailureError('too-large', `${options.path}: more than ${options.maxBytes}`));
      else
        attempt(() => {
          options.onOutput(text);
        }, fail);
    });
    onLines(child, (line) => {
      lastWords = line;
      options.onErrorLine(line);
    });
    child.once('error', (error) => {
      fail(new FailureError('tool-missing', `${options.path}: ${error.message}`));
      settle(undefined, null);
    });
    child.once('close', (code, signal) => {
      settle(code, signal);
    });

    function settle(code: number | null | undefined, signal: NodeJS.Signals | null): void {
      clearTimeout(timer);
      process.off('exit', kill);
      options.signal.removeEventListener('abort', onAbort);
      if (failed !== undefined) reject(failed);
      else if (code === 0) resolve();
      else
        reject(
          new FailureError(
            'tool-missing',
            `${options.path}: ended by ${signal ?? `code ${code ?? '?'}`}: ${lastWords}`,
          ),
        );
    }
  });
}

function attempt(work: () => void, fail: (error: Error) => void): void {
  try {
    work();
  } catch (error) {
    fail(error instanceof Error ? error : new Error(String(error)));
  }
}

/** Whole lines of the error output, each cut at 500 characters. */
function onLines(child: ChildProcess, take: (line: string) => void): void {
  let rest = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = (lines.pop() ?? '').slice(0, 500);
    for (const line of lines) if (line !== '') take(line.slice(0, 500));
  });
}

/** The group, so that helpers the program started end with it; Windows has none. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended between the look and the blow.
  }
}

function stopped(signal: AbortSignal): Error {
  const late = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
  return new FailureError(late ? 'timeout' : 'not-run', late ? 'nmap: the deadline came first' : 'nmap: stopped');
}
