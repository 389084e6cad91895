import { spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startRasoat } from '../e2e/cli.ts';
import type { AnswersImport } from '../../src/pipeline/answers.ts';
import { allFail, dayAgo, fill, makePlace, type Place } from './place.ts';
import { asBefore } from '../store/older.ts';

let place: Place;
let ids: ReadonlyMap<string, string>;
const id = (name: string) => ids.get(name) ?? `no ${name}`;

async function begin() {
  place = await makePlace();
  await place.scan(9, allFail);
  await place.scan(8, allFail);
  ids = await place.ids();
}
const end = () => place.close();

/** Sends a sheet, fills one row in, takes it in, and gives what became of that row. */
async function answer(
  values: Readonly<Record<string, string>>,
  finding = id('own/high'),
  more: Partial<AnswersImport> = {},
) {
  const file = await place.send('.yaml');
  fill(file, finding, values);
  return taken(file, finding, more);
}

async function taken(file: string, finding: string, more: Partial<AnswersImport> = {}) {
  const rows = (await place.take(file, more)).filter((row) => row.finding === finding);
  return { rows, row: rows[0] };
}

const person = { person: 'Lò Văn A' };
const request = { ...person, reason: 'chờ dự án', documentNumber: '12/CV-SYT', documentDate: '20/11/2025' };
const stateOf = async (name: string) => (await place.store.track.lives()).find((one) => one.id === id(name));
const requests = async () => (await place.json(['answers', 'requests'])).lines;
const verified = async () => (await place.json(['history', 'verify'])).lines[0];

describe('rules of answers', () => {
  beforeAll(begin);
  afterAll(end);

  it.each<[string, Readonly<Record<string, string>>, string, string | null]>([
    ['in progress', { answer: 'in-progress', ...person }, 'in-progress', null],
    ['the word of the sheet', { answer: 'Đang xử lý', ...person }, 'in-progress', null],
    ['the word of the other language', { answer: 'in progress', ...person }, 'in-progress', null],
    ['fixed today', { answer: 'fixed', fixedOn: dayAgo(0), ...person }, 'claimed-fixed', null],
    [
      'fixed, as officials write days',
      { answer: 'Đã khắc phục', fixedOn: dayAgo(1).split('-').reverse().join('/'), ...person },
      'claimed-fixed',
      null,
    ],
    [
      'fixed on the day it was first seen',
      { answer: 'fixed', fixedOn: dayAgo(9), ...person },
      'claimed-fixed',
      'seen-since',
    ],
    ['nobody', { answer: 'in-progress' }, 'open', 'person'],
    ['an answer that is none', { answer: 'maybe', ...person }, 'open', 'unknown-answer'],
    ['no answer', { note: 'xin chờ', ...person }, 'open', 'no-answer'],
    ['fixed, no day', { answer: 'fixed', ...person }, 'open', 'fixed-on'],
    ['fixed tomorrow', { answer: 'fixed', fixedOn: dayAgo(-1), ...person }, 'open', 'future'],
    ['fixed before it was seen', { answer: 'fixed', fixedOn: dayAgo(10), ...person }, 'open', 'before-seen'],
    ['fixed on no day', { answer: 'fixed', fixedOn: '31/02/2026', ...person }, 'open', 'bad-day'],
    [
      'a day of a fix without a fix',
      { answer: 'in-progress', fixedOn: dayAgo(0), ...person },
      'open',
      'fixed-on-alone',
    ],
    ['an end without a request', { answer: 'in-progress', until: dayAgo(-9), ...person }, 'open', 'until-alone'],
    [
      'a document of the future',
      { answer: 'in-progress', documentNumber: '1', documentDate: dayAgo(-1), ...person },
      'open',
      'future',
    ],
    ['a waiver', { answer: 'waiver', ...request, until: dayAgo(-300) }, 'open', null],
    ['a waiver for the longest time', { answer: 'waiver', ...request, until: dayAgo(-365) }, 'open', null],
    ['a waiver for too long', { answer: 'waiver', ...request, until: dayAgo(-366) }, 'open', 'until-far'],
    ['a waiver that is over', { answer: 'waiver', ...request, until: dayAgo(1) }, 'open', 'until-past'],
    ['a waiver without end', { answer: 'waiver', ...request }, 'open', 'until'],
    ['a waiver without reason', { answer: 'waiver', ...request, reason: '', until: dayAgo(-9) }, 'open', 'reason'],
    ['a waiver without document', { answer: 'waiver', ...person, reason: 'x', until: dayAgo(-9) }, 'open', 'document'],
    ['a false alarm', { answer: 'false-alarm', ...request }, 'open', null],
    ['a false alarm without reason', { answer: 'false-alarm', ...request, reason: '' }, 'open', 'reason'],
    ['not ours', { answer: 'not-ours', reason: 'của VNPT', ...person }, 'open', null],
    ['not ours, and no word why', { answer: 'not-ours', ...person }, 'open', 'not-ours-reason'],
    ['a reason that is too long', { answer: 'not-ours', reason: 'x'.repeat(1001), ...person }, 'open', 'too-long'],
    ['evidence that is a document', { evidence: 'Biên bản 12/BB-SYT', ...person }, 'open', null],
  ])('%s', async (_name, values, state, code) => {
    const { row } = await answer(values, id('own/high'), { dryRun: true });
    const accepted = code === null || code === 'seen-since';
    expect(row).toMatchObject({ result: accepted ? 'accepted' : 'refused', code, state });
  });

  it('allows 90 days for what is critical', async () => {
    const crit = id('own/crit');
    expect((await answer({ answer: 'waiver', ...request, until: dayAgo(-91) }, crit)).row).toMatchObject({
      code: 'until-far',
    });
    expect((await answer({ answer: 'waiver', ...request, until: dayAgo(-90) }, crit)).row).toMatchObject({
      result: 'accepted',
    });
  });

  it('tells everything that is wrong with a row at once, at its first cell', async () => {
    const { row } = await answer({ answer: 'waiver' });
    const keys = ['person', 'document', 'reason', 'until'].map((key) => `answers.refused.${key}`);
    expect(row?.reasons.map(({ key }) => key)).toEqual(keys);
    expect(row?.row).toMatch(/\.yaml:\d+$/);
  });

  it('takes the hand and the letter for rows that name none, and tells who handed it in', async () => {
    const hand = { by: 'Trần Thị C', document: '9/CV-SYT' };
    await answer({ answer: 'in-progress' }, id('own/high'), hand);
    expect((await stateOf('own/high'))?.word).toMatchObject({ by: 'Trần Thị C', document: '9/CV-SYT' });
    await answer({ answer: 'in-progress', ...person }, id('own/low'), hand);
    expect((await stateOf('own/low'))?.word).toMatchObject({ by: 'Lò Văn A' });
    const { out } = await place.ask(['history', 'show', id('own/low')], 'vi');
    expect(out).toContain('Trần Thị C nộp');
  });
});

describe('which rows are taken', () => {
  beforeEach(begin);
  afterEach(end);

  it('refuses what is another owner’s, unknown, not in the sheet, or there twice', async () => {
    const file = await place.send('.yaml');
    const rows = readFileSync(file, 'utf8');
    const swap = async (to: string) => {
      writeFileSync(file, rows.replace(`'${id('own/high')}'`, `'${to}'`));
      fill(file, to, { answer: 'in-progress', ...person });
      return (await taken(file, to)).row;
    };
    expect(await swap(id('other/high'))).toMatchObject({ result: 'refused', code: 'other-owner' });
    expect(await swap('0123456789abcdef')).toMatchObject({ code: 'unknown-finding' });
    const twice = rows.replace(`'${id('own/high')}'`, `'${id('own/low')}'`);
    writeFileSync(file, twice);
    expect((await taken(file, id('own/low'))).rows.map((row) => row.code)).toContain('twice');
    await place.scan(7, {
      ...allFail,
      other: { high: '1', low: '1' },
      own: { ...allFail.own },
      operated: { high: '1', low: '1' },
    });
    ids = await place.ids();
    expect(await swap(id('operated/low'))).toMatchObject({ code: 'not-in-sheet' });
    expect((await place.store.track.lives()).some(({ word }) => word !== undefined)).toBe(false);
  });

  it('notices whatever of a row was altered, answered or not', async () => {
    const file = await place.send('.yaml');
    const sent = readFileSync(file, 'utf8');
    for (const key of ['system', 'endpoint', 'wrong', 'fix', 'severity', 'due', 'because', 'state', 'code']) {
      for (const answered of [{ answer: 'in-progress', ...person }, {}]) {
        writeFileSync(file, sent);
        fill(file, id('own/high'), { [key]: key === 'due' ? '2030-01-01' : 'x', ...answered });
        expect((await taken(file, id('own/high'))).row, key).toMatchObject({ result: 'refused', code: 'altered' });
      }
    }
  });

  it('refuses answers that came too late: other evidence, proven fixed, set aside, said otherwise since', async () => {
    const file = await place.send('.yaml');
    for (const name of ['own/high', 'own/low', 'own/crit', 'operated/high']) {
      fill(file, id(name), { answer: 'in-progress', ...person });
    }
    const sees = { ...allFail, own: { crit: '1', high: '2', low: 'P' } };
    await place.scan(3, sees);
    await place.scan(2, sees);
    const aside = ['--by', 'A', '--approved-by', 'B', '--document', '1', '--reason', 'r'];
    await place.ask(['track', 'set', id('own/crit'), 'waived', ...aside]);
    await place.ask(['track', 'set', id('operated/high'), 'claimed-fixed', '--by', 'C']);
    const rows = await place.take(file);
    expect(Object.fromEntries(rows.map(({ finding, code }) => [finding, code]))).toEqual({
      [id('own/high')]: 'stale',
      [id('own/low')]: 'proven-fixed',
      [id('own/crit')]: 'set-aside',
      [id('operated/high')]: 'said-since',
    });
  });

  it('shows what is set aside for information and refuses answers to it', async () => {
    const aside = ['--by', 'A', '--approved-by', 'B', '--document', '1', '--reason', 'r'];
    await place.ask(['track', 'set', id('own/low'), 'waived', ...aside]);
    const file = await place.send('.yaml');
    expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`information:\\n.*${id('own/low')}`, 's'));
    fill(file, id('own/low'), {
      code: `${/code: ('.*')/.exec(readFileSync(file, 'utf8').split(id('own/low'))[1] ?? '')?.[1] ?? ''}\n    answer: in-progress`,
    });
    expect((await taken(file, id('own/low'))).row).toMatchObject({ result: 'refused', code: 'closed-row' });
  });

  it('takes the same file once, and an older answer of a sheet never again', async () => {
    const file = await place.send('.yaml');
    const high = id('own/high');
    fill(file, high, { answer: 'in-progress', ...person });
    expect((await taken(file, high)).row).toMatchObject({ result: 'accepted' });
    const { seq } = await place.store.track.head();
    expect((await taken(file, high)).row).toMatchObject({ result: 'unchanged', code: 'recorded' });
    expect((await place.store.track.head()).seq).toBe(seq);
    const first = readFileSync(file, 'utf8');
    fill(file, high, { answer: 'fixed', fixedOn: dayAgo(0) });
    expect((await taken(file, high)).row).toMatchObject({ result: 'accepted', state: 'claimed-fixed' });
    writeFileSync(file, first);
    expect((await taken(file, high)).row).toMatchObject({ result: 'unchanged', state: 'claimed-fixed' });
  });

  it('decides by --dry-run and writes nothing', async () => {
    const { seq } = await place.store.track.head();
    mkdirSync(place.folder.file('ev'));
    writeFileSync(place.folder.file('ev/a.txt'), 'x');
    const more = { dryRun: true, evidenceDir: place.folder.file('ev') };
    const { row } = await answer({ answer: 'in-progress', evidence: 'a.txt', ...person }, id('own/high'), more);
    expect(row).toMatchObject({ result: 'accepted', state: 'in-progress' });
    expect((await place.store.track.head()).seq).toBe(seq);
    expect(readdirSync(place.folder.path)).not.toContain('attachments');
  });

  it('takes two imports of one file at once: each row once, none lost', async () => {
    const file = await place.send('.yaml');
    const names = ['own/high', 'own/low', 'own/crit', 'operated/high'];
    for (const name of names) fill(file, id(name), { answer: 'in-progress', ...person });
    const args = ['answers', 'import', file, '--json', '--out', place.folder.path];
    const both = await Promise.all([startRasoat(args).ended, startRasoat(args).ended]);
    expect(both.map(({ code, err }) => `${String(code)}${err}`)).toEqual(['0', '0']);
    const results = both
      .flatMap(({ out }) => out.trim().split('\n'))
      .map((line) => JSON.parse(line) as { result: string });
    expect(results.filter(({ result }) => result === 'accepted')).toHaveLength(4);
    expect(results.filter(({ result }) => result === 'unchanged')).toHaveLength(4);
    expect(await verified()).toMatchObject({ whole: true });
  });
});

describe('requests', () => {
  beforeEach(begin);
  afterEach(end);

  it('sets nothing aside until another person approves by the command that is shown', async () => {
    await answer({
      answer: 'waiver',
      ...request,
      reason: `it's "late"; $(x)`.replaceAll('"', '\\"').replace(/^(.*)$/, '"$1"'),
      until: dayAgo(-30),
    });
    expect(await stateOf('own/high')).toMatchObject({ state: 'open' });
    const [waiting] = await requests();
    expect(waiting).toMatchObject({
      finding: id('own/high'),
      as: 'waived',
      reason: `it's "late"; $(x)`,
      document: '12/CV-SYT ngày 20/11/2025',
      requestedBy: 'Lò Văn A',
      until: dayAgo(-30),
    });
    // The command as a shell reads it; nobody has approved yet.
    const run = (command: unknown) =>
      shellWords(String(command)).then((words) =>
        place.ask(words.slice(1).filter((word) => !word.startsWith('--out='))),
      );
    expect(await run(waiting?.['approve'])).toMatchObject({ code: 2 });
    const asked = async (name: string) =>
      (await place.json(['answers', 'requests', '--approved-by', name])).lines[0]?.['approve'];
    const own = await run(await asked('lò  văn a'));
    expect(own).toMatchObject({ code: 2 });
    expect(own.err).toContain('another person must approve');
    expect(await run(await asked('Ông D'))).toMatchObject({ code: 0 });
    expect(await stateOf('own/high')).toMatchObject({
      state: 'waived',
      aside: { approvedBy: 'Ông D', until: dayAgo(-30) },
    });
    expect(await requests()).toEqual([]);
    expect(await verified()).toMatchObject({ whole: true });
  });

  it('lets nobody approve what he asked for under another’s name', async () => {
    await answer({ answer: 'false-alarm', ...request });
    const args = ['--by', 'E', '--approved-by', 'Lò Văn A', '--document', '1', '--reason', 'r'];
    expect(await place.ask(['track', 'set', id('own/high'), 'false-positive', ...args])).toMatchObject({ code: 2 });
  });

  it('ends by a decline, by another word of the owner, by other evidence, by a proven fix', async () => {
    const names = ['own/high', 'own/low', 'own/crit', 'operated/high'];
    for (const name of names) await answer({ answer: 'not-ours', reason: 'x', ...person }, id(name));
    expect(await requests()).toHaveLength(4);
    expect((await requests())[0]).toMatchObject({ as: 'not-ours', approve: null });
    expect(await place.ask(['track', 'set', id('own/high'), 'open', '--by', 'F'])).toMatchObject({ code: 0 });
    await answer({ answer: 'in-progress', ...person }, id('own/low'));
    const sees = { ...allFail, own: { ...allFail.own, crit: '2' }, operated: { high: 'P' } };
    for (const days of [2, 1]) await place.scan(days, sees);
    expect(await requests()).toEqual([]);
  });

  it('is told by history in both languages', async () => {
    await answer({ answer: 'waiver', ...request, until: dayAgo(-30) });
    const show = async (lang: string) => (await place.ask(['history', 'show', id('own/high')], lang)).out;
    expect(await show('vi')).toContain(`đề nghị chấp nhận rủi ro có thời hạn, đến hết ${dayAgo(-30)}: chờ dự án`);
    expect(await show('en')).toContain(`a waiver is requested, until ${dayAgo(-30)}: chờ dự án`);
    expect((await place.ask(['answers', 'requests'], 'vi')).out).toContain('Phê duyệt');
  });
});

/** What a shell makes of a command line. */
function shellWords(line: string): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn('/bin/sh', ['-c', `printf '%s\\0' ${line}`]);
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (data: string) => (out += data));
    child.once('error', reject).once('close', () => {
      resolve(out.split('\0').slice(0, -1));
    });
  });
}

describe('evidence', () => {
  const dir = () => place.folder.file('ev');
  const take = async (evidence: string) =>
    (await answer({ answer: 'in-progress', evidence, ...person }, id('own/high'), { evidenceDir: dir() })).row;
  beforeAll(async () => {
    await begin();
    mkdirSync(dir());
    writeFileSync(`${dir()}/ảnh 1.png`.normalize('NFD'), 'bytes');
    writeFileSync(`${dir()}/empty.txt`, '');
    writeFileSync(`${dir()}/big.bin`, '');
    truncateSync(`${dir()}/big.bin`, 32 * 1024 * 1024 + 1);
    mkdirSync(`${dir()}/folder.txt`);
    symlinkSync('/etc/passwd', `${dir()}/link.txt`);
    chmodSync(`${dir()}/ảnh 1.png`.normalize('NFD'), 0o755);
  });

  afterAll(end);

  it.each([
    ['empty.txt', 'evidence-empty'],
    ['big.bin', 'evidence-too-large'],
    ['folder.txt', 'evidence-no-file'],
    ['link.txt', 'evidence-no-file'],
    ['none.pdf', 'evidence-missing'],
    ['../rasoat.sqlite', 'evidence-path'],
    ['/etc/hosts.conf', 'evidence-path'],
    ["'C:\\ev\\a.pdf'", 'evidence-path'],
    [`'${Array.from({ length: 11 }, (_, n) => `bản ${String(n)}`).join(';')}'`, 'too-much-evidence'],
  ])('refuses %s', async (name, code) => {
    expect(await take(name)).toMatchObject({ result: 'refused', code });
    expect((await stateOf('own/high'))?.state).toBe('open');
    const left = readdirSync(place.folder.path).includes('attachments')
      ? readdirSync(place.folder.file('attachments'))
      : [];
    expect(left).toEqual([]);
  });

  it('asks for the folder where a file is named', async () => {
    expect((await answer({ answer: 'in-progress', evidence: 'a.pdf', ...person })).row).toMatchObject({
      code: 'evidence-no-dir',
    });
  });

  it('is kept by its hash, for its owner only, and told by history', async () => {
    const row = await take(`'ảnh 1.png; Biên bản 12/BB-SYT'`);
    const sha256 = createHash('sha256').update('bytes').digest('hex');
    expect(row).toMatchObject({
      result: 'accepted',
      attachments: [{ name: 'ảnh 1.png', size: 5, sha256 }, { name: 'Biên bản 12/BB-SYT' }],
    });
    const kept = place.folder.file(`attachments/${sha256}`);
    expect(readdirSync(place.folder.file('attachments'))).toEqual([sha256]);
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    expect(statSync(place.folder.file('attachments')).mode & 0o777).toBe(0o700);
    expect(readFileSync(kept, 'utf8')).toBe('bytes');
    expect((await place.ask(['history', 'show', id('own/high')])).out).toContain(sha256);
    expect(await verified()).toMatchObject({ whole: true });
    writeFileSync(kept, 'other');
    expect(await verified()).toMatchObject({ whole: false, faults: [{ fault: 'evidence-altered' }] });
  });
});

describe('files that are none of ours', () => {
  beforeAll(begin);
  afterAll(end);

  const refused = async (name: string, content: string) => {
    const file = place.folder.file(name);
    writeFileSync(file, content);
    return place.ask(['answers', 'import', file]);
  };

  it('ends with one clear error and exit code 2', async () => {
    expect(await refused('a.csv', 'x')).toMatchObject({ code: 2 });
    expect(await refused('a.xlsx', 'x')).toMatchObject({ code: 2 });
    expect((await refused('a.yaml', 'a: 1')).err).toContain('no sheet that rasoat wrote');
    expect((await refused('b.yaml', 'a: [')).err).toContain('b.yaml:1');
    expect(await place.ask(['answers', 'import', place.folder.file('no.yaml')])).toMatchObject({ code: 2 });
  });

  it('knows a sheet whose identity was changed, and one of another store', async () => {
    const file = await place.send('.yaml');
    const content = readFileSync(file, 'utf8');
    const changed = await refused('c.yaml', content.replace("organisation: 'a'", "organisation: 'b'"));
    expect(changed).toMatchObject({ code: 2 });
    expect(changed.err).toContain('not as it was written');
    const other = await refused('d.yaml', content.replace(/sheet: '[0-9a-f]+'/, `sheet: '${'0'.repeat(16)}'`));
    expect(other.err).toContain('never wrote');
  });

  it.each([
    ['answr: fixed', 'unknown-key-near'],
    ['answer: [fixed]', 'no-text'],
  ])('refuses the row with %s, and takes the others', async (line, code) => {
    const file = await place.send('.yaml');
    fill(file, id('own/low'), { answer: 'in-progress', ...person });
    writeFileSync(file, readFileSync(file, 'utf8').replace(`    answer:\n`, `    ${line}\n`));
    const rows = await place.take(file, { dryRun: true });
    expect(rows.filter(({ result }) => result === 'refused').map((one) => one.code)).toEqual([code]);
    expect(rows.filter(({ result }) => result === 'accepted')).toHaveLength(1);
  });
});

it('opens a store from before there were sheets, whose history still verifies', async () => {
  await begin();
  await place.store.close();
  asBefore(place.folder.file('rasoat.sqlite'), '0011-answer-sheets');
  expect(await verified()).toMatchObject({ whole: true });
  expect(await place.ask(['answers', 'requests'])).toMatchObject({ code: 0 });
  place.folder.remove();
});
