import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { reportSchema, type ReportDocument } from '../../src/report/machine/json-schema.ts';
import { oscalSchema } from '../report/machine/oscal-schema.ts';
import { rasoat, rasoatHere, scratch, type CommandResult } from './cli.ts';
import { sketchInventory } from './inventory.ts';

// A real server, scanned once with every check and every text of law; then each form of that run.
const [address, port] = ['127.75.1.1', 8075];
const server: Server = createServer((_request, response) => {
  response.setHeader('server', 'nginx/1.18.0').setHeader('content-type', 'text/html').end('<title>x</title>');
});
const here = scratch();
const out = here.file('out');
const inventory = here.file('tinh.yaml');

/** A command in this process, in Vietnamese. */
async function ask(...args: readonly string[]): Promise<CommandResult> {
  let told = '';
  let err = '';
  const code = await runProgram(['export', '--out', out, ...args], {
    out: { write: (text: string) => (told += text) },
    err: { write: (text: string) => (err += text) },
    env: { NO_COLOR: '1' },
  });
  return { code, out: told, err };
}

async function formOf(format: string, ...more: readonly string[]): Promise<string> {
  const { code, out: text, err } = await ask('--format', format, ...more);
  expect(code, err).toBe(0);
  return text;
}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  writeFileSync(
    inventory,
    sketchInventory([
      { id: 'cong', level: 2, endpoints: [{ kind: 'web', url: `http://${address}:${String(port)}/` }] },
      { id: 'vang', level: 1, endpoints: [{ kind: 'web', url: `http://${address}:8076/` }] },
    ]),
  );
  const { code, err } = await rasoat([
    'scan',
    '--inventory',
    inventory,
    '--out',
    out,
    '--no-report',
    '--ports',
    'connect',
    '--no-udp',
  ]);
  expect(code, err).toBe(1);
  document = JSON.parse(await formOf('json')) as ReportDocument;
});
let document: ReportDocument;
afterAll(() => {
  server.close();
  server.closeAllConnections();
  here.remove();
});

describe('rasoat export of a real run', () => {
  it('gives the JSON document of the published schema, counting what `findings` counts', async () => {
    const valid = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(reportSchema);
    expect(valid(document) || valid.errors?.slice(0, 3)).toBe(true);
    const { out: text } = await rasoatHere(['findings', '--json', '--out', out]);
    const published = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly setAside: unknown })
      .map(({ setAside: _setAside, ...finding }) => finding);
    const bare = document.findings.map(({ place: _place, life: _life, aside: _aside, ...finding }) => finding);
    expect(bare).toEqual(published);
    expect(document.findings.filter(({ outcome, life }) => outcome === 'fail' && life === null)).toEqual([]);
    expect(document.systems.map(({ id }) => id)).toEqual(['cong', 'vang']);
  });

  it('gives OSCAL, SARIF, JUnit and Prometheus text of the same findings', async () => {
    const { findings } = document;
    const oscal: unknown = JSON.parse(await formOf('oscal'));
    const valid = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(oscalSchema);
    expect(valid(oscal) || valid.errors?.slice(0, 3)).toBe(true);
    const sarif = JSON.parse(await formOf('sarif')) as { readonly runs: readonly { readonly results: unknown[] }[] };
    expect(sarif.runs[0]?.results).toHaveLength(findings.length);
    expect((await formOf('junit')).match(/<testcase /g)).toHaveLength(findings.length);
    expect(await formOf('prometheus')).toContain('rasoat_system_verdict{system="cong",verdict="not-met"} 1\n');
  });

  it('gives a table as CSV, in the language asked for', async () => {
    const read = async (...args: readonly string[]): Promise<Record<string, string>[]> =>
      parse(await formOf('csv', ...args), { bom: true, columns: true });
    expect((await read('--of', 'systems'))[0]).toMatchObject({ system: 'cong', verdict_word: 'Không đáp ứng' });
    expect((await read('--lang', 'en'))[0]).toMatchObject({ system: 'cong', system_name: 'Hệ thống cong' });
  });

  it('writes a file for its owner only, the same as printed, and a workbook', async () => {
    const file = here.file('r.json');
    const told = await ask('--format', 'json', '--to', file, '--json');
    expect(told.code).toBe(0);
    expect(JSON.parse(told.out)).toMatchObject({ format: 'json', file, bytes: statSync(file).size });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(document);
    const book = here.file('r.xlsx');
    expect((await ask('--format', 'xlsx', '--to', book, '--owner', 'so-a')).code).toBe(0);
    expect(readFileSync(book).subarray(0, 2).toString()).toBe('PK');
  });

  it('refuses what is no good, in one sentence, and writes nothing', async () => {
    const file = here.file('no.json');
    const refused = [
      await ask('--format', 'json', '--owner', 'khong-co', '--to', file),
      await ask('--format', 'xlsx'),
      await ask('--format', 'json', '--of', 'systems', '--to', file),
      await ask('--format', 'pdf', '--to', file),
      await ask('--format', 'json', '--run', 'khong-co', '--to', file),
      await ask('--to', file),
    ];
    expect(refused.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2, 2]);
    expect(refused[0]?.err).toContain('Danh mục không có cơ quan khong-co.');
    expect(refused[1]?.err).toContain('--to');
    expect(existsSync(file)).toBe(false);
  });
});
