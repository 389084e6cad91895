import { frameOf } from '../../../src/report/form/frame.ts';
import type { Annex, Block, Column, Paper, Sentence } from '../../../src/report/form/paper.ts';
import type { Catalogue } from '../../../src/text/catalogue.ts';
import { paragraph, row, rule, section, table } from './xml.ts';
import { wordFile } from './package.ts';

const textWidth = 160;
const left = 66;
const right = textWidth - left;
/** Length of the motto at 13 points bold, as Liberation Serif (the metrics of Times New Roman) sets it. */
const motto = 56;

/**
 * The Word template of a form, drawn from the same paper that the other formats are drawn from, with places (`{tong_so}`,
 * `{#he_thong}` ... `{/he_thong}`) where the paper has values. Layout by Decree 30/2020, Annex I.
 */
export async function formTemplate(paper: Paper, catalogue: Catalogue): Promise<Buffer> {
  const words = (sentence: Sentence) => withPlaces(catalogue, sentence);
  const frame = frameOf(paper);
  const about = words(paper.subject);
  const bold = { bold: true, align: 'center' } as const;
  const head = table(
    [left, right],
    [
      row([
        [
          paragraph('{#cap_tren [loopOver: "paragraph"]}{ten_cap_tren}{/cap_tren}', { size: 12, align: 'center' }) +
            paragraph('{co_quan}', { ...bold, size: 12 }) +
            rule(left, 22) +
            paragraph(words(frame.number), { size: 13, align: 'center', before: 4 }) +
            (paper.title === null ? paragraph(about, { size: 12, align: 'center', before: 6 }) : '') +
            frame.marks
              .map((mark, at) => {
                const aside = (left - (at === 0 ? 30 : 52)) / 2;
                return (
                  paragraph('', { size: 6 }) +
                  paragraph(words(mark), { ...bold, size: 13, boxed: true, left: aside, right: aside })
                );
              })
              .join(''),
          { width: left },
        ],
        [
          paragraph(words(frame.nation), { ...bold, size: 12 }) +
            paragraph(words(frame.motto), { ...bold, size: 13 }) +
            rule(right, motto) +
            paragraph(words(frame.placeDate), { italic: true, size: 13, align: 'center', before: 4 }),
          { width: right },
        ],
      ]),
    ],
    false,
  );
  const title =
    paper.title === null
      ? ''
      : paragraph(words(paper.title), { ...bold, size: 14, before: 18 }) +
        paragraph(about, { ...bold, size: 14 }) +
        rule(textWidth, 60);
  const foot = table(
    [60, 100],
    [
      row([
        [
          paragraph(catalogue.say('vi', 'forms.recipients'), { bold: true, italic: true, size: 12 }) +
            frame.recipients.map((one) => paragraph(words(one), { size: 11 })).join(''),
          { width: 60 },
        ],
        [
          frame.signature
            .map((one, at) => paragraph(words(one), { size: 14, align: 'center', bold: at === 0, italic: at > 0 }))
            .join('') + paragraph('', { before: 60 }),
          { width: 100 },
        ],
      ]),
    ],
    false,
  );
  const plain = { landscape: false, numbered: true };
  const ends = [plain, ...paper.annexes.map(({ landscape }) => ({ landscape, numbered: true }))];
  const texts = [
    head +
      title +
      (frame.to === null
        ? paragraph('', { before: 6 })
        : paragraph(words(frame.to), { align: 'center', before: 18, after: 12 })) +
      paper.body.map((block) => blockXml(block, catalogue, textWidth)).join('') +
      paragraph('', { before: 12 }) +
      foot,
    ...paper.annexes.map((annex) => annexXml(annex, words(frame.annexOf), catalogue)),
  ];
  const body = texts
    .map((text, at) => {
      const end = section(ends[at] ?? plain);
      return at === texts.length - 1 ? text + end : text + paragraph('', { size: 2 }, end);
    })
    .join('');
  return wordFile(coverXml() + paragraph('', { size: 2 }, section({ landscape: false, numbered: false })) + body);
}

/** The check page before the paper: a section of its own, so that deleting it takes nothing along. */
function coverXml(): string {
  const small = { size: 12, before: 4, align: 'both' } as const;
  const each = (tag: string, place: string) =>
    paragraph(`{#${tag} [loopOver: "paragraph"]}– {${place}}{/${tag}}`, small);
  const widths = [12, 52, 96] as const;
  const head = { bold: true, size: 11, align: 'center' } as const;
  return (
    paragraph('{bia_tieu_de}', { bold: true, size: 14, align: 'center', colour: 'B42318', boxed: true }) +
    paragraph('{bia_ghi_chu}', { italic: true, size: 12, align: 'center', before: 6 }) +
    each('bia_thong_tin', 'bia_dong') +
    paragraph('{bia_muc_tieu_de}', { bold: true, size: 12, before: 8, after: 4, keepNext: true }) +
    table(
      widths,
      [
        row(
          [
            [paragraph('STT', head), { width: 12 }],
            [paragraph('{bia_cot_ve}', head), { width: 52 }],
            [paragraph('{bia_cot_noi_dung}', head), { width: 96 }],
          ],
          true,
        ),
        row([
          [paragraph('{#bia_muc}{bia_stt}', { size: 11, align: 'center' }), { width: 12 }],
          [paragraph('{bia_ve}', { size: 11 }), { width: 52 }],
          [paragraph('{bia_noi_dung}{/bia_muc}', { size: 11 }), { width: 96 }],
        ]),
      ],
      true,
    ) +
    paragraph('{bia_cach_dien_tieu_de}', { bold: true, size: 12, before: 8, keepNext: true }) +
    each('bia_cach_dien', 'bia_cach')
  );
}

function annexXml(annex: Annex, of: string, catalogue: Catalogue): string {
  const width = annex.landscape ? 247 : textWidth;
  const centre = { align: 'center' } as const;
  return (
    paragraph(withPlaces(catalogue, annex.label), { ...centre, bold: true, size: 14 }) +
    paragraph(withPlaces(catalogue, annex.name), { ...centre, bold: true, size: 14 }) +
    paragraph(of, { ...centre, italic: true, size: 13, after: 8 }) +
    annex.blocks.map((block) => blockXml(block, catalogue, width)).join('')
  );
}

function blockXml(block: Block, catalogue: Catalogue, width: number): string {
  switch (block.kind) {
    case 'each': {
      // The marks of the loop stand in its first and last paragraph and repeat paragraphs whole, so that none is left empty.
      const inside = (block.items[0] ?? []).map((one) => blockXml(one, catalogue, width)).join('');
      const close = inside.lastIndexOf('</w:t>');
      return `${inside.slice(0, close)}{/${block.tag}}${inside.slice(close)}`.replace(
        '<w:t xml:space="preserve">',
        `<w:t xml:space="preserve">{#${block.tag} [loopOver: "paragraph"]}`,
      );
    }
    case 'table':
      return tableXml(block.tag, block.columns, block.numbered === true, catalogue, width) + paragraph('', { size: 6 });
    case 'heading':
      return paragraph(withPlaces(catalogue, block.words), {
        bold: true,
        align: 'both',
        indent: true,
        before: 9,
        lines: 1.15,
        keepNext: true,
      });
    case 'subheading':
      return paragraph(withPlaces(catalogue, block.words), {
        bold: true,
        align: 'both',
        indent: true,
        before: 6,
        after: 4,
        lines: 1.15,
        keepNext: true,
      });
    case 'line':
      return paragraph(withPlaces(catalogue, block.words), { align: 'both', indent: true, before: 6, lines: 1.15 });
    case 'remark':
      return paragraph(withPlaces(catalogue, block.words), { italic: true, size: 12, align: 'both', before: 6 });
  }
}

function tableXml(
  tag: string,
  columns: readonly Column[],
  numbered: boolean,
  catalogue: Catalogue,
  width: number,
): string {
  const size = width > textWidth ? 10 : 11;
  const scale = width / columns.reduce((sum, one) => sum + one.width, 0);
  const widths = columns.map((one) => one.width * scale);
  const cells = (texts: readonly string[], head: boolean) =>
    texts.map((text, at) => {
      const align = head ? 'center' : (columns[at]?.align ?? 'left');
      return [paragraph(text, { size, bold: head, align }), { width: widths[at] ?? 0, middle: head }] as const;
    });
  const last = columns.length - 1;
  const places = columns.map((column, at) => {
    const open = at === 0 ? `{#${tag}}` : '';
    return `${open}{${column.tag}}${at === last ? `{/${tag}}` : ''}`;
  });
  return table(
    widths,
    [
      row(
        cells(
          columns.map(({ head }) => catalogue.say('vi', head)),
          true,
        ),
        true,
      ),
      ...(numbered
        ? [
            row(
              cells(
                columns.map((_, at) => `(${String(at + 1)})`),
                true,
              ),
              true,
            ),
          ]
        : []),
      row(cells(places, false)),
    ],
    true,
  );
}

/** A sentence with its places in it instead of values. */
function withPlaces(catalogue: Catalogue, { key, values }: Sentence): string {
  return catalogue.say('vi', key, Object.fromEntries(Object.keys(values).map((tag) => [tag, `{${tag}}`])));
}
