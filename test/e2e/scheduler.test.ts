import { type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SchedulerState } from '../../src/model/scheduler.ts';
import { openStore } from '../../src/store/store.ts';
import type { Store } from '../../src/store/types.ts';
import { rasoat, scratch, startRasoat, type CommandResult } from './cli.ts';
import { sketchInventory } from './inventory.ts';

// A real daemon, killed, stopped, paused and stood by for; what it scans answers when it is let,
// one address at a time: a silent one takes seconds, so what is under way stays so for half a minute.
const hostsOf = (net: number): readonly string[] => Array.from({ length: 12 }, (_, n) => `127.82.${net}.${n + 1}`);
const systems = { cu: hostsOf(2), phu: ['127.82.4.1'], moi: hostsOf(3) } as const;
const port = 8080;
const here = scratch();
const out = here.file('out');
const file = here.file('tinh.yaml');

/** Servers that take a connection and say nothing until `open` lets them: how long a look takes is ours to say. */
const waiting = new Set<Socket>();
let isOpen = false;
const answer = (socket: Socket): void => {
  socket.end('HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx');
};
function setOpen(open: boolean): void {
  isOpen = open;
  if (!open) return;
  for (const socket of waiting) answer(socket);
  waiting.clear();
}
const servers: Server[] = [];
let connections = 0;

const inventory = (...ids: readonly (keyof typeof systems)[]): string =>
  sketchInventory(
    ids.map((id) => ({
      id,
      endpoints: systems[id].map((host) => ({ kind: 'host', host, services: [{ port }] })),
    })),
  );

beforeAll(async () => {
  writeFileSync(file, inventory('cu', 'phu'));
  for (const host of Object.values(systems).flat()) {
    const server = createServer((socket) => {
      connections += 1;
      socket.on('error', () => undefined);
      if (isOpen) answer(socket);
      else waiting.add(socket);
    });
    await new Promise<void>((resolve) => server.listen(port, host, resolve));
    servers.push(server);
  }
});
const running: ChildProcess[] = [];
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  for (const server of servers) server.close();
  for (const socket of waiting) socket.destroy();
  here.remove();
});

type Daemon = {
  readonly child: ChildProcess;
  readonly ended: Promise<CommandResult>;
  /** What it has said so far. */
  readonly log: () => string;
};

function daemon(): Daemon {
  const args = ['serve', '--scheduler', '--inventory', file, '--out', out, '--tick', '* * * * * *', '--no-report'];
  const started = startRasoat([...args, '--ports', 'connect', '--port-list', 'declared', '--no-udp', '--at-once', '1']);
  running.push(started.child);
  let log = '';
  started.child.stderr?.on('data', (data: string) => (log += data));
  return { ...started, log: () => log };
}

async function read<T>(use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(join(out, 'rasoat.sqlite'));
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
const state = () => read((store) => store.schedulerState());
const runs = () => read((store) => store.runs());

/** Waits until something holds; how long that takes is no matter, but not for ever. */
async function until<T>(what: string, ask: () => Promise<T | undefined | false>): Promise<T> {
  for (let n = 0; n < 2000; n += 1) {
    const told = await ask().catch(() => undefined);
    if (told !== undefined && told !== false) return told;
    await sleep(50);
  }
  throw new Error(`waited in vain: ${what}`);
}
const phase = (wanted: SchedulerState['phase'], pid?: number) =>
  until(`${wanted} of ${pid ?? 'any'}`, async () => {
    const said = await state();
    return said?.phase === wanted && (pid === undefined || said.pid === pid) ? said : undefined;
  });

// Each command is a process of its own, on a machine that may be busy.
vi.setConfig({ testTimeout: 600_000 });

describe('the scheduler', () => {
  it('is killed amid a run; the next, which stood by, takes the seat and the run up first', async () => {
    const first = daemon();
    // The store is its own to make: nobody opens it before.
    const [, run] = await until('a run', () => Promise.resolve(/Run (\S+): 13 targets/.exec(first.log()) ?? false));
    await phase('running', first.child.pid);
    await until('a connection', () => Promise.resolve(connections > 0));
    const second = daemon();
    await until('standing by', () => Promise.resolve(second.log().includes('standing by')));
    expect((await state())?.pid).toBe(first.child.pid);

    first.child.kill('SIGKILL');
    await first.ended;
    const after = await phase('running', second.child.pid);
    expect(after.run).toBe(run);
    setOpen(true);
    await phase('waiting', second.child.pid);
    const [only, ...more] = await runs();
    expect([only?.id, only?.state, more]).toEqual([run, 'finished', []]);
    expect((await read((store) => store.runEvents(only?.id ?? ''))).map(({ kind }) => kind)).toContain('taken-up');
    // Nothing is due any more, however often it looks.
    const ticked = (await state())?.at ?? '';
    await until('further ticks', async () => ((await state())?.at ?? '') > ticked);
    expect(await runs()).toHaveLength(1);

    second.child.kill('SIGTERM');
    expect((await second.ended).code).toBe(0);
    expect((await state())?.phase).toBe('ended');
  });

  it('is stopped and let go on by others, tells a broken inventory and scans by none, and ends when asked', async () => {
    // Another system, never looked at: due at once.
    setOpen(false);
    writeFileSync(file, inventory('cu', 'phu', 'moi'));
    const { child, ended } = daemon();
    const { run = '' } = await phase('running', child.pid);
    await until('a connection', () => Promise.resolve(waiting.size > 0));
    const before = Date.now();
    expect((await rasoat(['stop', '--out', out, '--reason', 'Tấn công', '--by', 'Lò A'])).code).toBe(0);
    await phase('off', child.pid);
    const kept = await read((store) => store.run(run));
    expect([kept?.kind, kept?.state]).toEqual(['partial', 'interrupted']);
    // Two seconds from when the switch was set; the command's own start and a loaded machine are in it.
    const stoppedAt = Date.parse(kept?.endedAt ?? '');
    const setAt = Date.parse((await read((store) => store.fleetSwitch()))?.at ?? '');
    expect(stoppedAt - setAt).toBeLessThan(10_000);
    expect(stoppedAt).toBeGreaterThan(before);
    const events = await read((store) => store.runEvents(run));
    expect(events.at(-1)).toMatchObject({ kind: 'stopped', detail: { by: 'Lò A', reason: 'Tấn công' } });
    const shown = await rasoat(['schedule', 'show', '--out', out, '--inventory', file]);
    expect(shown.out).toContain('Stopped since');
    expect(shown.out).toContain('Scheduler: Nothing begins');

    // A broken inventory is told, and the last good one is not used in its place.
    writeFileSync(file, inventory('cu', 'phu', 'moi').replace('schema: 1', 'schema: 7'));
    expect((await rasoat(['resume', '--out', out, '--reason', 'xong', '--by', 'Lò A'])).code).toBe(0);
    const broken = await phase('error', child.pid);
    expect(broken.problems?.[0]).toMatchObject({ file, line: 1 });
    const heard = connections;
    const ticked = (await state())?.at ?? '';
    await until('further ticks', async () => ((await state())?.at ?? '') > ticked);
    expect(connections).toBe(heard);

    // Mended: the partial run is taken up first, and SIGTERM leaves it once more.
    writeFileSync(file, inventory('cu', 'phu', 'moi'));
    expect((await phase('running', child.pid)).run).toBe(run);
    child.kill('SIGTERM');
    const { code, err } = await ended;
    expect(code).toBe(0);
    expect(err).toContain(run);
    expect((await read((store) => store.run(run)))?.state).toBe('interrupted');
  });

  it('asks for what it needs', async () => {
    expect((await rasoat(['serve'])).code).toBe(2);
    const { code, err } = await rasoat(['serve', '--scheduler', '--out', out]);
    expect([code, err]).toEqual([2, expect.stringContaining('--inventory')]);
  });
});
