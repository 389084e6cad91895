import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnswer, type Answer } from '../../src/answers/answer.ts';
import { answerColumns, dayColumns, shownColumns, type AnswerColumn } from '../../src/answers/columns.ts';
import { codeOf, shownText } from '../../src/answers/digest.ts';
import { judgeAnswer } from '../../src/answers/judge.ts';
import { readAnswersXlsx } from '../../src/answers/read-xlsx.ts';
import { readAnswersYaml } from '../../src/answers/read-yaml.ts';
import type { Say, Sheet, Shown } from '../../src/answers/sheet.ts';
import { answerReader, answerWords } from '../../src/answers/words.ts';
import { writeXlsx } from '../../src/answers/write-xlsx.ts';
import { writeYaml } from '../../src/answers/write-yaml.ts';
import { isDay } from '../../src/model/day.ts';
import { UserError } from '../../src/model/errors.ts';
import { loadCatalogue } from '../../src/text/catalogue.ts';
import { clean, textCell, type TableCell } from '../../src/workbook/table.ts';

const catalogue = loadCatalogue();
const say: Say = (lang, key, params) => catalogue.say(lang, key, params);
const wordOf = answerReader(say);
const anyText = fc.string({ unit: 'binary', maxLength: 60 });

const shownOf = (finding: string, texts: readonly string[]): Shown => ({
  ...(Object.fromEntries(shownColumns.map((column, at) => [column, shownText(texts[at] ?? '', 300)])) as Shown),
  finding,
  due: '2026-12-01',
});
const sheetOf = (texts: readonly string[]): Sheet => {
  const shown = shownOf('0123456789abcdef', texts);
  const head = `12:${'a'.repeat(64)}`;
  const identity = { sheet: 'f'.repeat(16), organisation: 'a', run: 'r', head, at: '2026-11-25T00:00:00.000Z' };
  const row = { shown, code: codeOf(identity.sheet, shown, 'v'), closed: false, since: '2026-11-01', mostDays: 365 };
  return { identity, organisationName: texts[0] ?? '', day: '2026-11-25', lang: 'vi', rows: [row] };
};

/** What reading gives; a file that is refused is refused as bad input. */
async function tried<T>(work: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

describe('readers of answers', () => {
  it('read whatever text was written, in both forms, to the same code', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 9, maxLength: 9 }), async (texts) => {
        const sheet = sheetOf(texts);
        const files = [
          await readAnswersXlsx(await writeXlsx(sheet, say), 'a.xlsx', say),
          readAnswersYaml(writeYaml(sheet, say), 'a.yaml'),
        ];
        for (const { identity, rows } of files) {
          expect(identity).toEqual(sheet.identity);
          expect(rows.map(({ shown }) => shown)).toEqual(sheet.rows.map(({ shown }) => shown));
          expect(rows[0]?.code).toBe(codeOf(identity.sheet, rows[0]?.shown ?? shownOf('', []), 'v'));
        }
      }),
      { numRuns: 25, examples: [[['a', 'toString', '__proto__', '_x0041_', '=1', 'constructor', 'b', 'c', 'd']]] },
    );
  });

  it('end on bytes of whatever kind as on bad input', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), anyText, async (bytes, text) => {
        await tried(() => readAnswersXlsx(Buffer.from(bytes), 'a.xlsx', say));
        await tried(() => readAnswersYaml(text, 'a.yaml'));
      }),
    );
  });

  it('end on a sheet with bytes changed as on bad input, or read it', async () => {
    const yaml = writeYaml(sheetOf(['Hệ thống']), say);
    const xlsx = await writeXlsx(sheetOf(['Hệ thống']), say);
    const place = fc.tuple(fc.nat(), fc.nat({ max: 40 }), anyText);
    await fc.assert(
      fc.asyncProperty(place, async ([at, length, text]) => {
        const from = at % yaml.length;
        const changed = await tried(() =>
          readAnswersYaml(yaml.slice(0, from) + text + yaml.slice(from + length), 'a.yaml'),
        );
        for (const row of changed?.rows ?? []) expect(row.place('answer')).toMatch(/^a\.yaml:\d+$/);
        const bytes = Buffer.from(xlsx);
        bytes[at % bytes.length] = length;
        await tried(() => readAnswersXlsx(bytes, 'a.xlsx', say));
      }),
      { numRuns: 100 },
    );
  });
});

const day = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const nothing = fc.constant(undefined);
const strange: fc.Arbitrary<TableCell | undefined> = fc.oneof(
  anyText.map(textCell),
  fc.double().map((number): TableCell => ({ kind: 'number', number })),
  fc.constant<TableCell>({ kind: 'error', text: '#REF!' }),
);
const dayCell: fc.Arbitrary<TableCell | undefined> = fc.oneof(
  day.map((one): TableCell => ({ kind: 'day', day: one })),
  day.map((one) => textCell(one.split('-').reverse().join('/'))),
);
const likely = (column: AnswerColumn): fc.Arbitrary<TableCell | undefined> => {
  if (column === 'answer') return fc.constantFrom(...answerWords).map(textCell);
  if (dayColumns.has(column)) return dayCell;
  return fc.constantFrom('x', 'Lò Văn A', 'a.pdf; b').map(textCell);
};
/** Most cells say what belongs there or nothing, some say anything. */
const cellOf = (column: AnswerColumn) =>
  fc.oneof(
    { weight: 5, arbitrary: likely(column) },
    { weight: 5, arbitrary: nothing },
    { weight: 1, arbitrary: strange },
  );
const cellsOf = fc
  .record(
    Object.fromEntries(answerColumns.map((column) => [column, cellOf(column)])) as Record<
      AnswerColumn,
      fc.Arbitrary<TableCell | undefined>
    >,
  )
  .map((cells) => Object.fromEntries(Object.entries(cells).filter(([, one]) => one !== undefined)));

/** The rules, told another way than the judge tells them. */
function keepsRules(answer: Answer, today: string, since: string, most: string): boolean {
  const { answer: word, fixedOn, person = '', document, documentDate, reason, until, note, evidence } = answer;
  if (person === '' || (documentDate !== undefined && (documentDate > today || document === undefined))) return false;
  if (until !== undefined && !(today <= until && until <= most)) return false;
  if (fixedOn !== undefined && !(since <= fixedOn && fixedOn <= today)) return false;
  switch (word) {
    case 'fixed':
      return fixedOn !== undefined && until === undefined;
    case 'in-progress':
      return fixedOn === undefined && until === undefined;
    case 'waiver':
      return reason !== undefined && document !== undefined && until !== undefined && fixedOn === undefined;
    case 'false-alarm':
      return reason !== undefined && document !== undefined && fixedOn === undefined;
    case 'not-ours':
      return (reason ?? note) !== undefined && until === undefined && fixedOn === undefined;
    case null:
      return evidence.length > 0 && fixedOn === undefined && until === undefined;
  }
}

describe('rules of answers', () => {
  it('accept exactly what keeps every rule, whatever the cells hold', () => {
    let accepted = 0;
    fc.assert(
      fc.property(cellsOf, day, (cells, today) => {
        const read = readAnswer({ cells }, wordOf);
        if (read === undefined || 'refusals' in read) return;
        const [since, most] = ['2026-03-01', '2027-06-01'];
        const broken = judgeAnswer(read.answer, { today, since, most });
        expect(broken.length === 0).toBe(keepsRules(read.answer, today, since, most));
        if (broken.length === 0) accepted += 1;
        for (const one of [read.answer.fixedOn, read.answer.until, read.answer.documentDate]) {
          expect(one === undefined || isDay(one)).toBe(true);
        }
      }),
      { numRuns: 1500 },
    );
    // A judge that refuses everything, or cells that never say anything, would prove nothing.
    expect(accepted).toBeGreaterThan(20);
  });

  it('cleaning a text twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(clean(clean(text))).toBe(clean(text));
        expect(textCell(shownText(text, 50)) ?? { text: '' }).toMatchObject({ text: shownText(text, 50) });
      }),
    );
  });

  it('a code tells any change of what was shown, of the sheet and of the finding', () => {
    fc.assert(
      fc.property(fc.constantFrom(...shownColumns), anyText, (column, text) => {
        const shown = shownOf('0123456789abcdef', ['a', 'b']);
        const other = { ...shown, [column]: text };
        expect(codeOf('s', other, 'v') === codeOf('s', shown, 'v')).toBe(text === shown[column]);
        expect(codeOf('s', shown, text)).not.toBe(codeOf('s', shown, `${text}x`));
        expect(codeOf(text, shown, 'v')).not.toBe(codeOf(`${text}x`, shown, 'v'));
      }),
    );
  });
});
