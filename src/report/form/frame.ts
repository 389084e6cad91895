import type { Catalogue } from '../../text/catalogue.ts';
import { sentence, type Paper, type Sentence } from './paper.ts';
import { valueText } from './tell.ts';

/** The parts of Decree 30/2020 around the text of any paper. */
export type Frame = {
  readonly nation: Sentence;
  readonly motto: Sentence;
  readonly number: Sentence;
  readonly placeDate: Sentence;
  readonly marks: readonly Sentence[];
  readonly to: Sentence | null;
  readonly recipients: readonly Sentence[];
  readonly signature: readonly Sentence[];
  /** "Kèm theo văn bản …" under the name of each annex. */
  readonly annexOf: Sentence;
};

/** Day below 10 and months 1 and 2 with a leading zero, as Decree 30 writes them. */
export function frameOf(paper: Paper): Frame {
  const [year = '', month = '', day = ''] = paper.on.split('-');
  return {
    nation: sentence('forms.nation'),
    motto: sentence('forms.motto'),
    number: sentence('forms.number'),
    placeDate: sentence('forms.place-date', {
      ngay: day,
      thang: Number(month) > 2 ? String(Number(month)) : month,
      nam: year,
    }),
    marks: [sentence('forms.draft'), ...(paper.internal ? [sentence('forms.internal')] : [])],
    to: paper.kind === 'plan' ? null : sentence('forms.to', { kinh_gui: paper.addressee }),
    recipients: [
      ...(paper.kind === 'plan' ? [] : [sentence('forms.recipients-above')]),
      sentence('forms.recipients-dots'),
      sentence('forms.recipients-file'),
    ],
    signature: [sentence('forms.signature'), sentence('forms.signature-hint')],
    annexOf: sentence('forms.annex-of', { co_quan_phu_luc: paper.organisation }),
  };
}

/** Names of bodies stand in capitals in the head of a paper; that of a People's Committee takes two lines, as is the custom. */
export function capitals(catalogue: Catalogue, name: string | null): string {
  return valueText(catalogue, name)
    .toLocaleUpperCase('vi-VN')
    .replace(/^(ỦY BAN NHÂN DÂN) /u, '$1\n');
}
