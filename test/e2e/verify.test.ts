import { mkdirSync, writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadReportData } from '../../src/pipeline/report-data.ts';
import { openStore } from '../../src/store/store.ts';
import type { Store } from '../../src/store/types.ts';
import { makeCertificates, type LabCertificate } from '../servers/tls-certificates.ts';
import { startNginx, type WebDaemon } from '../servers/web-daemon.ts';
import { rasoatHere, scratch, type CommandResult } from './cli.ts';
import { sketchInventory } from './inventory.ts';

// A real nginx that is mended between the looks, beside one of another system that none of them may touch.
const [own, other, port] = ['127.71.1.1', '127.71.1.2', 8443];
const here = scratch();
const out = here.file('out');
const checks = ['tls-13-offered', 'tls-protocols'] as const;
let rsa: LabCertificate;
let server: WebDaemon | undefined;
let neighbour: WebDaemon | undefined;

const site = (address: string, more: string) =>
  startNginx(
    `ssl_certificate ${rsa.chain}; ssl_certificate_key ${rsa.key}; ssl_ciphers ALL:@SECLEVEL=0;
     server { listen ${address}:${port} ssl; default_type text/html; ${more} return 200 "<title>x</title>"; }`,
    { host: address, port },
  );
const broken = 'ssl_protocols TLSv1 TLSv1.2;';
const mended = 'ssl_protocols TLSv1.2 TLSv1.3;';

async function serve(address: string, more: string): Promise<void> {
  await server?.stop();
  server = await site(address, more);
}

const ask = (...args: string[]) => rasoatHere(args);

type Line = Readonly<Record<string, unknown>>;
const lines = (text: string): readonly Line[] =>
  text
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

async function withStore<T>(use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(`${out}/rasoat.sqlite`);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

type System = Readonly<Record<string, unknown>>;

/** The inventory of both systems, the first of them or the whole of it otherwise than usual. */
function inventory(name: string, more: System = {}, ofOwn: System = {}, until = '2099-12-31'): string {
  const path = here.file(name);
  const host = (name: string, address: string) => ({
    kind: 'host',
    host: name,
    addresses: [address],
    services: [{ port, tls: true }],
  });
  const text = sketchInventory(
    [
      { id: 'cua-ta', endpoints: [host('a.lab.test', own)], level: 3 },
      { id: 'cua-ho', endpoints: [host('b.lab.test', other)] },
    ],
    { until },
  );
  const whole = parse(text) as { readonly systems: readonly System[] };
  const systems = whole.systems.map((system, index) => (index === 0 ? { ...system, ...ofOwn } : system));
  writeFileSync(path, stringify({ ...whole, ...more, systems }));
  return path;
}

async function idOf(check: string, system = 'cua-ta'): Promise<string> {
  const { out: text } = await ask('track', '--json', '--out', out);
  const found = lines(text).find((one) => one['check'] === check && one['system'] === system);
  if (found === undefined) throw new Error(`${check} is not tracked`);
  return String(found['finding']);
}

async function verify(...args: string[]): Promise<CommandResult & { readonly results: readonly Line[] }> {
  const result = await ask('verify', ...args, '--json', '--out', out);
  return { ...result, results: lines(result.out) };
}

const marksOf = async (check: string, system?: string): Promise<readonly string[]> => {
  const id = await idOf(check, system);
  const seen = await withStore((store) => store.track.sightingsOf([id]));
  return seen.map(({ mark }) => mark);
};

let first = '';
let plain = '';

beforeAll(async () => {
  mkdirSync(here.file('certificates'));
  ({ rsa } = await makeCertificates(here.file('certificates')));
  await serve(own, broken);
  neighbour = await site(other, broken);
  plain = inventory('tinh.yaml');
  const scanned = await ask('scan', '--inventory', plain, '--out', out, '--no-report', '--ports', 'connect', '--json');
  expect(scanned.code, scanned.err).toBe(1);
  first = String(lines(scanned.out)[0]?.['run']);
});
afterAll(async () => {
  await server?.stop();
  await neighbour?.stop();
  here.remove();
});

describe('rasoat verify', () => {
  it('refutes a claim of a fix, and takes one morning for one night', async () => {
    const id = await idOf('tls-13-offered');
    expect((await ask('track', 'set', id, 'claimed-fixed', '--by', 'Lò A', '--out', out)).code).toBe(0);
    const { code, err, results } = await verify(id);
    expect(code, err).toBe(1);
    expect(results).toMatchObject([
      {
        finding: id,
        system: 'cua-ta',
        check: 'tls-13-offered',
        result: 'not-fixed',
        outcome: 'fail',
        cause: null,
      },
    ]);
    expect(results[0]?.['evidence']).not.toEqual([]);
    // Seen twice within a minute: nobody is alarmed yet.
    expect(results[0]?.['state']).toBe('new');
    expect(await marksOf('tls-13-offered')).toEqual(['fail', 'fail']);
    const shown = await ask('history', 'show', id, '--out', out);
    expect(shown.out).toContain('Claimed fixed, not verified → New (a later observation still fails)');
  });

  it('looks at what is needed and at nothing else', async () => {
    await serve(own, mended);
    const id = await idOf('tls-13-offered');
    const { code, err, results } = await verify(id);
    expect(code, err).toBe(0);
    const [only] = results;
    expect(only).toMatchObject({
      result: 'fixed',
      outcome: 'pass',
      state: 'new',
      evidence: [],
      proof: { passes: 1, needed: 2, counted: true },
      cost: [{ address: own }],
    });
    await withStore(async (store) => {
      const run = String(only?.['run']);
      const seen = await store.observations(run);
      expect(seen.map(({ kind }) => kind)).toEqual(['tls']);
      expect((await store.costs(run)).map(({ address }) => address)).toEqual([own]);
      const { id: judgement } = await store.judgement(run);
      expect((await store.findings(judgement)).map(({ check }) => check)).toEqual(['tls-13-offered']);
      expect(await store.assessments(judgement)).toEqual([]);
    });
    // Nothing is said of what was not looked at, neither here nor elsewhere.
    expect(await marksOf('tls-protocols')).toEqual(['fail']);
    expect(await marksOf('tls-13-offered', 'cua-ho')).toEqual(['fail']);
  });

  it('does not take two looks for two nights', async () => {
    const id = await idOf('tls-13-offered');
    const again = await ask('verify', id, '--out', out);
    expect(again.code, again.err).toBe(0);
    expect(again.out).toContain('too soon after the last pass');
    expect(again.out).toContain('still 1 of 2 sightings needed');
    expect(again.out).toMatch(new RegExp(`${own.replaceAll('.', '\\.')}: \\d+ connections`));
  });

  it('verifies what is open of a whole system, by the numbers that the province sets', async () => {
    const before = await withStore((store) => store.track.lives());
    const open = before.filter(({ system }) => system === 'cua-ta');
    const eager = inventory('eager.yaml', { conventions: { sightings: { apartHours: 0 } } });
    const { code, results } = await verify('cua-ta', '--inventory', eager);
    expect(code).toBe(1);
    expect(results.map((one) => one['finding']).sort()).toEqual(open.map(({ id }) => id).sort());
    const of = (check: string) => results.find((one) => one['check'] === check);
    expect(of('tls-protocols')).toMatchObject({ result: 'fixed', outcome: 'pass', proof: { passes: 1 } });
    expect(of('tls-13-offered')).toMatchObject({
      result: 'fixed',
      state: 'fixed-verified',
      proof: { passes: 2 },
    });
    expect(await marksOf('tls-protocols', 'cua-ho')).toEqual(['fail']);
  });

  it('could not tell, and says why', async () => {
    await server?.stop();
    server = undefined;
    const id = await idOf('tls-protocols');
    const dark = await verify(id);
    expect(dark.code).toBe(3);
    expect(dark.results).toMatchObject([
      { result: 'could-not-tell', outcome: 'not-observed', cause: { code: 'refused' } },
    ]);
    expect((await marksOf('tls-protocols')).at(-1)).toBe('not-observed');
    // A document that has ended: no packet, and no sighting.
    const marks = await marksOf('tls-protocols');
    const lapsed = await verify(id, '--inventory', inventory('lapsed.yaml', {}, {}, '2026-01-02'));
    expect(lapsed.code).toBe(3);
    expect(lapsed.results).toMatchObject([{ result: 'could-not-tell', cause: { code: 'not-permitted' } }]);
    expect(await marksOf('tls-protocols')).toEqual(marks);
    const costs = await withStore((store) => store.costs(String(lapsed.results[0]?.['run'])));
    expect(costs.map(({ connections, datagrams }) => connections + datagrams)).toEqual([0]);
  });

  it('is a run of its own kind, which nothing takes for a scan', async () => {
    const listed = lines((await ask('runs', '--json', '--out', out)).out);
    expect(listed.filter(({ kind }) => kind === 'scan').map(({ id }) => id)).toEqual([first]);
    const verification = String(listed.find(({ kind }) => kind === 'verification')?.['id']);
    for (const args of [
      ['report', '--run', verification, '--to', here.file('none')],
      ['layers', '--run', verification],
      ['tasks', '--run', verification],
      ['rejudge', '--run', verification],
      ['diff', first, verification],
      ['scan', '--resume', verification],
    ]) {
      const refused = await ask(...args, '--out', out);
      expect(refused.code, args.join(' ')).toBe(2);
    }
    expect(lines((await ask('findings', '--json', '--run', verification, '--out', out)).out)).toHaveLength(1);
    // Without a run named, the scan is meant, and it saw both systems.
    const newest = lines((await ask('findings', '--json', '--out', out)).out);
    expect(new Set(newest.map(({ run }) => run))).toEqual(new Set([first]));
    await withStore(async (store) => {
      const looks = await store.scanLooks('2999-01-01T00:00:00.000Z');
      expect(new Set(looks.map(({ run }) => run))).toEqual(new Set([first]));
      const end = (await store.run(first))?.endedAt ?? '';
      expect([...(await store.lastSeen('2999-01-01T00:00:00.000Z')).values()].every((at) => at <= end)).toBe(true);
    });
  });

  it('says what was asked wrongly, and sends nothing', async () => {
    const secret = inventory('secret.yaml', {}, { excluded: 'quan-su' });
    const before = (await withStore((store) => store.verifications())).length;
    const id = await idOf('tls-protocols');
    for (const args of [
      ['ffff'],
      ['khong-co'],
      [id, '--zone', 'khong-co'],
      ['cua-ta', '--inventory', secret],
      [id, '--inventory', secret],
    ]) {
      const { code, out: text, err } = await ask('verify', ...args, '--out', out);
      expect([code, text], args.join(' ')).toEqual([2, '']);
      expect(err).not.toContain(own);
    }
    expect((await ask('verify', id, '--out', here.file('none'))).code).toBe(2);
    expect(await withStore((store) => store.verifications())).toHaveLength(before);
  });
});

describe('a scan after it', () => {
  const aside = ['--by', 'Lò A', '--approved-by', 'Vàng B', '--reason', 'chờ thay máy chủ', '--document', '1/QĐ'];
  let second = '';

  beforeAll(async () => {
    for (const [check, state] of [
      ['tls-13-offered', 'waived'],
      ['tls-protocols', 'false-positive'],
    ] as const) {
      const set = await ask('track', 'set', await idOf(check, 'cua-ho'), state, ...aside, '--out', out);
      expect(set.code, set.err).toBe(0);
    }
    expect((await ask('history', 'show', 'cua-ta', '--out', out)).code).toBe(0);
    const secret = inventory('mat.yaml', {}, { stateSecret: true });
    const scanned = await ask(
      'scan',
      '--inventory',
      secret,
      '--out',
      out,
      '--no-report',
      '--ports',
      'connect',
      '--json',
    );
    second = String(lines(scanned.out)[0]?.['run']);
  });

  it('is assessed and listed by what is set aside, for the evidence it was given for', async () => {
    const listed = lines((await ask('findings', '--json', '--out', out)).out);
    const set = listed.filter((one) => one['setAside'] !== null).map(({ check, setAside }) => [check, setAside]);
    expect(set).toMatchObject([
      ['tls-13-offered', { as: 'waived', reason: 'chờ thay máy chủ' }],
      ['tls-protocols', { as: 'false-positive' }],
    ]);
    const words = 'Of the failing: 1 waived, 1 set aside as false positives';
    expect((await ask('findings', '--out', out)).out).toContain(words);
    const read = () =>
      withStore(async (store) => {
        const run = await store.run(second);
        if (run === undefined) throw new Error(second);
        const { assessments, asides } = await loadReportData(store, run);
        return { assessments: assessments.filter(({ system }) => system === 'cua-ho'), asides };
      });
    const was = await read();
    const checksOf = (key: 'waived' | 'falsePositives') =>
      new Set(was.assessments.flatMap((one) => one[key] ?? []).map(({ check }) => check));
    expect([checksOf('waived'), checksOf('falsePositives')]).toEqual(checks.map((check) => new Set([check])));
    // Taken back later: the old run says the same as before, and judged again too.
    for (const check of checks) {
      await ask('track', 'set', await idOf(check, 'cua-ho'), 'open', '--by', 'Lò A', '--out', out);
    }
    expect(await read()).toEqual(was);
    expect((await ask('rejudge', '--json', '--run', second, '--out', out)).out).toBe('');
  });

  it('lists no host of a system that may not be looked at any more, and the history is whole', async () => {
    const told = await ask('diff', first, second, '--out', out);
    expect(told.code, told.err).toBe(0);
    expect(told.out).not.toContain('cua-ta');
    const shown = await ask('history', 'show', 'cua-ta', '--out', out);
    expect([shown.code, shown.out]).toEqual([2, '']);
    expect(shown.err).not.toContain(own);
    expect((await ask('history', 'verify', '--out', out)).code).toBe(0);
  });
});
