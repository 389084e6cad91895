import { once } from 'node:events';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { scratch } from '../e2e/cli.ts';
import { sketchInventory } from '../e2e/inventory.ts';

/* Two real scans; the first is then a year and a half old. One of two services has left since. */
const folder = scratch();
const out = folder.file('out');
const inventory = folder.file('inventory.yaml');
const hosts = ['127.84.2.1', '127.84.2.2'] as const;
const servers: Server[] = [];
const ids: string[] = [];

async function command(...args: readonly string[]) {
  let [said, noted] = ['', ''];
  const code = await runProgram(args, {
    out: { write: (text) => (said += text) },
    err: { write: (text) => (noted += text) },
    env: { RASOAT_LANG: 'en', NO_COLOR: '1', RASOAT_FEEDS: folder.file('no-feeds') },
  });
  return { code, out: said, err: noted };
}
const here = (...args: readonly string[]) => command(...args, '--out', out);

async function scan(): Promise<void> {
  const flags = ['--ports', 'connect', '--port-list', 'declared', '--no-udp', '--no-report', '--json'];
  const { out: said, err } = await here('scan', '--inventory', inventory, ...flags);
  ids.push((JSON.parse(said) as { run: string }).run);
  expect(err).not.toContain('Error');
}

beforeAll(async () => {
  for (const host of hosts) {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write('SSH-2.0-OpenSSH_7.4\r\n');
    });
    server.listen(22, host);
    await once(server, 'listening');
    servers.push(server);
  }
  const systems = hosts.map((host, n) => ({
    id: `he-thong-${n}`,
    level: 3,
    endpoints: [{ kind: 'host', host, services: [{ port: 22 }] }],
  }));
  writeFileSync(inventory, sketchInventory(systems));
  await scan();
  servers[1]?.close();
  await scan();
  const db = new DatabaseSync(join(out, 'rasoat.sqlite'));
  for (const sql of [
    "UPDATE run SET started_at = '2025-05-01T01:00:00.000Z', ended_at = '2025-05-01T02:00:00.000Z' WHERE id = ?",
    "UPDATE observation SET at = '2025-05-01T01:30:00.000Z' WHERE run = ?",
  ])
    db.prepare(sql).run(ids[0] ?? '');
  db.close();
});
afterAll(() => {
  for (const server of servers) server.close();
  folder.remove();
});

const old = () => ids[0] ?? '';

describe('rasoat db prune', () => {
  it('shows what would go; removes when told to; finds nothing more then', async () => {
    const dry = await here('db', 'prune');
    expect(dry.code).toBe(0);
    expect(dry.out).toContain('12 months are kept');
    expect(dry.out).toMatch(/\d+ rows.*of 1 run would go\. Nothing was removed/);
    expect((await here('rejudge', '--run', old(), '--json')).code).not.toBe(2);
    const { going, applied } = JSON.parse((await here('db', 'prune', '--json')).out) as {
      going: { run: string; rows: number; keptRows: number; keptTargets: number }[];
      applied: unknown;
    };
    expect(applied).toBeNull();
    expect(going).toMatchObject([{ run: old(), keptTargets: 1 }]);
    expect(going[0]?.keptRows).toBeGreaterThan(0);
    const done = await here('db', 'prune', '--apply');
    expect(done.out).toMatch(/\d+ rows of 1 run were removed; the store went from/);
    expect((await here('db', 'prune', '--apply')).out).toContain('Nothing is to be removed.');
  });

  it('refuses a time that is none, or shorter than a text asks for', async () => {
    expect((await here('db', 'prune', '--keep-months', 'x')).code).toBe(2);
    const { code, err } = await here('db', 'prune', '--keep-months', '2');
    expect(code).toBe(2);
    expect(err).toContain('TCVN 14423:2026, 5.8.2.1 a');
  });
});

describe('a pruned run', () => {
  const said =
    /raw observations of (?:this run|run \S+|1 run \(up to run \S+\)) were removed on \d\d\/\d\d\/\d{4}, by the rule that 12 months/i;

  it('is judged from nothing by nobody', async () => {
    for (const args of [
      ['rejudge', '--run', old()],
      ['rejudge', '--run', old(), '--regime', 'nd-85'],
    ]) {
      const { code, err } = await here(...args);
      expect([code, args]).toEqual([2, args]);
      expect(err).toContain('cannot be judged again');
    }
  });

  it.each([
    ['findings', '--run'],
    ['layers', '--run'],
    ['level', 'audit', '--run'],
    ['runs', 'show'],
    ['evidence', 'export'],
    ['export', '--format', 'csv', '--of', 'findings', '--run'],
  ])('%s %s still answers, and says so', async (...args) => {
    const pack = args[0] === 'evidence' ? ['--to', folder.file('pack.zip')] : [];
    const { code, err, out: answered } = await here(...args, old(), ...pack);
    expect([0, 1, 3]).toContain(code);
    expect(err).toMatch(said);
    expect(answered).not.toBe('');
  });

  it('differs from a later one as it was judged, trends and has a whole history', async () => {
    const diff = await here('diff', ...ids);
    expect(diff.code).toBe(0);
    expect(diff.err).toMatch(said);
    const trend = await here('trend');
    expect(trend.err).toMatch(said);
    const verify = await here('history', 'verify', '--json');
    expect(verify.code).toBe(0);
    expect(JSON.parse(verify.out)).toMatchObject({ whole: true, pruned: [{ run: old(), months: 12 }] });
    expect((await here('history', 'verify')).err).toMatch(said);
    expect((await here('findings')).err).not.toMatch(said);
  });

  it('says so in a pack that verifies', async () => {
    const { code, out: answered } = await command('evidence', 'verify', folder.file('pack.zip'), '--json');
    expect([0, answered]).toEqual([code, answered]);
    const to = folder.file('pack');
    await here('evidence', 'export', old(), '--to', to);
    const records = readFileSync(join(to, 'records.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string; body: { pruned?: unknown } });
    expect(records.find(({ kind }) => kind === 'run')?.body.pruned).toMatchObject({ months: 12 });
    // What the open finding of the service that left was last seen by.
    expect(JSON.stringify(records.filter(({ kind }) => kind === 'observation'))).toContain(hosts[1]);
  });

  it('says so in every form for programs', async () => {
    const asJson = JSON.parse((await here('export', '--format', 'json', '--run', old())).out) as {
      run: { rawRemoved: unknown };
    };
    expect(asJson.run.rawRemoved).toMatchObject({ months: 12 });
    for (const [format, part] of [
      ['sarif', '"rawRemoved"'],
      ['oscal', 'raw-removed'],
      ['junit', 'raw_removed'],
      ['prometheus', 'rasoat_run_raw_removed_timestamp_seconds'],
    ] as const) {
      expect((await here('export', '--format', format, '--run', old())).out).toContain(part);
      expect((await here('export', '--format', format)).out).not.toContain(part);
    }
  });

  it('says so on every page', async () => {
    const to = folder.file('report');
    await here('report', '--run', old(), '--to', to);
    const pages = readdirSync(to, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));
    expect(pages.length).toBeGreaterThan(8);
    for (const page of pages)
      expect([
        page,
        readFileSync(join(to, page), 'utf8').includes(
          page.includes('en/') || page.startsWith('en') ? 'were removed on' : 'đã được xóa ngày',
        ) || readFileSync(join(to, page), 'utf8').includes('http-equiv="refresh"'),
      ]).toEqual([page, true]);
  });
});
