import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { packageRoot } from '../../model/package-root.ts';
import type { Lang } from '../../model/text.ts';
import type { Catalogue } from '../../text/catalogue.ts';
import { loadTemplates } from '../templates.ts';
import { coverWords } from './cover-words.ts';
import { capitals, frameOf } from './frame.ts';
import type { Block, Paper, Sentence } from './paper.ts';
import { sentenceText, valueText } from './tell.ts';

/** What the template draws: one shape, with the fields of the kinds that it is not left null. */
type Piece = {
  readonly heading: string | null;
  readonly subheading: string | null;
  readonly line: string | null;
  readonly remark: string | null;
  readonly table: {
    readonly heads: readonly string[];
    readonly numbers: readonly number[];
    readonly rows: readonly { readonly cells: readonly { readonly text: string; readonly centre: boolean }[] }[];
    readonly empty: boolean;
    readonly across: number;
  } | null;
};

/** One page that needs nothing else: its style inside, allowed by hash; no script, no request. Prints on A4. */
export function html(paper: Paper, catalogue: Catalogue, lang: Lang): string {
  const style = readFileSync(new URL('templates/forms/form.css', packageRoot), 'utf8');
  const hash = createHash('sha256').update(style).digest('base64');
  const frame = frameOf(paper);
  const tell = (words: Sentence | null) => (words === null ? null : sentenceText(catalogue, words));
  const view = {
    policy: `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    lang,
    cover: coverView(paper, catalogue, lang),
    parent: paper.parent === null ? null : capitals(catalogue, paper.parent),
    organisation: capitals(catalogue, paper.organisation),
    nation: tell(frame.nation),
    motto: tell(frame.motto),
    number: tell(frame.number),
    placeDate: tell(frame.placeDate),
    marks: frame.marks.map(tell),
    title: tell(paper.title),
    subject: tell(paper.subject),
    to: tell(frame.to),
    body: paper.body.flatMap((block) => pieces(block, catalogue)),
    recipients: frame.recipients.map(tell),
    signature: frame.signature.map(tell),
    annexes: paper.annexes.map((annex) => ({
      label: tell(annex.label),
      name: tell(annex.name),
      of: tell(frame.annexOf),
      landscape: annex.landscape,
      body: annex.blocks.flatMap((block) => pieces(block, catalogue)),
    })),
  };
  const draw = loadTemplates(catalogue);
  // The style is text between tags of the template, the same bytes that were hashed: it is ours and has no `<`.
  return draw('form', view, { lang: 'vi', path: '', leftOut: new Set(), told: new Set() }).replace(
    '/*style*/',
    () => style,
  );
}

function coverView(paper: Paper, catalogue: Catalogue, lang: Lang) {
  const words = coverWords(paper.cover, catalogue, lang);
  const number = catalogue.say(lang, 'forms.mau-08.col-1');
  return {
    ...words,
    number,
    any: words.defects.length > 0,
    defects: words.defects.map((defect, at) => ({ n: at + 1, ...defect })),
  };
}

const none: Piece = { heading: null, subheading: null, line: null, remark: null, table: null };

function pieces(block: Block, catalogue: Catalogue): readonly Piece[] {
  if (block.kind === 'each') return block.items.flatMap((item) => item.flatMap((one) => pieces(one, catalogue)));
  if (block.kind !== 'table') return [{ ...none, [block.kind]: sentenceText(catalogue, block.words) }];
  const { columns, rows, numbered } = block;
  return [
    {
      ...none,
      table: {
        heads: columns.map(({ head }) => catalogue.say('vi', head)),
        numbers: numbered === true ? columns.map((_, at) => at + 1) : [],
        rows: rows.map((row) => ({
          cells: columns.map(({ tag, align }) => ({
            text: valueText(catalogue, row[tag] ?? null),
            centre: align === 'center',
          })),
        })),
        empty: rows.length === 0,
        across: columns.length,
      },
    },
  ];
}
