import { mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startRasoat } from './cli.ts';

/** One connection that a server of the lab took: by which of our processes, from when until when (ms). */
export type Contact = { readonly address: string; readonly pid: number; readonly from: number; until: number };

export type WebLab = {
  readonly contacts: readonly Contact[];
  /** Processes that may be behind a connection. */
  readonly watch: (pid: number) => void;
  readonly stop: () => void;
};

/** Slow web servers on many addresses, that note who is at them. */
export async function startWebLab(addresses: readonly string[], port: number, delayMs: number): Promise<WebLab> {
  const contacts: Contact[] = [];
  const pids = new Set<number>();
  const servers: Server[] = [];
  for (const address of addresses) {
    const server = createServer((request, response) => {
      setTimeout(() => {
        if (request.url === '/chuyen')
          response.writeHead(302, { Location: `http://${addresses[0] ?? ''}:${port}/` }).end();
        else response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>1</title>');
      }, delayMs);
    });
    server.on('connection', (socket: Socket) => {
      const contact = { address, pid: ownerOf(socket.remotePort ?? 0, pids), from: performance.now(), until: Infinity };
      contacts.push(contact);
      socket.once('close', () => (contact.until = performance.now()));
    });
    await new Promise<void>((resolve) => server.listen(port, address, resolve));
    servers.push(server);
  }
  return {
    contacts,
    watch: (pid) => pids.add(pid),
    stop: () => {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

/** The process whose socket has a local port, among those watched; 0: none of them. */
function ownerOf(localPort: number, pids: ReadonlySet<number>): number {
  const hex = `:${localPort.toString(16).toUpperCase().padStart(4, '0')}`;
  const row = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find((columns) => columns[1]?.endsWith(hex));
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

export type Started = ReturnType<typeof startRasoat> & { readonly pid: number };

/** Starts a worker and waits until it takes work. */
export async function startWorker(out: string, zone = 'internet', atOnce = 4): Promise<Started> {
  const args = ['worker', '--out', out, '--zone', zone, '--at-once', String(atOnce), '--json'];
  return whenSaid(startRasoat(args, short), /takes work/);
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
  await until(() => words.test(said) || started.child.exitCode !== null, 30_000);
  if (!words.test(said)) throw new Error(`not said: ${said}`);
  return { ...started, pid: started.child.pid ?? 0 };
}

/** Waits until something holds; throws when it does not in time. */
export async function until(holds: () => boolean | Promise<boolean>, mostMs: number): Promise<void> {
  const end = performance.now() + mostMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`does not hold after ${mostMs} ms: ${holds.toString()}`);
    await sleep(50);
  }
}

/** Whether two processes were at one address at once, or less than a second after each other. */
export function overlaps(contacts: readonly Contact[]): readonly string[] {
  const found: string[] = [];
  for (const [address, own] of Map.groupBy(contacts, (one) => one.address)) {
    const sorted = [...own].sort((a, b) => a.from - b.from);
    for (const [index, one] of sorted.entries()) {
      if (one.pid === 0) continue;
      for (const other of sorted.slice(index + 1)) {
        if (other.pid === 0 || one.pid === other.pid || other.from - one.until > 900) continue;
        found.push(
          `${address}: ${one.pid} until ${Math.round(one.until)}, ${other.pid} from ${Math.round(other.from)}`,
        );
      }
    }
  }
  return found;
}

/** Most connections that began at one address within a second. */
export function mostASecond(contacts: readonly Contact[]): number {
  let most = 0;
  for (const own of Map.groupBy(contacts, (one) => one.address).values()) {
    for (const { from } of own)
      most = Math.max(most, own.filter((one) => one.from >= from && one.from < from + 1000).length);
  }
  return most;
}
