import { mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startRasoat } from './cli.ts';

/** A moment between two looks at the clock (ms): this process sees late what happened while it stood still. */
type Moment = readonly [earliest: number, latest: number];

/** One connection that a server of the lab took: by which of our processes, from when until when. */
export type Contact = { readonly address: string; readonly pid: number; readonly from: Moment; until: Moment };

export type WebLab = {
  readonly contacts: readonly Contact[];
  /** Processes that may be behind a connection. */
  readonly watch: (pid: number) => void;
  /** Answers a watched process no more until `release`: it stays amid its look. */
  readonly hold: (pid: number) => void;
  readonly release: (pid: number) => void;
  /** Whether it waits for an answer by now. */
  readonly holds: (pid: number) => boolean;
  readonly stop: () => void;
};

/** Slow web servers on many addresses, that note who is at them. */
export async function startWebLab(addresses: readonly string[], port: number, delayMs: number): Promise<WebLab> {
  const contacts: Contact[] = [];
  const pids = new Set<number>();
  const servers: Server[] = [];
  const { moment, end } = watchClock();
  const kept = new Map<number, (() => void)[]>();
  for (const address of addresses) {
    const server = createServer((request, response) => {
      const answer = () => {
        if (request.url === '/chuyen')
          response.writeHead(302, { Location: `http://${addresses[0] ?? ''}:${port}/` }).end();
        else response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>1</title>');
      };
      setTimeout(() => {
        const waiting = kept.size === 0 ? undefined : kept.get(ownerOf(request.socket, pids));
        if (waiting === undefined) answer();
        else waiting.push(answer);
      }, delayMs);
    });
    server.on('connection', (socket: Socket) => {
      const from = moment();
      const contact: Contact = { address, pid: ownerOf(socket, pids), from, until: [from[0], Infinity] };
      contacts.push(contact);
      socket.once('close', () => (contact.until = moment()));
    });
    await new Promise<void>((resolve) => server.listen(port, address, resolve));
    servers.push(server);
  }
  return {
    contacts,
    watch: (pid) => pids.add(pid),
    hold: (pid) => kept.set(pid, []),
    release: (pid) => {
      for (const answer of kept.get(pid) ?? []) answer();
      kept.delete(pid);
    },
    holds: (pid) => (kept.get(pid) ?? []).length > 0,
    stop: () => {
      end();
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

/** Tells when what is seen now happened: since the clock was looked at before, or before it stood still. */
function watchClock(): { readonly moment: () => Moment; readonly end: () => void } {
  let seen = performance.now();
  let [stillFrom, stillTo] = [seen, seen];
  const look = setInterval(() => {
    const now = performance.now();
    if (now - seen > 100) [stillFrom, stillTo] = [seen, now];
    seen = now;
  }, 20);
  return {
    moment: () => {
      const now = performance.now();
      // What came meanwhile is worked off behind it.
      return [now - stillTo < 500 ? stillFrom : seen, now];
    },
    end: () => {
      clearInterval(look);
    },
  };
}

/** The process at the other end of a connection, among those watched; 0: none of them. */
function ownerOf(socket: Socket, pids: ReadonlySet<number>): number {
  const { localAddress, localPort, remoteAddress, remotePort } = socket;
  const ends = [hexOf(remoteAddress, remotePort), hexOf(localAddress, localPort)];
  const row = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find((columns) => columns[1] === ends[0] && columns[2] === ends[1]);
  const inode = row?.[9];
  for (const pid of pids) {
    try {
      for (const fd of readdirSync(`/proc/${pid}/fd`)) {
        if (linkOf(`/proc/${pid}/fd/${fd}`) === `socket:[${inode ?? ''}]`) return pid;
      }
    } catch {
      // It ended meanwhile.
    }
  }
  return 0;
}

/** An end of a connection as /proc/net/tcp writes it. */
function hexOf(address = '', port = 0): string {
  const [host, at] = [Buffer.from(address.split('.').map(Number)).reverse(), Buffer.of(port >> 8, port & 255)];
  return `${host.toString('hex')}:${at.toString('hex')}`.toUpperCase();
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** An output folder whose store is a database. */
export function folderOn(root: string, name: string, url: string): string {
  const out = join(root, name);
  mkdirSync(out);
  writeFileSync(join(out, 'rasoat.store.json'), JSON.stringify({ postgres: url }));
  return out;
}

const short = { RASOAT_LEASE_SECONDS: '10' };

/** A process whose clock is 30 hours behind, while what has passed is counted as ever. */
export const late = {
  LD_PRELOAD: '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1',
  FAKETIME: '-30h',
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
};

export type Started = ReturnType<typeof startRasoat> & { readonly pid: number };

/** Starts a worker and waits until it takes work. */
export async function startWorker(
  out: string,
  zone = 'internet',
  atOnce = 4,
  env: Readonly<Record<string, string>> = {},
): Promise<Started> {
  const args = ['worker', '--out', out, '--zone', zone, '--at-once', String(atOnce), '--json'];
  return whenSaid(startRasoat(args, { ...short, ...env }), /takes work/);
}

/** Starts a scan by workers and waits until its run began; gives the run. */
export async function startStarter(out: string, inventory: string, more: readonly string[] = []) {
  const args = ['scan', '--workers', '--inventory', inventory, '--out', out, '--ports', 'connect', '--no-udp'];
  const declared = ['--port-list', 'declared', '--no-report', ...more];
  let run = '';
  const started = startRasoat([...args, ...declared], short);
  started.child.stderr?.on(
    'data',
    (data: Buffer) => (run ||= /\d{8}-\d{6}-[0-9a-f]{8}/.exec(data.toString())?.[0] ?? ''),
  );
  await whenSaid(started, /\d{8}-\d{6}-[0-9a-f]{8}/);
  return { ...started, run: () => run, pid: started.child.pid ?? 0 };
}

async function whenSaid(started: ReturnType<typeof startRasoat>, words: RegExp): Promise<Started> {
  let said = '';
  started.child.stderr?.on('data', (data: Buffer) => (said += data.toString()));
  try {
    await until(() => words.test(said) || started.child.exitCode !== null);
  } catch (error) {
    started.child.kill('SIGKILL');
    throw error;
  }
  if (!words.test(said)) throw new Error(`not said: ${said}`);
  return { ...started, pid: started.child.pid ?? 0 };
}

/** Not for ever, and never for how fast this machine is. */
const mostMs = 240_000;

/** Waits until something holds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + mostMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`does not hold after ${mostMs} ms: ${holds.toString()}`);
    await sleep(50);
  }
}

/** Where two processes were surely at one address at once, or less than a second after each other. */
export function overlaps(contacts: readonly Contact[]): readonly string[] {
  const found: string[] = [];
  for (const [address, own] of Map.groupBy(contacts, (one) => one.address)) {
    const sorted = own.toSorted((a, b) => a.from[1] - b.from[1]);
    for (const [index, one] of sorted.entries()) {
      if (one.pid === 0) continue;
      for (const other of sorted.slice(index + 1)) {
        if (other.pid === 0 || one.pid === other.pid || other.from[1] - one.until[0] > 900) continue;
        found.push(
          `${address}: ${one.pid} until ${one.until.map(Math.round).join('-')}, ${other.pid} from ${other.from.map(Math.round).join('-')}`,
        );
      }
    }
  }
  return found;
}

/** Most connections that surely began at one address within a second. */
export function mostASecond(contacts: readonly Contact[]): number {
  let most = 0;
  for (const own of Map.groupBy(contacts, (one) => one.address).values()) {
    for (const { from } of own) {
      const within = own.filter((one) => one.from[0] >= from[0] && one.from[1] < from[0] + 1000);
      most = Math.max(most, within.length);
    }
  }
  return most;
}
