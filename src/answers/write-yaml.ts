import { Document, isMap } from 'yaml';
import { answerColumns, shownColumns } from './columns.ts';
import { shownText } from './digest.ts';
import { sheetFormat, type Say, type Sheet, type SheetRow } from './sheet.ts';
import { answerWords } from './words.ts';

/** The same sheet as YAML: answers stand blank, what may be answered is told in comments. */
export function writeYaml(sheet: Sheet, say: Say): string {
  const { identity, rows, lang } = sheet;
  const organisation = shownText(sheet.organisationName, 300);
  const tell = (key: string, params?: Record<string, string | number>) => say(lang, key, params);
  const open = rows.filter(({ closed }) => !closed);
  const closed = rows.filter((row) => row.closed);
  const doc = new Document({
    rasoat: { format: sheetFormat, ...identity },
    findings: open.map((row) => ({ ...shownOf(row), ...Object.fromEntries(answerColumns.map((key) => [key, null])) })),
    ...(closed.length === 0 ? {} : { information: closed.map(shownOf) }),
  });
  const on = sheet.day.split('-').reverse().join('/');
  doc.commentBefore = [
    tell('answers.title', { organisation }),
    tell('answers.intro', { on, open: open.length, closed: closed.length }),
    '',
    tell('answers.yaml.how'),
    ...answerWords.map((word) => `  ${word}: ${tell(`answers.guide.answer.${word}`)}`),
    ...answerColumns
      .filter((column) => column !== 'answer')
      .map((column) => `${column}: ${tell(`answers.guide.column.${column}`)}`),
  ]
    .map((line) => ` ${line}`)
    .join('\n');
  const information = doc.getIn(['information'], true);
  const root = doc.contents;
  if (information !== undefined && isMap(root)) {
    const pair = root.items.find(({ key }) => String(key) === 'information');
    if (pair !== undefined)
      (pair.key as { commentBefore?: string }).commentBefore = ` ${tell('answers.yaml.information')}`;
  }
  return doc.toString({ lineWidth: 0, nullStr: '', defaultStringType: 'QUOTE_SINGLE', defaultKeyType: 'PLAIN' });
}

function shownOf({ shown, code }: SheetRow): Readonly<Record<string, string>> {
  return { ...Object.fromEntries(shownColumns.map((column) => [column, shown[column]])), code };
}
