import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { startNginx, type WebDaemon } from '../servers/web-daemon.ts';
import { runProgram } from '../../src/cli/program.ts';
import { rasoat, scratch, type CommandResult } from './cli.ts';
import { sketchInventory } from './inventory.ts';

const folder = scratch();
const host = '127.63.40.1';
let daemon: WebDaemon | undefined;
let scanned: CommandResult;

/** A portal of procedures with accounts, whose title tries to break out of wherever it is shown. */
const portal =
  '<!doctype html><title>Dịch vụ công <b>&lt;img src=x onerror=alert(1)&gt;\u202e</title><form method="post" action="/dang-nhap"><input type="password"></form><form method="post" action="/dang-ky-cong-dan"></form>';
const leaflet = '<!doctype html><title>Giới thiệu</title><p>Thông tin chung</p>';

type Loose = Record<string, unknown>;
const approved = {
  level: 2,
  dossier: 'da-phe-duyet',
  decision: { number: '01/QĐ-VD', date: '2025-03-03' },
  regulation: { number: '01/QC-VD', date: '2025-02-03' },
};
const classifications: Readonly<Record<string, Loose | undefined>> = {
  // Declared as public information only; the page says otherwise.
  cong: {
    ...approved,
    facts: {
      type: 'phuc-vu-nguoi-dan-doanh-nghiep',
      information: ['cong-cong'],
      publicServiceLevel: 2,
      conditionalBusiness: false,
    },
  },
  // The same facts, and a page that has nothing to ask about.
  'gioi-thieu': { ...approved, facts: { type: 'noi-bo', information: ['rieng'] } },
  'thu-tuc': {
    level: 2,
    dossier: 'dang-du-thao',
    facts: { type: 'phuc-vu-nguoi-dan-doanh-nghiep', administrativeProcedures: true },
  },
  'chua-co': undefined,
};

beforeAll(async () => {
  daemon = await startNginx(
    `charset utf-8; server { listen ${host}:8080; default_type text/html; location / { return 200 '${portal}'; } }
     server { listen ${host}:8081; default_type text/html; location / { return 200 '${leaflet}'; } }`,
    { host, port: 8080 },
  );
  const ports: Readonly<Record<string, number>> = { cong: 8080, 'gioi-thieu': 8081 };
  const inventory = parse(
    sketchInventory(
      Object.keys(classifications).map((id) => ({
        id,
        endpoints:
          ports[id] === undefined ? [] : [{ kind: 'web', url: `http://${host}:${ports[id]}/`, addresses: [host] }],
      })),
    ),
  ) as { systems: Loose[]; organisations: Loose[] };
  for (const system of inventory.systems) {
    const classification = classifications[String(system['id'])];
    if (classification !== undefined) system['classification'] = classification;
  }
  for (const organisation of inventory.organisations) organisation['specialisedUnit'] = { organisation: 'so-a' };
  writeFileSync(folder.file('inventory.yaml'), stringify(inventory, { aliasDuplicateObjects: false }));
  scanned = await rasoat(['scan', '--inventory', folder.file('inventory.yaml'), '--out', folder.path]);
});
afterAll(async () => {
  await daemon?.stop();
  folder.remove();
});

/** The program in this process: what is asked of it here needs no process of its own. */
async function level(args: readonly string[]): Promise<CommandResult> {
  let [out, err] = ['', ''];
  const code = await runProgram(args, {
    out: { write: (text) => (out += text) },
    err: { write: (text) => (err += text) },
    env: { RASOAT_LANG: 'en', NO_COLOR: '1', RASOAT_FEEDS: folder.file('no-feeds') },
  });
  return { code, out, err };
}

const lines = (result: CommandResult) =>
  result.out
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Loose);
const file = () => ['--inventory', folder.file('inventory.yaml'), '--on', '2026-11-25'];
const explain = async (...args: readonly string[]) => {
  const result = await level(['level', 'explain', ...args, '--json']);
  expect(result.err).toBe('');
  return lines(result)[0] ?? {};
};

describe('level explain', () => {
  it('tells level, article, limb, authorities and terms from a file alone', async () => {
    expect(await explain('thu-tuc', ...file(), '--lang', 'vi')).toMatchObject({
      system: 'thu-tuc',
      regime: 'nd-331-2026',
      level: 3,
      article: 'Đ13.2.b',
      limb: 'Hệ thống thông tin giải quyết thủ tục hành chính',
      claimed: 2,
      agrees: false,
      appraiser: 'Đơn vị chuyên trách về an ninh mạng của chủ quản hệ thống thông tin',
      approver: 'Chủ quản hệ thống thông tin',
      independence: { article: 'Đ18.4' },
      deadlines: [
        { term: 'reply', days: 5, unit: 'working-days', article: 'Đ23.2', state: 'not-begun' },
        { term: 'appraisal', days: 15, unit: 'working-days', article: 'Đ23.3.a' },
        { term: 'approval', days: 7, unit: 'working-days', article: 'Đ24.2' },
      ],
    });
  });

  it('takes both spellings of a regime, and the law of the day without one', async () => {
    const own = await explain('cong', ...file());
    expect([own['regime'], own['level'], own['article']]).toEqual(['nd-85-2016', 2, 'Đ8.2.a']);
    for (const word of ['nd-331', 'nd-331-2026']) {
      expect(await explain('cong', ...file(), '--regime', word)).toMatchObject({
        regime: 'nd-331-2026',
        article: 'Đ12.2.a',
      });
    }
    for (const word of ['nd-85', 'nd-85-2016']) {
      expect(await explain('thu-tuc', ...file(), '--regime', word)).toMatchObject({ regime: 'nd-85-2016', level: 2 });
    }
  });

  it('refuses a system that is not there with the nearest one, a day and a regime that are none', async () => {
    const unknown = await level(['level', 'explain', 'thu-tucc', ...file()]);
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown.err).toContain('"thu-tuc"');
    expect(
      (await level(['level', 'explain', 'cong', '--inventory', folder.file('inventory.yaml'), '--on', '2026-02-30']))
        .code,
    ).toBe(2);
    expect((await level(['level', 'explain', 'cong', ...file(), '--regime', 'nd-1'])).code).toBe(2);
    expect((await level(['level', 'explain', 'cong', '--out', folder.file('nowhere')])).code).toBe(2);
  });

  it('reads laws and days off of a folder of one’s own', async () => {
    const law = readFileSync('checks/frameworks/levels/nd-331-2026.yaml', 'utf8');
    mkdirSync(folder.file('mine/levels'), { recursive: true });
    const mine = join(folder.file('mine/levels'), 'mine.yaml');
    writeFileSync(
      mine,
      law.replace('{ fact: administrativeProcedures, equals: true }', '{ fact: nationalSystem, equals: true }'),
    );
    const own = ['--frameworks', folder.file('mine')];
    expect(await explain('thu-tuc', ...file(), ...own)).toMatchObject({ level: 2, article: 'Đ12.2.a' });
    writeFileSync(mine, law.replace('fact: nationalDataStore', 'fact: nationalDataStor'));
    const bad = await level(['level', 'explain', 'thu-tuc', ...file(), ...own]);
    expect(bad.code).toBe(2);
    expect(bad.err).toMatch(/mine\.yaml:\d+:\d+: error: .*nationalDataStore/);
  });
});

describe('level audit', () => {
  it('lists every inconsistency, worst first, and ends with 1', async () => {
    const result = await level(['level', 'audit', ...file(), '--json']);
    expect(result).toMatchObject({ code: 1, err: '' });
    expect(lines(result).map(({ system, id, weight }) => [system, id, weight])).toEqual([
      ['thu-tuc', 'below-facts', 'critical'],
      ['chua-co', 'never-classified', 'high'],
    ]);
  });

  it('ends with 0 where there is none', async () => {
    const inventory = parse(readFileSync(folder.file('inventory.yaml'), 'utf8')) as { systems: Loose[] };
    inventory.systems = inventory.systems.filter(({ id }) => id === 'cong' || id === 'gioi-thieu');
    writeFileSync(folder.file('clean.yaml'), stringify(inventory, { aliasDuplicateObjects: false }));
    const result = await level(['level', 'audit', '--inventory', folder.file('clean.yaml')]);
    expect(result).toMatchObject({ code: 0, err: '' });
    expect(result.out).toContain('No inconsistency in 2 systems');
  });
});

describe('a stored run', () => {
  it('puts what was seen against the facts as questions, quoted and harmless', async () => {
    expect(scanned.err).not.toContain('Error');
    const told = await explain('cong', '--out', folder.path);
    const questions = told['questions'] as Loose[];
    expect(questions.map(({ id }) => id).sort()).toEqual([
      'login-on-public',
      'people-undeclared',
      'procedures-undeclared',
    ]);
    for (const question of questions) {
      expect(question['target']).toContain(`http://${host}:8080/`);
      expect(question['at']).toMatch(/^\d{4}-\d{2}-\d{2}T/);
      expect(String(question['quote']).length).toBeLessThanOrEqual(160);
    }
    expect(told).toMatchObject({ level: 2, agrees: true, defects: [] });
    expect(await explain('gioi-thieu', '--out', folder.path)).toMatchObject({ questions: [] });
    const page = await level(['level', 'explain', 'cong', '--out', folder.path]);
    expect(page.out).toContain('Dịch vụ công');
    expect(page.out).not.toContain('\u202e');
  });

  it('counts no question as an inconsistency', async () => {
    const rows = lines(await level(['level', 'audit', '--out', folder.path, '--json']));
    expect(rows.filter(({ what }) => what === 'question')).toHaveLength(3);
    expect(rows.filter(({ what, system }) => what === 'defect' && system === 'cong')).toEqual([]);
  });

  it('shows the level on the system’s page of the report, with the quote escaped', () => {
    const html = readFileSync(join(folder.path, 'report', 'he-thong', 'cong.html'), 'utf8');
    expect(html).toContain('id="cap-do"');
    expect(html).toContain('Đ8.2.a');
    expect(html).toContain('&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;');
    expect(html).not.toContain('<img src=x');
  });

  it('is judged under the other decree: levels, texts that begin and cease to bind, verdicts', async () => {
    const result = await level(['rejudge', '--regime', 'nd-331', '--out', folder.path, '--json']);
    const changes = lines(result);
    expect(new Set(changes.map(({ regime }) => regime))).toEqual(new Set(['nd-331-2026']));
    expect(changes.find(({ what, system }) => what === 'level' && system === 'cong')).toMatchObject({
      before: { level: 2, article: 'Đ8.2.a' },
      after: { level: 2, article: 'Đ12.2.a' },
    });
    const why = (word: string) => changes.filter((change) => change['why'] === word && change['system'] === 'cong');
    expect(new Set(why('ends').map(({ framework }) => framework))).toEqual(new Set(['tt-12-2022']));
    expect(new Set(why('binds').map(({ framework }) => framework))).toEqual(new Set(['tcvn-14423-2026']));
    // Systems that stand under the new decree already do not change.
    expect(changes.filter(({ system }) => system === 'thu-tuc')).toEqual([]);
    const page = await level(['rejudge', '--regime', 'nd-85', '--out', folder.path]);
    expect(page.out).toMatch(/thu-tuc {2}level by the facts {2}Level 3 \(Đ13\.2\.b\) → Level 2/);
  });

  it('is not written over by what is only supposed', async () => {
    const result = await level(['rejudge', '--regime', 'nd-85', '--write', '--out', folder.path]);
    expect(result).toMatchObject({ code: 2, out: '' });
  });
});
