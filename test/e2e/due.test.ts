import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import { runProgram } from '../../src/cli/program.ts';
import { scan, scanDue } from '../../src/pipeline/scan.ts';
import type { Idle, ScanOptions, ScanOutcome } from '../../src/pipeline/scan-types.ts';
import { verifyHistory } from '../../src/pipeline/verify-history.ts';
import { openStore } from '../../src/store/store.ts';
import type { Store } from '../../src/store/types.ts';
import { startNginx, type WebDaemon } from '../servers/web-daemon.ts';
import { scratch, type CommandResult } from './cli.ts';
import { sketchInventory } from './inventory.ts';

// Three systems on a real nginx that notes who was asked; the clock is ours. One is mended, and gets a trouble of another kind.
const hosts = { a: '127.82.1.1', b: '127.82.1.2', c: '127.82.1.3' } as const;
type Id = keyof typeof hosts;
const here = scratch();
const folder = here.file('nginx');
let server: WebDaemon;

/** A site that listens on another port too: of a database, or of telnet. */
const site = (id: Id, port: number) =>
  `server { listen ${hosts[id]}:8080; listen ${hosts[id]}:${port}; access_log ${folder}/${id}.log; return 200 x; }`;
const serve = (port: number) =>
  startNginx(
    (Object.keys(hosts) as Id[]).map((id) => site(id, id === 'a' ? port : 3306)).join('\n'),
    { host: hosts.a, port: 8080 },
    folder,
  );
beforeAll(async () => {
  mkdirSync(folder);
  server = await serve(23);
});
afterAll(async () => {
  await server.stop();
  here.remove();
});

const asked = (id: Id): number => {
  try {
    return readFileSync(join(folder, `${id}.log`), 'utf8').split('\n').length - 1;
  } catch {
    return 0;
  }
};

/** Ports that a server does not speak first on take seconds: most need the site alone. */
function inventory(
  name: string,
  more: object = {},
  authorisation: Readonly<Record<string, unknown>> = {},
  ports: readonly number[] = [8080],
): string {
  const systems = (Object.keys(hosts) as Id[]).map((id) => ({
    id,
    endpoints: [{ kind: 'host', host: hosts[id], services: ports.map((port) => ({ port })) }],
  }));
  const text = parse(sketchInventory(systems, authorisation)) as object;
  const file = here.file(name);
  writeFileSync(file, stringify({ ...text, ...more }));
  return file;
}

async function ask(...args: string[]): Promise<CommandResult> {
  let told = '';
  let err = '';
  const code = await runProgram(args, {
    out: { write: (text: string) => (told += text) },
    err: { write: (text: string) => (err += text) },
    env: { RASOAT_LANG: 'en', NO_COLOR: '1', RASOAT_FEEDS: here.file('no-feeds') },
  });
  return { code, out: told, err };
}

async function withStore<T>(out: string, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(join(out, 'rasoat.sqlite'));
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

type Due = ScanOptions & { readonly inventory: string };
const options = (out: string, file: string, more: Partial<Due> = {}): Due => ({
  out,
  inventory: file,
  engine: 'connect',
  portList: 'declared',
  udp: false,
  dnsPort: 53,
  feeds: here.file('no-feeds'),
  atOnce: 1,
  signal: new AbortController().signal,
  ...more,
});
const ran = (outcome: ScanOutcome | Idle): ScanOutcome => {
  if (!('run' in outcome)) throw new Error(`nothing ran: ${JSON.stringify(outcome)}`);
  return outcome;
};

// A look takes as long as the machine is busy.
vi.setConfig({ testTimeout: 600_000 });

describe('scan --due', () => {
  const out = here.file('out');
  const file = inventory('tinh.yaml', {}, {}, [8080, 3306, 23]);
  const due = (...more: string[]) =>
    ask(
      'scan',
      '--due',
      '--inventory',
      file,
      '--out',
      out,
      '--ports',
      'connect',
      '--port-list',
      'declared',
      '--no-report',
      ...more,
    );
  const lives = () =>
    withStore(out, async (store) => new Map((await store.track.lives()).map((life) => [life.id, life])));

  it('is a scan of everything the first time, and nothing the second', async () => {
    const first = await due('--json');
    expect(JSON.parse(first.out)).toMatchObject({ targets: 3 });
    const before = asked('a');
    expect(before).toBeGreaterThan(0);
    const again = await due();
    expect([again.code, again.out.trim()]).toEqual([0, 'Nothing is due.']);
    expect(asked('a')).toBe(before);
    expect(await withStore(out, async (store) => (await store.runs()).length)).toBe(1);
  });

  it('looks at everything of the system whose turn it is and at no other', async () => {
    const before = await lives();
    const own = [...before.values()].filter(({ system }) => system === 'a');
    const mended = own.find(({ check }) => check === 'telnet-port');
    const claim = ['track', 'set', mended?.id ?? '', 'claimed-fixed', '--by', 'Lò A', '--out', out];
    expect((await ask(...claim)).code).toBe(0);
    await server.stop();
    mkdirSync(folder, { recursive: true });
    server = await serve(3306);
    const tomorrow = new Date(Date.now() + 26 * 3_600_000).toISOString();
    const { run, state } = ran(await scanDue(options(out, file, { now: () => tomorrow })));
    expect([run.kind, state]).toEqual(['partial', 'finished']);
    expect([asked('a') > 0, asked('b'), asked('c')]).toEqual([true, 0, 0]);
    const after = await lives();
    const of = (id: string, from: typeof after) => [...from.values()].filter(({ system }) => system === id);
    // Others stand as they stood; its own were seen, one passed, and what is new was born.
    expect(of('b', after)).toEqual(of('b', before));
    expect(of('c', after)).toEqual(of('c', before));
    expect(after.get(mended?.id ?? '')).toMatchObject({ passes: 1, gone: false });
    expect(of('a', after).map(({ check }) => check)).toContain('database-ports');
    expect([...after.values()].filter(({ gone }) => gone)).toEqual([]);
    await withStore(out, async (store) => {
      expect((await verifyHistory(store)).faults).toEqual([]);
      // A look in the schedule, and never the newest state of the province.
      expect((await store.runs()).map(({ id }) => id)).not.toContain(run.id);
      expect((await store.lastSeen(tomorrow)).get('a')).toBe(tomorrow);
      expect(
        (await store.scanLooks(tomorrow)).filter((look) => look.run === run.id).map(({ system }) => system),
      ).toEqual(['a']);
      expect(await store.assessments((await store.judgement(run.id)).id)).toEqual([]);
    });
    const listed = (await ask('runs', '--json', '--out', out)).out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(listed[0]).toMatchObject({ id: run.id, kind: 'partial' });
    expect((await ask('runs', '--out', out)).out).toContain('partial');
    const refused = await ask('report', '--run', run.id, '--out', out);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('is a partial run')]);
    const trend = await ask('trend', '--json', '--out', out);
    expect(trend.out).not.toContain(run.id);
    expect(
      (await ask('findings', '--run', run.id, '--json', '--out', out)).out.trim().split('\n').length,
    ).toBeGreaterThan(3);
  });

  it('begins nothing while it is paused, says so, and is no fault', async () => {
    expect((await ask('pause', '--out', out, '--reason', 'Bầu cử', '--by', 'Trần B')).code).toBe(0);
    const idle = await due();
    expect([idle.code, idle.out]).toEqual([0, expect.stringContaining('Trần B: Bầu cử')]);
    const refused = await ask('scan', '--inventory', file, '--out', out);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('Scanning is paused since')]);
    const shown = await ask('schedule', 'show', '--out', out, '--json');
    expect(JSON.parse(shown.out)).toMatchObject({ switch: { position: 'paused', by: 'Trần B', reason: 'Bầu cử' } });
    expect((await ask('resume', '--out', out, '--reason', ' ', '--by', 'Trần B')).code).toBe(2);
    expect((await ask('resume', '--out', out, '--by', 'Trần B')).code).toBe(2);
    expect((await ask('resume', '--out', out, '--reason', 'xong', '--by', 'Trần B')).code).toBe(0);
    expect((await due()).out).toContain('Nothing is due.');
  });

  it('needs an inventory, and takes up by itself', async () => {
    expect((await ask('scan', '--due', '--out', out)).code).toBe(2);
    expect((await due('--resume')).code).toBe(2);
  });
});

describe('a window that closes amid a run', () => {
  const night = { hours: [{ from: '22:00', to: '05:00' }] };
  const at = (clock: string, day = '2026-12-01') => new Date(`${day}T${clock}:00+07:00`).toISOString();

  it('leaves the rest to the next window, without a second look at what is done', async () => {
    const out = here.file('window');
    const file = inventory('window.yaml', {}, night);
    let now = at('04:58');
    const how = options(out, file, { now: () => now });
    const counts = (): readonly number[] => [asked('a'), asked('b'), asked('c')];
    const before = counts();
    // After the first target the night is over.
    const first = ran(await scanDue(how, { target: () => (now = at('05:01')) }));
    expect([first.run.kind, first.state]).toEqual([undefined, 'finished']);
    const closed = counts();
    expect(closed.map((count, n) => count > (before[n] ?? 0))).toEqual([true, false, false]);
    await withStore(out, async (store) => {
      const events = await store.runEvents(first.run.id);
      expect(events.map(({ kind, detail }) => [kind, detail])).toEqual([['window-closed', { targets: 2 }]]);
      const seen = await store.observations(first.run.id);
      const refused = seen.flatMap((one) => (one.ok ? [] : [one.failure.code]));
      expect(new Set(refused)).toEqual(new Set(['not-permitted']));
    });

    now = at('12:00');
    expect(await scanDue(how)).toEqual({ state: 'nothing', held: 2 });
    now = at('22:00');
    const second = ran(await scanDue(how));
    expect([second.run.kind, second.state]).toEqual(['partial', 'finished']);
    const done = counts();
    expect(done.map((count, n) => count > (closed[n] ?? 0))).toEqual([false, true, true]);
    now = at('23:00');
    expect(await scanDue(how)).toEqual({ state: 'nothing', held: 0 });
  });

  it('is a blackout too, told apart as debt', async () => {
    const out = here.file('blackout');
    const blackouts = [{ from: '2026-12-07', until: '2026-12-12', reason: 'Bầu cử', systems: ['a'] }];
    const file = inventory('blackout.yaml', { blackouts });
    let now = at('09:00');
    const how = options(out, file, { now: () => now });
    ran(await scanDue(how));
    // The eighth: everything is due, and one system may not be looked at.
    now = at('09:00', '2026-12-08');
    const before = asked('a');
    expect(ran(await scanDue(how)).run.kind).toBeUndefined();
    expect(asked('a')).toBe(before);
    const shown = await ask(
      'schedule',
      'show',
      '--out',
      out,
      '--inventory',
      file,
      '--json',
      '--at',
      at('09:00', '2026-12-12'),
    );
    const { turns, debt } = JSON.parse(shown.out) as { turns: readonly object[]; debt: object };
    expect(turns).toContainEqual(
      expect.objectContaining({ system: 'a', hold: 'blackout', debtDays: 4, debt: { days: 4, blackoutDays: 4 } }),
    );
    expect(debt).toEqual({ systems: 1, days: 4, blackoutDays: 4 });
    expect(shown.code).toBe(1);
    const words = await ask('schedule', 'show', '--out', out, '--inventory', file, '--at', at('09:00', '2026-12-12'));
    expect(words.out).toContain('1 system past the due day, 4 days in all, 4 of them owed to blackouts.');
    // The day after, its turn comes at once.
    now = at('00:00', '2026-12-13');
    const after = ran(await scanDue(how));
    expect([after.run.kind, asked('a') > before]).toEqual(['partial', true]);
  });

  it('takes a run up under its own inventory and the one given since: what either forbids is not asked', async () => {
    const out = here.file('resumed');
    const file = inventory('resumed.yaml');
    const stop = new AbortController();
    const first = ran(
      await scanDue(options(out, file, { signal: stop.signal }), {
        target: () => {
          stop.abort();
        },
      }),
    );
    expect(first.state).toBe('interrupted');
    const before = [asked('b'), asked('c')];
    const now = inventory('resumed-now.yaml', {
      blackouts: [{ from: '2026-01-01', until: '2098-01-01', reason: 'x', systems: ['b'] }],
    });
    const second = ran(await scanDue(options(out, now)));
    expect([second.run.id, second.state]).toEqual([first.run.id, 'finished']);
    expect([asked('b') - (before[0] ?? 0), asked('c') > (before[1] ?? 0)]).toEqual([0, true]);
    await expect(scan(options(out, file, { resume: true }))).rejects.toThrow('cli.nothing-to-resume');
  });
});
