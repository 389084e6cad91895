import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileBehaviours, startHostile, startListener, type HostileName } from '../servers/hostile.ts';
import { findingsOf, rasoat, scratch, startRasoat, type PublishedFinding } from './cli.ts';
import { sketchInventory } from './inventory.ts';

const folder = scratch();
const closers: (() => Promise<void>)[] = [];
const names = Object.keys(hostileBehaviours) as HostileName[];
const banner = '220 \u001b[2J\u001b]0;owned\u0007\u202e<script>alert(1)</script> =cmd|calc!A1 (vsFTPd 3.0.3)\r\n';
let forbiddenHeard: () => number;
let ended: Awaited<ReturnType<typeof rasoat>>;
let seconds = 0;
let peakMegabytes = 0;
let findings: readonly PublishedFinding[] = [];

beforeAll(async () => {
  const forbidden = await startListener('127.0.44.1', undefined, 8080);
  forbiddenHeard = forbidden.calls;
  closers.push(forbidden.close);
  const endpoints: Record<string, unknown>[] = [];
  for (const [index, name] of names.entries()) {
    const address = `127.0.43.${index + 1}`;
    const server = await startHostile({ address, port: 8080, forbiddenOrigin: 'http://127.0.44.1:8080' });
    closers.push(server.close);
    endpoints.push({ kind: 'web', url: `http://${address}:8080/${name}` });
  }
  const garbage = await startListener(
    '127.0.43.200',
    Buffer.from('\u0016\u0003\u0003\u4141 not TLS \u001b[31m'.repeat(2000)),
    8443,
  );
  const mute = await startListener('127.0.43.201', undefined, 8443);
  const talker = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write(banner);
  });
  await new Promise<void>((resolve) => talker.listen(2121, '127.0.43.202', resolve));
  talker.unref();
  closers.push(garbage.close, mute.close);
  endpoints.push(
    { kind: 'web', url: 'https://127.0.43.200:8443/' },
    { kind: 'web', url: 'https://127.0.43.201:8443/' },
    { kind: 'host', host: '127.0.43.202', services: [{ port: 2121, service: 'ftp' }] },
  );
  writeFileSync(
    folder.file('inventory.yaml'),
    sketchInventory([{ id: 'thu-dich', level: 3, endpoints }], {}, { networks: ['127.0.43.0/24'] }),
  );

  const startedAt = performance.now();
  const scan = startRasoat([
    'scan',
    '--inventory',
    folder.file('inventory.yaml'),
    '--out',
    folder.file('out'),
    '--target-deadline',
    '30',
    '--json',
  ]);
  const watch = setInterval(() => {
    peakMegabytes = Math.max(peakMegabytes, residentMegabytes(scan.child.pid));
  }, 100);
  ended = await scan.ended;
  clearInterval(watch);
  seconds = (performance.now() - startedAt) / 1000;
  findings = await findingsOf(folder.file('out'));
});

afterAll(async () => {
  for (const close of closers) await close();
  folder.remove();
});

/** Peak resident memory of the scanner so far: the launcher re-executes nothing on Node 24, so the pid is the scanner's. */
function residentMegabytes(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1] ?? 0) / 1000;
  } catch {
    return 0;
  }
}

describe('a scan of hostile servers', () => {
  it('ends by itself within its deadlines, without a bug', () => {
    expect(ended.err).not.toMatch(/fault of the program/);
    expect([1, 3]).toContain(ended.code);
    // Many of them would talk for ever.
    expect(seconds).toBeLessThan(120);
    expect(findings.filter(({ cause }) => cause?.failure.code === 'bug')).toEqual([]);
  });

  it('answers for every target and keeps its memory', () => {
    expect(new Set(findings.map(({ target }) => target)).size).toBe(names.length + 3);
    // The program, its checks and 60 hostile targets at once; a 10 GB body and a gzip bomb are among them.
    expect(peakMegabytes).toBeGreaterThan(50);
    expect(peakMegabytes).toBeLessThan(500);
  });

  it('follows nothing out of scope', () => {
    expect(forbiddenHeard()).toBe(0);
  });

  it('prints nothing that a terminal would obey', async () => {
    const human = await rasoat(['findings', '--out', folder.file('out'), '--outcome', 'fail', 'pass', 'not-observed']);
    const json = await rasoat(['findings', '--json', '--out', folder.file('out')]);
    for (const text of [human.out, json.out, ended.out, ended.err]) {
      expect(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.exec(text)?.index).toBeUndefined();
    }
    // The words themselves are kept as evidence, made harmless.
    expect(json.out.includes('vsFTPd 3.0.3')).toBe(true);
  });

  it('lets no markup of a target into the report', () => {
    const pages = readdirSync(folder.file('out/report'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.name.endsWith('.html'))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    expect(pages.length).toBeGreaterThan(5);
    const ours = /<script src="(?:\.\.\/)*assets\/(?:index|rasoat)\.js" defer><\/script>/g;
    for (const page of pages.map((each) => each.replace(ours, ''))) {
      expect(page).not.toMatch(/<script|<img|onerror=alert|\u001b|\u202e/);
    }
    expect(pages.join('')).toContain('&lt;script&gt;');
  });
});

describe('a run with a deadline', () => {
  it('ends by it: what was under way timed out, what was waiting was not run, and nothing of either is a verdict', async () => {
    const endpoints = ['a', 'b', 'c'].map((path) => ({ kind: 'web', url: `https://127.0.43.201:8443/${path}` }));
    writeFileSync(folder.file('mute.yaml'), sketchInventory([{ id: 'im-lang', endpoints }]));
    const startedAt = performance.now();
    const out = folder.file('mute');
    const { code } = await rasoat([
      'scan',
      '--inventory',
      folder.file('mute.yaml'),
      '--out',
      out,
      '--run-deadline',
      '5',
      '--no-report',
    ]);
    // Five seconds of it are the scan's: the rest is for a machine that starts and judges slowly beside others. A target has five minutes.
    expect(performance.now() - startedAt).toBeLessThan(60_000);
    expect(code).toBe(3);
    const causes = (await findingsOf(out)).flatMap(({ outcome, cause }) =>
      outcome === 'not-applicable' ? [] : [`${outcome} ${cause?.failure.code ?? ''}`],
    );
    expect(new Set(causes)).toEqual(new Set(['not-observed timeout', 'not-observed not-run']));
    const [run = ''] = (await rasoat(['runs', '--out', out])).out.split(' ');
    const { out: told } = await rasoat(['--lang', 'en', 'runs', 'show', run, '--out', out]);
    expect(told).toMatch(/The deadline of the run came first: \d targets? w/);
    expect(told).not.toContain('window');
  });
});
