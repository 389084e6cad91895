import type { Lang } from '../../model/text.ts';
import type { Catalogue } from '../../text/catalogue.ts';
import { coverWords } from './cover-words.ts';
import { capitals, frameOf } from './frame.ts';
import type { Block, Paper, Sentence, Values } from './paper.ts';
import { valueText } from './tell.ts';
import { dots } from './value.ts';

/** What the places of a Word template are filled with: texts, and lists of the same. */
// An index signature, because a type that names itself cannot be a Record.
// eslint-disable-next-line @typescript-eslint/consistent-indexed-object-style
export type TemplateData = { [tag: string]: string | TemplateData[] };

/** Everything that the template of a paper can name; the cover in the reader's language, the rest in Vietnamese. */
export function templateData(paper: Paper, catalogue: Catalogue, lang: Lang): TemplateData {
  const frame = frameOf(paper);
  const data: TemplateData = {};
  for (const words of [frame.placeDate, frame.annexOf, paper.subject, ...(frame.to === null ? [] : [frame.to])]) {
    addSentence(data, words, catalogue);
  }
  data['co_quan'] = capitals(catalogue, paper.organisation);
  data['cap_tren'] = paper.parent === null ? [] : [{ ten_cap_tren: capitals(catalogue, paper.parent) }];
  for (const block of [...paper.body, ...paper.annexes.flatMap(({ blocks }) => blocks)])
    addBlock(data, block, catalogue);
  const cover = coverWords(paper.cover, catalogue, lang);
  data['bia_tieu_de'] = cover.title;
  data['bia_ghi_chu'] = cover.under;
  data['bia_thong_tin'] = cover.facts.map((bia_dong) => ({ bia_dong }));
  data['bia_muc_tieu_de'] = cover.defectsTitle;
  data['bia_cot_ve'] = cover.about;
  data['bia_cot_noi_dung'] = cover.what;
  data['bia_muc'] = cover.defects.map(({ about, text }, at) => ({
    bia_stt: String(at + 1),
    bia_ve: about,
    bia_noi_dung: text,
  }));
  data['bia_cach_dien_tieu_de'] = cover.notesTitle;
  data['bia_cach_dien'] = cover.notes.map((bia_cach) => ({ bia_cach }));
  return data;
}

function addBlock(data: TemplateData, block: Block, catalogue: Catalogue): void {
  if (block.kind === 'table') {
    put(
      data,
      block.tag,
      block.rows.map((row) => cells(row, catalogue)),
    );
  } else if (block.kind === 'each') {
    const items = block.items.map((blocks) => {
      const item: TemplateData = {};
      for (const one of blocks) addBlock(item, one, catalogue);
      return item;
    });
    put(data, block.tag, items);
  } else addSentence(data, block.words, catalogue);
}

function addSentence(data: TemplateData, { values }: Sentence, catalogue: Catalogue): void {
  for (const [tag, value] of Object.entries(values))
    put(data, tag, value === null ? dots : valueText(catalogue, value));
}

function cells(row: Values, catalogue: Catalogue): TemplateData {
  return Object.fromEntries(Object.entries(row).map(([tag, value]) => [tag, valueText(catalogue, value)]));
}

/** Two places of one name would be filled with one value: our bug. */
function put(data: TemplateData, tag: string, value: string | TemplateData[]): void {
  if (Object.hasOwn(data, tag)) throw new Error(`two places of the form are called ${tag}`);
  data[tag] = value;
}
