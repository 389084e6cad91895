import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runNginx } from '../servers/nginx.ts';
import type { RunningServer } from '../servers/process.ts';
import { findingsOf, rasoat, rasoatHere, scratch } from './cli.ts';
import { sketchInventory } from './inventory.ts';

// nginx's access log stands for the monitoring centre: what it wrote is what a centre would have seen.
const folder = scratch();
const out = folder.file('out');
const log = folder.file('nginx/access.log');
let nginx: RunningServer;

const web = (address: string) => ({ kind: 'web', url: `http://${address}:8080/` });
const systems = [
  { id: 'co-giam-sat', level: 3, endpoints: [web('127.64.1.1')] },
  { id: 'khong-giam-sat', level: 3, endpoints: [web('127.64.1.2')] },
  { id: 'hai-dia-chi', endpoints: [web('127.64.1.3'), web('127.64.1.4')] },
  { id: 'tat-may', endpoints: [web('127.64.1.9')] },
];

beforeAll(async () => {
  const site = (address: string) =>
    `server { listen ${address}:8080; access_log ${log} centre; return 200 "xin chao ${address}"; }`;
  mkdirSync(folder.file('nginx'), { recursive: true });
  const addresses = ['127.64.1.1', '127.64.1.2', '127.64.1.3', '127.64.1.4'];
  nginx = await runNginx(
    folder.file('nginx'),
    `log_format centre '$time_iso8601|$remote_addr|$server_addr|$request_uri|$http_user_agent';
${addresses.map(site).join('\n')}`,
    addresses.map((host) => ({ host, port: 8080 })),
  );
  writeFileSync(folder.file('inventory.yaml'), sketchInventory(systems));
}, 180_000);
afterAll(async () => {
  await nginx.stop();
  folder.remove();
});

type Logged = { time: string; source: string; server: string; path: string; agent: string };
const logged = (): readonly Logged[] =>
  readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const [time = '', source = '', server = '', path = '', agent = ''] = line.split('|');
      return { time, source, server, path, agent };
    });
const json = (text: string) =>
  text
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const scan = (...more: string[]) =>
  rasoat(['scan', '--inventory', folder.file('inventory.yaml'), '--ports', 'connect', ...more]);
const detection = (...args: string[]) => rasoatHere(['detection', ...args, '--out', out]);

describe('a detection check, from the scan to what the centre noticed', () => {
  let rows: readonly Logged[];

  it('a dry run says how many targets would get a marked request; a usual scan sends none', async () => {
    const dry = await scan('--dry-run', '--detection-check', '--out', folder.file('dry'));
    expect(dry.out).toContain('5 web targets would get one marked request');
    const plain = await scan('--dry-run', '--out', folder.file('dry'));
    expect(plain.out).not.toContain('marked');
    await scan('--no-report', '--out', folder.file('plain'));
    expect(logged().filter(({ path, agent }) => /rs-[a-z2-7]{16}/.test(path + agent))).toEqual([]);
    const none = await rasoatHere(['detection', 'show', '--out', folder.file('plain')]);
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('--detection-check')]);
  });

  it('sends each address one GET with a marker of its own in path and User-Agent, and changes no finding', async () => {
    const before = logged().length;
    await scan('--no-report', '--detection-check', '--out', out);
    rows = logged().slice(before);
    const marked = rows.filter(({ path }) => /^\/rs-[a-z2-7]{16}$/.test(path));
    expect(marked.map(({ server }) => server).sort()).toEqual(['127.64.1.1', '127.64.1.2', '127.64.1.3', '127.64.1.4']);
    for (const { path, agent } of marked) expect(agent).toMatch(new RegExp(`^RaSoat/.*; run .*; ${path.slice(1)}\\)$`));
    expect(new Set(marked.map(({ path }) => path)).size).toBe(4);
    // The marker stands in these requests alone.
    expect(rows.filter(({ path, agent }) => /rs-[a-z2-7]{16}/.test(path + agent))).toHaveLength(4);
    expect(
      Math.max(...[...Map.groupBy(rows, ({ server }) => server).values()].map((all) => all.length)),
    ).toBeLessThanOrEqual(40);
    const outcomes = async (place: string) =>
      (await findingsOf(place)).map(({ target, check, outcome }) => `${target} ${check} ${outcome}`);
    expect(await outcomes(out)).toEqual(await outcomes(folder.file('plain')));
  });

  it('lists the markers, and says which were never sent', async () => {
    const { out: text } = await detection('markers', '--json', '--csv', folder.file('markers.csv'));
    const markers = json(text);
    expect(markers.map(({ system, delivery }) => [system, delivery])).toEqual([
      ['co-giam-sat', 'answered'],
      ['khong-giam-sat', 'answered'],
      ['hai-dia-chi', 'answered'],
      ['hai-dia-chi', 'answered'],
      ['tat-may', 'not-sent'],
    ]);
    const sent = rows.filter(({ path }) => path.startsWith('/rs-')).map(({ path }) => path.slice(1));
    expect(markers.filter(({ delivery }) => delivery === 'answered').map(({ marker }) => marker)).toEqual(
      expect.arrayContaining(sent),
    );
    expect(readFileSync(folder.file('markers.csv'), 'utf8').split('\r\n')).toHaveLength(7);
  });

  it('before any return nothing is known: exit 3', async () => {
    const { code, out: text } = await detection('show');
    expect([code, text]).toEqual([3, expect.stringContaining('Nothing returned by a monitoring centre')]);
  });

  it('imports the log of the centre as CSV, refuses what cannot be, and is idempotent', async () => {
    // The centre has the logs of two of the four addresses.
    const seen = rows.filter(({ path, server }) => path.startsWith('/rs-') && /\.[13]$/.test(server));
    const line = (row: Logged, time = row.time, source = row.source) =>
      `${time},${row.path.slice(1)},${source},"nginx, gốc"`;
    const [one] = seen;
    if (one === undefined) throw new Error('nothing was logged');
    const text = [
      'Time,Marker,Source,Centre',
      ...seen.map((row) => line(row)),
      line(one, '2020-01-01T00:00:00+07:00'),
      line(one, '2099-01-01T00:00:00+07:00'),
      line(one, one.time.replace(/(\+..:..|Z)$/, '')),
      line(one, one.time, 'may-chu-1'),
      `${one.time},rs-aaaaaaaaaaaaaaaa,127.0.0.1,`,
      `${one.time},<script>,127.0.0.1,`,
      'chi mot o',
    ].join('\n');
    writeFileSync(folder.file('centre.csv'), text);
    const first = await detection('import', folder.file('centre.csv'), '--json');
    expect(first.code).toBe(1);
    expect(json(first.out)[0]).toMatchObject({
      accepted: 2,
      added: 2,
      refused: 7,
      refusals: [
        { line: 4, reason: 'before-sent' },
        { line: 5, reason: 'in-future' },
        { line: 6, reason: 'time-without-zone' },
        { line: 7, reason: 'not-an-address' },
        { line: 8, reason: 'unknown-marker' },
        { line: 9, reason: 'not-a-marker' },
        { line: 10, reason: 'not-a-row' },
      ],
    });
    const second = await detection('import', folder.file('centre.csv'), '--json');
    expect(json(second.out)[0]).toMatchObject({ accepted: 2, added: 0 });
  });

  it('shows which systems were noticed, how long it took and by whom: exit 1', async () => {
    const { code, out: text } = await detection('show', '--json');
    expect(code).toBe(1);
    const shown = json(text);
    expect(shown.map(({ system, state, coverage }) => [system, state, coverage])).toEqual([
      ['co-giam-sat', 'noticed', { seen: 1, needed: 1 }],
      ['khong-giam-sat', 'not-noticed', { seen: 0, needed: 1 }],
      ['hai-dia-chi', 'partly', { seen: 1, needed: 2 }],
      ['tat-may', 'not-sent', { seen: 0, needed: 0 }],
    ]);
    expect(shown[0]).toMatchObject({ sources: [expect.stringMatching(/^127\./)], centres: ['nginx, gốc'] });
    const [sentAt, seenAt] = [String(shown[0]?.['sentAt']), String(shown[0]?.['seenAt'])];
    const seconds = Math.round(Math.max(0, Date.parse(seenAt) - Date.parse(sentAt)) / 1000);
    expect(shown[0]?.['delaySeconds']).toBe(seconds);
    const words = await detection('show');
    expect(words.out).toContain('1 of 3 systems that a marker reached noticed all of them');
  });

  it('JSON completes it: every system that a marker reached noticed it, exit 0', async () => {
    const rest = rows.filter(({ path, server }) => path.startsWith('/rs-') && /\.[24]$/.test(server));
    writeFileSync(
      folder.file('centre.json'),
      JSON.stringify({ sightings: rest.map(({ time, path, source }) => ({ marker: path.slice(1), time, source })) }),
    );
    const { code } = await detection('import', folder.file('centre.json'), '--centre', 'Trung tâm tỉnh');
    expect(code).toBe(0);
    expect((await detection('show')).code).toBe(0);
  });

  it('stands beside the claims of layers 2 and 4, with its day', async () => {
    const { out: text } = await rasoatHere(['layers', 'co-giam-sat', '--json', '--out', out]);
    const [, two, , four] = json(text);
    expect(two).toMatchObject({ layer: 2, verdict: 'thieu', detection: { state: 'noticed' } });
    expect(four).toMatchObject({ layer: 4, evidence: [{ kind: 'detection', stance: 'beside', claimOn: null }] });
  });

  it('a file that is no table is refused whole, with the line', async () => {
    writeFileSync(folder.file('bad.csv'), 'marker,time,source\n"rs-a,1,2\n');
    const bad = await detection('import', folder.file('bad.csv'));
    expect([bad.code, bad.err]).toEqual([2, expect.stringMatching(/bad\.csv:\d+: error: the CSV is malformed/)]);
    writeFileSync(folder.file('bad.csv'), 'dau,gio\n1,2\n');
    expect((await detection('import', folder.file('bad.csv'))).err).toContain('marker, time');
    writeFileSync(folder.file('bad.json'), '{"sightings":');
    expect((await detection('import', folder.file('bad.json'))).code).toBe(2);
  });
});
