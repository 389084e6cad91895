import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** A browser without a window, spoken to over two pipes (Chrome DevTools Protocol). */
export type Chromium = {
  /** Sends a command and gives its answer; rejects when the browser says no, ends, or keeps silent too long. */
  readonly ask: (method: string, params?: object, session?: string) => Promise<Readonly<Record<string, unknown>>>;
  /** The next event of that name. Ask for it before what causes it. */
  readonly event: (method: string, session: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Nothing but the page: no network, no first run, no service of the vendor. */
const flags = [
  '--headless',
  '--remote-debugging-pipe',
  '--disable-gpu',
  '--disable-extensions',
  '--disable-sync',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-breakpad',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--mute-audio',
  // No name is resolved and no address reached: the pages need nobody, and nobody learns that they are printed.
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--proxy-server=socks5://127.0.0.1:0',
  '--disable-features=Translate,OptimizationHints,MediaRouter,AutofillServerCommunication',
];

/** Root may not use Chromium's sandbox. */
export function mayUseSandbox(): boolean {
  return process.getuid?.() !== 0;
}

/**
 * Starts a Chromium with a profile of its own, which goes when it is closed. We speak the protocol ourselves, a few lines, since
 * `--print-to-pdf` can neither wait for fonts, nor unfold what is folded, nor tell that a page failed to load, and starts anew for
 * every page; and a client written by others (playwright-core, 9 MB) does no more than these lines for us.
 */
export async function startChromium(path: string, answerWithin = 60_000): Promise<Chromium> {
  const profile = await mkdtemp(join(tmpdir(), 'rasoat-chromium-'));
  const own = {
    HOME: profile,
    XDG_CONFIG_HOME: profile,
    XDG_CACHE_HOME: profile,
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
  };
  const child = spawn(
    path,
    [...flags, ...(mayUseSandbox() ? [] : ['--no-sandbox']), `--user-data-dir=${profile}`, 'about:blank'],
    {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      env: process.platform === 'win32' ? process.env : { ...process.env, ...own },
    },
  );
  const end = endOf(child);
  const wire = wireOf(child, answerWithin);
  const close = async (): Promise<void> => {
    await Promise.race([wire.ask('Browser.close').catch(() => ({})), delay(2000)]);
    await Promise.race([end, delay(5000)]);
    kill(child);
    await end;
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    await wire.ask('Browser.getVersion');
    return { ...wire, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function wireOf(child: ChildProcess, answerWithin: number): Pick<Chromium, 'ask' | 'event'> {
  const [, , errors, toBrowser, fromBrowser] = child.stdio as [null, null, Readable, Writable, Readable];
  let last = 0;
  let said = '';
  const asked = new Map<number, Settle>();
  const awaited = new Map<string, Settle>();
  const failAll = (reason: string) => {
    for (const { reject } of [...asked.values(), ...awaited.values()]) reject(new Error(reason));
    asked.clear();
    awaited.clear();
  };
  errors.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000);
  });
  child.once('error', (error) => {
    failAll(error.message);
  });
  child.once('exit', (code, signal) => {
    failAll(`${signal ?? `exit ${code ?? '?'}`} ${said.trim().split('\n').at(-1) ?? ''}`.trim());
  });
  // A browser that has ended answers nothing; its end says so above.
  toBrowser.on('error', () => undefined);
  let rest: Buffer[] = [];
  fromBrowser.on('data', (part: Buffer) => {
    let from = 0;
    for (let at = part.indexOf(0); at >= 0; at = part.indexOf(0, from)) {
      rest.push(part.subarray(from, at));
      receive(JSON.parse(Buffer.concat(rest).toString('utf8')) as Answer);
      rest = [];
      from = at + 1;
    }
    rest.push(part.subarray(from));
  });

  function receive({ id, method, sessionId, result, error }: Answer): void {
    if (id === undefined) {
      const key = `${sessionId ?? ''} ${method ?? ''}`;
      awaited.get(key)?.resolve({});
      awaited.delete(key);
      return;
    }
    const one = asked.get(id);
    asked.delete(id);
    if (error === undefined) one?.resolve(result ?? {});
    else one?.reject(new Error(error.message));
  }

  function within<T extends number | string>(waiting: Map<T, Settle>, key: T, name: string) {
    return new Promise<Readonly<Record<string, unknown>>>((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(key);
        reject(new Error(`${name}: no answer within ${answerWithin / 1000} s`));
      }, answerWithin);
      waiting.set(key, {
        resolve: (value) => {
          clearTimeout(timer);
          resolve(value);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
    });
  }

  return {
    ask: (method, params = {}, sessionId) => {
      const id = (last += 1);
      const answer = within(asked, id, method);
      if (child.exitCode !== null || child.signalCode !== null) asked.get(id)?.reject(new Error('ended'));
      toBrowser.write(`${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`);
      return answer;
    },
    event: async (method, session) => {
      await within(awaited, `${session} ${method}`, method);
    },
  };
}

type Settle = {
  readonly resolve: (value: Readonly<Record<string, unknown>>) => void;
  readonly reject: (error: Error) => void;
};

type Answer = {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
};

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('close', () => {
      resolve();
    });
    child.once('error', () => {
      resolve();
    });
  });
}

/** Ends the browser with all that it has started. */
function kill(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
