import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rasoat, rasoatHere as ask, scratch } from './cli.ts';
import { sketchInventory } from './inventory.ts';

// A real server that changes between four scans: first without nosniff, then with it, then gone from its port.
const [address, port] = ['127.67.1.1', 8087];
const url = `http://${address}:${port}/`;
let nosniff = false;
const server: Server = createServer((_request, response) => {
  if (nosniff) response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('server', 'own/1.0').setHeader('content-type', 'text/html').end('<title>x</title>');
});
const here = scratch();
const out = here.file('out');
const inventory = here.file('tinh.yaml');
const runs: string[] = [];

/** A check of the user's own: the Server header is none of these. */
function writeCheck(folder: string, id: string, refused: readonly string[], replaces?: string): string {
  const path = here.file(folder);
  mkdirSync(path);
  const words = { vi: `Nội dung ${id}`, en: `Own ${id}` };
  const server = {
    type: ['object', 'null'],
    required: ['value'],
    properties: { value: { type: 'string' } },
    not: { type: 'object', properties: { value: { enum: refused } } },
    because: words,
  };
  const check = {
    id,
    title: words,
    why: words,
    severity: 'medium',
    about: ['web'],
    reads: ['http'],
    rule: {
      type: 'object',
      required: ['http'],
      properties: { http: { type: 'object', required: ['server'], properties: { server } } },
    },
    fix: { any: words },
    change: 'own',
    sources: ['RFC 9110, 10.2.4'],
    since: '0.1.0',
    ...(replaces === undefined ? {} : { replaces: [replaces] }),
    examples: [
      { given: { http: { server: null } }, expect: 'pass' },
      { given: { http: { server: { value: refused[0], version: true } } }, expect: 'fail', evidence: ['/http/server'] },
    ],
  };
  writeFileSync(`${path}/${id}.yaml`, JSON.stringify(check));
  return path;
}

async function scan(checks: string, expected = 1): Promise<void> {
  const args = ['--inventory', inventory, '--out', out, '--no-report', '--ports', 'connect', '--checks', checks];
  const { code, err } = await rasoat(['scan', ...args]);
  expect(code, err).toBe(expected);
  const listed = await ask(['runs', '--out', out]);
  runs.push(listed.out.split(/\s/)[0] ?? '');
}

type Counts = Readonly<Record<string, number>>;
const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);

async function tracked(check: string): Promise<Readonly<Record<string, unknown>>> {
  const { out: text, code, err } = await ask(['track', '--json', '--out', out]);
  expect(code, err).toBe(0);
  const found = lines(text).find((one) => one['check'] === check);
  if (found === undefined) throw new Error(`${check} is not tracked: ${text}`);
  return found;
}

const marks = (finding: Readonly<Record<string, unknown>>) =>
  (finding['strip'] as readonly { readonly mark: string }[]).map(({ mark }) => mark);

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  writeFileSync(inventory, sketchInventory([{ id: 'a', endpoints: [{ kind: 'web', url }] }]));
  const first = writeCheck('checks-1', 'own-server', ['other/1.0']);
  const second = writeCheck('checks-2', 'own-server-second', ['own/1.0'], 'own-server');
  await scan(first);
  nosniff = true;
  await scan(second);
  await scan(second);
  server.close();
  server.closeAllConnections();
  // Nothing at all was seen.
  await scan(second, 3);
}, 600_000);
afterAll(() => {
  server.close();
  here.remove();
});

const diff = async (from: number, to: number) => {
  const { code, out: text, err } = await ask(['diff', runs[from] ?? '', runs[to] ?? '', '--json', '--out', out]);
  expect(code, err).toBe(0);
  return lines(text);
};

describe('life of findings over real scans', () => {
  it('tells a change of the world from a change of the checks', async () => {
    const found = await diff(0, 1);
    expect(found.find(({ check }) => check === 'content-type-options')).toMatchObject({
      what: 'fixed',
      because: ['world'],
      before: 'fail',
      after: 'pass',
    });
    expect(found.find(({ check }) => check === 'own-server-second')).toMatchObject({
      what: 'new',
      because: ['checks'],
      before: 'pass',
      after: 'fail',
      was: { check: 'own-server' },
    });
  });

  it('finds no difference where nothing changed', async () => {
    expect(await diff(1, 2)).toEqual([]);
  });

  it('says why it no longer sees', async () => {
    const found = (await diff(2, 3)).filter(({ what }) => what === 'not-observed');
    expect(found.length).toBeGreaterThan(3);
    expect(found.find(({ check }) => check === 'content-type-options')).toMatchObject({
      why: 'refused',
      after: 'not-observed',
    });
  });

  it('shows a trend in which neither a changed check nor a blind run looks like the world', async () => {
    const { out: text, code, err } = await ask(['trend', '--json', '--out', out]);
    expect(code, err).toBe(0);
    const points = lines(text);
    expect(points.map(({ run }) => run)).toEqual(runs);
    expect(points.map(({ checksChanged, toldApart }) => [checksChanged, toldApart])).toEqual([
      [false, true],
      [true, true],
      [false, true],
      [false, true],
    ]);
    const [, second, third, blind] = points as {
      toMend: Counts;
      unseen: Counts;
      coverage: Counts;
      [key: string]: unknown;
    }[];
    // own-server-second fails by our new check alone; content-type-options was really mended.
    expect([second?.['raised'], third?.['raised'], third?.['byReading']]).toEqual([
      0,
      1,
      expect.objectContaining({ medium: 1 }),
    ]);
    expect(blind?.toMend).toEqual(third?.toMend);
    const unseen = Object.values(blind?.unseen ?? {}).reduce((all, one) => all + one, 0);
    expect(unseen + 1).toBe(blind?.toMend['total']);
    expect(blind?.coverage['seen']).toBeLessThan((third?.coverage['seen'] ?? 0) / 2);

    expect(lines((await ask(['trend', 'a', '--last', '2', '--json', '--out', out])).out)).toMatchObject([
      { subject: 'a', run: runs[2] },
      { subject: 'a', run: runs[3] },
    ]);
    const table = (await ask(['trend', '--out', out])).out;
    for (const words of ['4 runs', '◆', '1 added by it', 'To mend'.toLowerCase()]) expect(table).toContain(words);
    expect((await ask(['trend', 'nobody', '--out', out])).code).toBe(2);
    expect((await ask(['trend', '--zone', 'nowhere', '--out', out])).code).toBe(2);
  });

  it('draws the life on the pages, and an older run as it was then', async () => {
    const draw = async (run: string | undefined, to: string) => {
      const { code, err } = await ask(['report', '--run', run ?? '', '--out', out, '--to', here.file(to)]);
      expect(code, err).toBe(0);
      return readFileSync(here.file(`${to}/en/system/a.html`), 'utf8');
    };
    const last = await draw(runs[3], 'last');
    const { finding } = await tracked('content-type-options');
    const life = last.slice(last.indexOf(`id="vong-doi-${String(finding)}"`));
    expect(life.slice(0, life.indexOf('</article>'))).toContain('Fixed, verified');
    expect(/<desc>([^<]*)<\/desc>/.exec(life)?.[1]).toBe('1 Fail, 2 Pass, 1 Not observed');
    expect(last).toContain('not seen again in this run');
    expect(last).toContain('because things got worse');
    expect(readFileSync(here.file('last/index.html'), 'utf8')).toContain('id="dien-bien"');
    const first = await draw(runs[0], 'first');
    expect(first).toContain('One run so far');
    expect(first).not.toContain('vong-doi-');
  });

  it('closes by passes and keeps the strip', async () => {
    const mended = await tracked('content-type-options');
    expect(mended['state']).toBe('fixed-verified');
    expect(marks(mended)).toEqual(['fail', 'pass', 'pass', 'not-observed']);
    const found = await tracked('own-server-second');
    expect(found).toMatchObject({ state: 'open', severity: 'medium', due: { rule: 'convention' }, daysLate: 0 });
    expect(marks(found)).toEqual(['fail', 'fail', 'not-observed']);
  });

  it('records what people say, refuses what cannot be, and shows it all', async () => {
    const id = String((await tracked('own-server-second'))['finding']);
    const set = (...args: string[]) => ask(['track', 'set', id, ...args, '--out', out]);
    expect((await set('in-progress')).err).toContain('--by');
    expect((await set('in-progress', '--by', 'Lò A', '--document', '9/CV')).code).toBe(0);
    const bad = await set('waived', '--by', 'Lò A', '--approved-by', 'lò a', '--reason', 'x', '--document', '1/QĐ');
    expect([bad.code, bad.out]).toEqual([2, '']);
    const waived = [
      '--by',
      'Lò A',
      '--approved-by',
      'Vàng B',
      '--reason',
      'chờ',
      '--document',
      '1/QĐ',
      '--until',
      '2099-01-01',
    ];
    expect((await set('waived', ...waived)).out).toContain('Waived');
    expect((await ask(['track', '--state', 'waived', '--out', out])).out).toContain('until 2099-01-01');
    const later = await ask(['track', '--state', 'waived', '--on', '2099-01-02', '--out', out]);
    expect(later.out).toContain('No such findings');
    expect((await set('open', '--by', 'Vàng B')).out).toContain('In progress');
    const shown = await ask(['history', 'show', id, '--out', out]);
    for (const words of ['9/CV', 'approved by Vàng B', 'In progress → Waived', '▲▲◌'])
      expect(shown.out).toContain(words);
    expect(lines((await ask(['history', 'show', 'a', '--json', '--out', out])).out).length).toBeGreaterThan(10);
  });

  it('assigns the task and shows what is blank', async () => {
    const id = String((await tracked('own-server-second'))['finding']);
    expect((await ask(['track', 'task', id, '--by', 'Lò A', '--product', 'Biên bản', '--out', out])).code).toBe(0);
    const { out: text } = await ask(['track', 'tasks', '--json', '--out', out]);
    expect(lines(text).find(({ change }) => change === 'own')).toMatchObject({
      clear: { product: 'Biên bản', responsibility: 'Giám đốc', person: null },
      blank: ['person', 'authority'],
    });
    expect((await ask(['track', 'tasks', '--out', out])).out).toContain('BLANK');
  });

  it('is whole, and says what was asked wrongly', async () => {
    const whole = await ask(['history', 'verify', '--json', '--out', out]);
    expect(whole.code).toBe(0);
    const { head } = lines(whole.out)[0] as { head: { seq: number; hash: string } };
    expect((await ask(['history', 'verify', '--head', `${head.seq}:${head.hash}`, '--out', out])).code).toBe(0);
    expect((await ask(['history', 'verify', '--head', `${head.seq}:${'0'.repeat(64)}`, '--out', out])).code).toBe(1);
    for (const args of [
      ['history', 'verify', '--head', 'x'],
      ['history', 'show', 'nothing'],
      ['track', 'set', 'ffff', 'open', '--by', 'A'],
      ['track', '--on', '2026-02-30'],
      ['diff', 'x', 'y'],
    ]) {
      expect((await ask([...args, '--out', out])).code, args.join(' ')).toBe(2);
    }
  });
});
