import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { isDay } from '../../src/model/day.ts';
import { parseFramework } from '../../src/assess/parse-framework.ts';
import { readFrameworks } from '../../src/assess/read.ts';
import { reasons, type Standing } from '../../src/model/assessment.ts';
import { evidenceRules, type Obligation } from '../../src/model/framework.ts';
import { packageRoot } from '../../src/model/package-root.ts';
import { languages, type Text } from '../../src/model/text.ts';
import { loadCatalogue } from '../../src/text/catalogue.ts';

const folder = new URL('checks/frameworks/', packageRoot);
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
/** Every folder of checks there is, so that a new one is not forgotten. */
const groups = readdirSync(new URL('checks/', packageRoot), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'frameworks')
  .map(({ name }) => new URL(`checks/${name}/`, packageRoot));
/** Ids of all checks: a check's id is the name of its file. */
const checkIds = groups
  .flatMap((group) => readdirSync(group))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.slice(0, -'.yaml'.length));

const frameworks = await readFrameworks(
  [fileURLToPath(folder)],
  checkIds.map((id) => ({ id })),
);
const obligations = frameworks.flatMap((framework) => framework.obligations);

test('every file is read, and is named for its id', () => {
  expect(frameworks.map(({ id }) => `${id}.yaml`)).toEqual(files.toSorted());
});

test('every check serves an obligation', () => {
  const used = new Set(obligations.flatMap(({ checks }) => checks));
  expect(checkIds.filter((id) => !used.has(id))).toEqual([]);
});

test('what asks for weaknesses to be mended counts every critical and high check, and no lesser one', () => {
  const serious = groups.flatMap((group) =>
    readdirSync(group)
      .filter((name) => /^severity: (critical|high)$/m.test(readFileSync(new URL(name, group), 'utf8')))
      .map((name) => name.slice(0, -'.yaml'.length)),
  );
  for (const id of [
    'lai-chau-2026/lc-vuln-remediate',
    'khoa-hoc-cong-nghe-2026/x3-vuln-periodic',
    'nd-331-2026/vulnerability-follow-up',
  ]) {
    expect(obligations.find((one) => one.id === id)?.checks.toSorted(), id).toEqual(serious.toSorted());
  }
});

/** Letters that Vietnamese has and English has not; names in English texts keep theirs, so the test is one-sided. */
const vietnamese = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/i;

function textsOf(obligation: Obligation): readonly (Text | undefined)[] {
  const deadline = obligation.task?.deadline;
  const { task, title, asks, manual } = obligation;
  return [
    title,
    asks,
    manual,
    task?.owner,
    task?.product,
    deadline !== undefined && 'within' in deadline ? deadline.within : undefined,
    deadline !== undefined && 'trigger' in deadline ? deadline.trigger : undefined,
  ];
}

test('every text speaks both languages, the Vietnamese with its marks and the English without', () => {
  for (const obligation of obligations) {
    for (const text of textsOf(obligation)) {
      if (text === undefined) continue;
      for (const lang of languages) expect(text[lang].trim(), obligation.id).not.toBe('');
      expect(text.vi, obligation.id).toMatch(vietnamese);
      expect(text.vi, obligation.id).not.toBe(text.en);
    }
    // A sentence, not a name: at least half the words without marks.
    const words = obligation.asks.en.split(/\s+/);
    const marked = words.filter((word) => vietnamese.test(word)).length;
    expect(marked / words.length, obligation.asks.en).toBeLessThan(0.2);
  }
});

test('days are days of the calendar and no text is read before it is issued', () => {
  for (const { id, instrument, inForce } of frameworks) {
    for (const day of [instrument.readOn, inForce.from, inForce.to ?? inForce.from]) expect(isDay(day), id).toBe(true);
    expect(inForce.from <= instrument.readOn, id).toBe(true);
    if (instrument.issued !== undefined) expect(instrument.issued <= inForce.from, id).toBe(true);
  }
});

test('nothing from memory reaches a user', () => {
  for (const file of files)
    expect(readFileSync(new URL(file, folder), 'utf8'), file).not.toMatch(/\(K\)|\[CẦN ĐỐI CHIẾU\]/);
});

test('the paraphrased standard says so everywhere, and a level without a clause is not bound', () => {
  const tcvn = frameworks.find(({ id }) => id === 'tcvn-14423-2026');
  const sections = { 1: '3.', 2: '4.', 3: '5.', 4: '6.', 5: '7.' };
  expect(tcvn?.obligations.length).toBeGreaterThan(25);
  for (const { cite, levels, id } of tcvn?.obligations ?? []) {
    expect(cite.certainty, id).toBe('paraphrase');
    for (const [level, clause] of Object.entries(levels ?? {})) {
      const section = sections[Number(level) as 1 | 2 | 3 | 4 | 5];
      for (const one of clause.split(', ').filter((part) => /^\d/.test(part)))
        expect(one.startsWith(section), `${id} ${clause}`).toBe(true);
    }
  }
  const unused = tcvn?.obligations.find(({ id }) => id === 'tcvn-14423-2026/disable-unused');
  expect(unused?.levels?.[1]).toBeUndefined();
  expect(unused?.levels?.[2]).toBe('4.5.2.1 c');
});

test('the four layers carry the words of dispatch 1552 and are proved by no scan', () => {
  const layers = frameworks.find(({ id }) => id === 'bon-lop')?.obligations ?? [];
  expect(layers.map(({ layer, title, proof, claim }) => [layer, title.vi, proof, claim])).toEqual([
    [1, 'Lực lượng tại chỗ', 'claim', 'layers.1'],
    [2, 'Tổ chức hoặc thuê doanh nghiệp giám sát, bảo vệ chuyên nghiệp', 'claim', 'layers.2'],
    [3, 'Tổ chức hoặc thuê doanh nghiệp độc lập kiểm tra, đánh giá định kỳ', 'claim', 'layers.3'],
    [4, 'Kết nối, chia sẻ thông tin với hệ thống giám sát quốc gia', 'claim', 'layers.4'],
  ]);
});

test('directives bind a province, and what asks it as a whole is not asked of a system', () => {
  for (const framework of frameworks) {
    if (framework.kind !== 'directive') continue;
    for (const { id, task, checks } of framework.obligations) {
      expect(task?.province, id).toBeDefined();
      if (task?.provinceWide === true) expect(checks, id).toEqual([]);
    }
  }
});

test('good practice names no clause of Vietnamese law', () => {
  for (const { cite, levels, task } of frameworks.find(({ kind }) => kind === 'good-practice')?.obligations ?? []) {
    expect(cite.instrument).not.toMatch(/NĐ|Luật|TCVN|QCVN|TT \d/);
    expect([levels, task]).toEqual([undefined, undefined]);
  }
});

test('every reason and every standing has its sentence', () => {
  const catalogue = loadCatalogue();
  const states = [
    'pending',
    'on-time',
    'late',
    'done-undated',
    'overdue',
    'no-evidence',
  ] as const satisfies readonly Standing['state'][];
  const keys = [...reasons.map((word) => `because-${word}`), ...states.map((word) => `standing-${word}`)];
  for (const key of keys) {
    for (const lang of languages) expect(catalogue.say(lang, `frameworks.${key}`, { days: 3 })).not.toBe('');
  }
});

/** Beside the repository, or where the developer keeps them. */
const seeds =
  process.env['RASOAT_SEEDS'] === undefined
    ? new URL('../shared/domain/seeds/', packageRoot)
    : pathToFileURL(`${process.env['RASOAT_SEEDS']}/`);
const seedOf: Readonly<Record<string, string>> = {
  'lai-chau-kh-04-2026': '000_f03cf25fa46a6a51.txt',
  'lai-chau-2026': '001_9c03047b3874465f.txt',
  'khoa-hoc-cong-nghe-2026': '003_d69ffb9a2ffbe5f1.txt',
  'lao-cai-2026': '004_3192b51963c31ca1.txt',
};

/** The same text, however its lines were broken or its letters composed. */
function plain(text: string): string {
  return text.normalize('NFC').replaceAll('*', '').replace(/\s+/g, ' ');
}

test.skipIf(!existsSync(seeds))(
  `directives are quoted word for word${existsSync(seeds) ? '' : ' (skipped: the directives are not beside the repository)'}`,
  () => {
    const directives = frameworks.filter(({ kind }) => kind === 'directive');
    expect(directives.map(({ id }) => id).toSorted()).toEqual(Object.keys(seedOf).toSorted());
    for (const { id, obligations: tasks } of directives) {
      const seed = plain(readFileSync(new URL(seedOf[id] ?? '', seeds), 'utf8'));
      for (const { task, id: name } of tasks) {
        if (task === undefined) throw new Error(`${name} has no task`);
        expect(seed, name).toContain(plain(task.quote));
        // What is said of the six "rõ" and of the bodies addressed stands in the text too: nothing is invented.
        for (const stated of Object.values(task.clear ?? {})) expect(seed, name).toContain(plain(stated.vi));
        for (const body of task.addressees?.named ?? []) {
          const names = [body.name.vi, ...(body.also ?? [])].map((one) => plain(one));
          expect(
            names.filter((one) => seed.includes(one)),
            `${name}: ${names.join(', ')}`,
          ).not.toEqual([]);
        }
        const { deadline } = task;
        if (deadline !== undefined && 'within' in deadline && deadline.within.last !== undefined) {
          expect(seed, name).toContain(/Quý (I+V?)\/\d{4}/.exec(deadline.within.vi)?.[0] ?? 'no quarter');
          expect([deadline.within.vi, deadline.within.last], name).toEqual(['Trong Quý II/2026', '2026-06-30']);
        }
        if (deadline === undefined || !('before' in deadline)) continue;
        const [year, month, day] = deadline.before.split('-').map(Number) as [number, number, number];
        const written = [
          `${String(day)}/${String(month)}/${String(year)}`,
          deadline.before.split('-').toReversed().join('/'),
        ];
        const after = seed.slice(seed.indexOf(plain(task.quote))).slice(0, 1500);
        // The day belongs to this task: the first "trước ngày" after the quote.
        const first = /trước ngày (\d+\/\d+\/\d+)/.exec(after)?.[1];
        expect(written, `${name}: ${String(first)}`).toContain(first);
      }
    }
  },
);

const template = readFileSync(new URL('template/directive.yaml', folder), 'utf8');

test('the template of a province is a directive as it stands, with each way to tell, and binds nobody', () => {
  const parsed = parseFramework(template, 'directive.yaml', new Set(checkIds));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { id, kind, obligations: tasks } = parsed.framework;
  expect([id, kind]).toEqual(['ma-tinh-nam', 'directive']);
  expect(new Set(tasks.map(({ task }) => task?.evidence?.rule))).toEqual(new Set(evidenceRules));
  expect(tasks.every(({ task }) => task?.province === 'ma-tinh')).toBe(true);
  // A copy is a file of its own only when the name is changed everywhere.
  const copied = template.replaceAll('ma-tinh-nam', 'dien-bien-2026').replaceAll('ma-tinh', 'dien-bien');
  const own = parseFramework(copied, 'dien-bien-2026.yaml', new Set(checkIds));
  expect(own.ok && own.framework.obligations.every((one) => one.id.startsWith('dien-bien-2026/'))).toBe(true);
  const serious = (name: string, all: readonly Obligation[]) => all.find((one) => one.id === name)?.checks.toSorted();
  expect(serious('ma-tinh-nam/vuln-remediate', tasks)).toEqual(serious('lai-chau-2026/lc-vuln-remediate', obligations));
  expect(serious('ma-tinh-nam/four-layers', tasks)).toEqual(serious('lai-chau-2026/lc-4lop', obligations));
});

test('every task of a shipped directive says how it is told, and what it goes by fits', () => {
  for (const { kind, obligations: tasks } of frameworks) {
    if (kind !== 'directive') continue;
    for (const { id, task } of tasks) {
      expect(task?.evidence, id).toBeDefined();
      const subjects = [task?.addressees !== undefined, task?.provinceWide !== true];
      expect(subjects.filter(Boolean).length, `${id} falls on bodies or on systems`).toBe(1);
    }
  }
});
