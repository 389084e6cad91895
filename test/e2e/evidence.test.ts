import { createHash } from 'node:crypto';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { runProgram } from '../../src/cli/program.ts';
import { canonicalJson } from '../../src/model/canonical.ts';
import { startNginx, type WebDaemon } from '../servers/web-daemon.ts';
import { rasoat, scratch, startRasoat, type CommandResult } from './cli.ts';
import { sketchInventory } from './inventory.ts';

const [hostA, hostB] = ['127.76.3.1', '127.76.3.2'];
const here = scratch();
const out = here.file('out');
let daemon: WebDaemon | undefined;
let scanned: CommandResult;

type Loose = Record<string, unknown>;
type Line = {
  readonly kind: string;
  readonly body: Loose;
  readonly n: number;
};
const linesOf = (pack: string) =>
  readFileSync(join(pack, 'records.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
const manifestOf = (pack: string) => JSON.parse(readFileSync(join(pack, 'manifest.json'), 'utf8')) as Loose;
const bodiesOf = (lines: readonly Line[], kind: string) =>
  lines.filter((one) => one.kind === kind).map(({ body }) => body);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A command in this process: starting each anew would take longer than all of them. */
async function ask(...args: readonly string[]): Promise<CommandResult> {
  let told = '';
  let err = '';
  const code = await runProgram(args, {
    out: { write: (text: string) => (told += text) },
    err: { write: (text: string) => (err += text) },
    env: { RASOAT_LANG: 'en', NO_COLOR: '1' },
  });
  return { code, out: told, err };
}
const exported = (to: string, ...more: readonly string[]) =>
  ask('evidence', 'export', '--out', out, '--to', here.file(to), ...more);

/** The verifier that lies in a pack, run as an auditor would: by whatever Node is installed. */
const standAlone = (pack: string, ...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync('node', ['verify-evidence.mjs', ...args], { cwd: here.file(pack) });
  return { status, out: stdout.toString(), err: stderr.toString() };
};

beforeAll(async () => {
  daemon = await startNginx(
    `server { listen ${hostA}:8080; add_header Set-Cookie "sid=abc123def456; Path=/";
       location = /in { default_type text/html; return 200 '<title>A</title>'; }
       location / { return 302 /in?access_token=geheim1234; } }
     server { listen ${hostB}:8080; default_type text/html; return 200 '<title>B</title>'; }`,
    { host: hostA, port: 8080 },
  );
  const inventory = parse(
    sketchInventory([
      { id: 'cong-a', level: 2, endpoints: [{ kind: 'web', url: `http://${hostA}:8080/` }] },
      { id: 'cong-b', level: 2, endpoints: [{ kind: 'web', url: `http://${hostB}:8080/` }] },
    ]),
  ) as { organisations: Loose[]; systems: Loose[]; authorisations: Loose[] };
  const contact = { name: 'Hoàng Văn Bí', phone: '0999 000 111' };
  inventory.organisations.push({ id: 'so-b', name: 'Sở B', headPosition: 'Giám đốc', contact });
  Object.assign(inventory.systems[1] ?? {}, { owner: 'so-b', operator: 'so-b' });
  Object.assign(inventory.authorisations[0] ?? {}, { scope: { networks: [`${hostA}/32`, `${hostB}/32`] } });
  writeFileSync(here.file('inventory.yaml'), stringify(inventory));
  const speed = ['--no-report', '--ports', 'connect', '--port-list', 'declared', '--no-udp'];
  scanned = await rasoat(['scan', '--inventory', here.file('inventory.yaml'), '--out', out, ...speed]);
  await ask('evidence', 'keygen', here.file('key'));
  await exported('whole', '--sign', here.file('key'));
  await exported('part', '--sign', here.file('key'), '--owner', 'so-b');
});
afterAll(async () => {
  await daemon?.stop();
  here.remove();
});

describe('the evidence pack of a run', () => {
  it('holds every thing of it, and the texts that it was judged by', () => {
    expect(scanned.code, scanned.err).toBe(1);
    const lines = linesOf(here.file('whole'));
    expect(lines.map(({ n }) => n)).toEqual(lines.map((_line, index) => index + 1));
    const counts = Map.groupBy(lines, ({ kind }) => kind);
    for (const kind of ['run', 'system', 'target', 'observation', 'finding', 'assessment', 'history', 'cost'])
      expect(counts.get(kind)?.length ?? 0, kind).toBeGreaterThan(0);
    expect(bodiesOf(lines, 'observation').map(({ target }) => String(target))).toEqual(
      expect.arrayContaining([expect.stringContaining(hostA), expect.stringContaining(hostB)]),
    );
    const manifest = manifestOf(here.file('whole'));
    for (const [kind, hash] of [
      ['check', 'checksHash'],
      ['framework', 'frameworksHash'],
    ] as const)
      expect(sha256(canonicalJson(bodiesOf(lines, kind)))).toBe(manifest[hash]);
  });

  it('is for its owner alone', () => {
    expect(statSync(here.file('whole')).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(here.file('whole')))
      expect(statSync(join(here.file('whole'), name)).mode & 0o777, name).toBe(0o600);
    expect(statSync(join(out, '.evidence-salts')).mode & 0o777).toBe(0o700);
  });

  it('lets nobody in: sessions and tokens are masked, and it is said so', () => {
    const text = readFileSync(join(here.file('whole'), 'records.jsonl'), 'utf8');
    expect(text).toContain('access_token=**********');
    for (const word of ['geheim1234', 'abc123def456']) expect(text).not.toContain(word);
    expect(manifestOf(here.file('whole'))['records']).toMatchObject({ masked: expect.any(Number) as number });
  });

  it('is verified by the command, as a folder and as a zip', async () => {
    const key = ['--key', here.file('key.pub')];
    const found = await ask('evidence', 'verify', here.file('whole'), ...key);
    expect(found.out).toMatch(/Whole: [\d,]+ records, none altered/);
    expect(found.out).toContain('Signed by the key given');
    expect(found.out).toContain('No timestamp');
    expect(found.code).toBe(0);
    expect((await exported('pack.zip', '--json')).out).toContain('"publicKey":null');
    expect(statSync(here.file('pack.zip')).mode & 0o777).toBe(0o600);
    const zipped = await ask('evidence', 'verify', here.file('pack.zip'), '--json');
    expect(JSON.parse(zipped.out)).toMatchObject({ whole: true, signedBy: 'nobody', faults: [] });
    expect((await ask('evidence', 'verify', here.file('pack.zip'), ...key)).code).toBe(1);
    execFileSync('python3', ['-m', 'zipfile', '-t', here.file('pack.zip')]);
  });

  it('is verified by the file within, on the Node that is here, and by openssl and sha256sum alone', () => {
    const found = standAlone('whole', '--key', here.file('key.pub'));
    expect(found).toMatchObject({ status: 0, err: '' });
    expect(found.out).toContain('NGUYÊN VẸN / WHOLE');
    const cwd = here.file('whole');
    execFileSync('sha256sum', ['--status', '-c', 'SHA256SUMS'], { cwd });
    const args = [
      '-pubin',
      '-inkey',
      here.file('key.pub'),
      '-rawin',
      '-in',
      'manifest.json',
      '-sigfile',
      'manifest.sig',
    ];
    expect(execFileSync('openssl', ['pkeyutl', '-verify', ...args], { cwd }).toString()).toContain('Success');
    const readme = readFileSync(join(cwd, 'README.txt'), 'utf8');
    expect(readme).toContain(`openssl pkeyutl -verify ${args.join(' ').replace(here.file('key.pub'), 'KEY.pub')}`);
  });

  it('names the first altered record: exit 1; what is no pack: exit 2', async () => {
    await exported('bad', '--sign', here.file('key'));
    const file = join(here.file('bad'), 'records.jsonl');
    const lines = readFileSync(file, 'utf8').split('\n');
    const at = lines.findIndex((line) => line.includes('"outcome":"fail"'));
    lines[at] = (lines[at] ?? '').replace('"outcome":"fail"', '"outcome":"pass"');
    writeFileSync(file, lines.join('\n'));
    const found = await ask('evidence', 'verify', here.file('bad'));
    expect([found.code, found.out.split('\n')[0]]).toEqual([1, `✗ Record ${at + 1} was altered.`]);
    expect((await ask('--lang', 'vi', 'evidence', 'verify', here.file('bad'))).out).toContain(
      `Bản ghi số ${at + 1} đã bị sửa`,
    );
    expect(standAlone('bad')).toMatchObject({ status: 1, out: expect.stringContaining(`record ${at + 1}`) as string });
    for (const pack of [here.path, here.file('key'), here.file('nowhere')])
      expect((await ask('evidence', 'verify', pack)).code, pack).toBe(2);
    for (const args of [['..'], ['--key'], ['--key', 'README.txt'], ['--other'], ['a', 'b']])
      expect(standAlone('whole', ...args).status, args.join(' ')).toBe(2);
  });
});

describe('the pack of one organisation', () => {
  it('is a true part of the whole', async () => {
    const whole = join(here.file('whole'), 'manifest.json');
    expect((await ask('evidence', 'verify', here.file('part'), '--whole', whole)).code).toBe(0);
    expect(standAlone('part', '--whole', whole).status).toBe(0);
    const [part, all] = [manifestOf(here.file('part')), manifestOf(here.file('whole'))] as { tree: { root: string } }[];
    expect(part?.tree.root).toBe(all?.tree.root);
    const known = new Set(linesOf(here.file('whole')).map(({ kind, body }) => canonicalJson({ kind, body })));
    for (const { kind, body } of linesOf(here.file('part')))
      expect(known.has(canonicalJson({ kind, body }))).toBe(true);
  });

  it('holds its own systems whole, and nothing of others', () => {
    const lines = linesOf(here.file('part'));
    for (const kind of ['system', 'observation', 'finding', 'assessment', 'history', 'cost'])
      expect(bodiesOf(lines, kind).length, kind).toBeGreaterThan(0);
    const all = readdirSync(here.file('part')).map((name) => readFileSync(join(here.file('part'), name), 'utf8'));
    for (const sign of ['cong-a', hostA, 'so-a', 'Sở A']) expect(all.join('').includes(sign), sign).toBe(false);
    expect(all.join('')).toContain('Hoàng Văn Bí');
  });
});

describe('asked wrongly', () => {
  it('says what is wrong, exits 2 and writes nothing', async () => {
    const cases: readonly (readonly [string, string, ...string[]])[] = [
      ['no organisation', 'x', '--owner', 'so-z'],
      ['there is no run', 'x', 'no-run'],
      ['Not an Ed25519 key|cannot be read', 'x', '--sign', here.file('inventory.yaml')],
      ['never written over', 'whole'],
      ['There is no folder', 'no/where'],
      ['No age key', 'x', '--encrypt-to', here.file('inventory.yaml')],
      [
        'root certificates cannot be read',
        'x',
        '--timestamp',
        'http://127.76.3.1:9/',
        '--timestamp-ca',
        here.file('no'),
      ],
    ];
    for (const [words, to, ...args] of cases) {
      const found = await exported(to, ...args);
      expect([found.code, found.out], words).toEqual([2, '']);
      expect(found.err.toLowerCase()).toMatch(new RegExp(words.toLowerCase().replace('there is no run', 'no-run')));
    }
    expect(existsSync(here.file('x'))).toBe(false);
  });
});

describe('an export that is killed', () => {
  it('leaves one file for its owner alone, which the next one removes', async () => {
    // A timestamp server that never answers holds the export when all records are written.
    const server = createServer(() => undefined);
    const asked = new Promise((resolve) => server.once('request', resolve));
    await new Promise<void>((resolve) => server.listen(3180, '127.76.3.3', resolve));
    const args = ['--out', out, '--to', here.file('killed.zip'), '--timestamp', 'http://127.76.3.3:3180/'];
    const { child, ended } = startRasoat(['evidence', 'export', ...args]);
    await asked;
    child.kill('SIGKILL');
    await ended;
    server.closeAllConnections();
    server.close();
    const left = () => readdirSync(here.path).filter((name) => name.includes('killed'));
    expect(left()).toHaveLength(1);
    expect(statSync(here.file(left()[0] ?? '')).mode & 0o777).toBe(0o600);
    expect((await exported('killed.zip')).code).toBe(0);
    expect(left()).toEqual(['killed.zip']);
  });
});
