import { frameOf } from './frame.ts';
import type { Block, Paper } from './paper.ts';

/** Places of the cover page. */
const coverTags = [
  'bia_tieu_de',
  'bia_ghi_chu',
  'bia_thong_tin',
  'bia_dong',
  'bia_muc_tieu_de',
  'bia_cot_ve',
  'bia_cot_noi_dung',
  'bia_muc',
  'bia_stt',
  'bia_ve',
  'bia_noi_dung',
  'bia_cach_dien_tieu_de',
  'bia_cach_dien',
  'bia_cach',
];

/** Every place that the Word template of a paper may have; which they are hangs on the form alone, not on its data. */
export function templateTags(paper: Paper): readonly string[] {
  const { placeDate, annexOf, to } = frameOf(paper);
  const frame = [placeDate, annexOf, paper.subject, ...(to === null ? [] : [to])];
  return [
    'co_quan',
    'cap_tren',
    'ten_cap_tren',
    ...frame.flatMap(({ values }) => Object.keys(values)),
    ...[...paper.body, ...paper.annexes.flatMap(({ blocks }) => blocks)].flatMap(tagsOf),
    ...coverTags,
  ];
}

function tagsOf(block: Block): readonly string[] {
  if (block.kind === 'table') return [block.tag, ...block.columns.map(({ tag }) => tag)];
  if (block.kind === 'each') return [block.tag, ...(block.items[0] ?? []).flatMap(tagsOf)];
  return Object.keys(block.words.values);
}
