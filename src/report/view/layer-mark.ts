import { layerVerdicts, type LayerVerdict } from '../../model/layer-status.ts';
import { message } from '../../model/text.ts';
import type { Layer, SystemFile } from './report-index.ts';
import { counts, tally, urgency, type Count } from './tally.ts';

const tones = {
  'da-chung-minh': 'met',
  'khai-bao-chua-kiem-chung': 'manual',
  thieu: 'not-met',
  'mau-thuan': 'contradicted',
  'het-han': 'unproven',
  'khong-ap-dung': 'not-applicable',
} as const satisfies Record<LayerVerdict, Count['tone']>;

/** The mark of one of the six words. */
export function layerMark(verdict: LayerVerdict): Pick<Count, 'tone' | 'word'> {
  return { tone: tones[verdict], word: message(`layers.verdict-${verdict}`) };
}

const inOrder = layerVerdicts.toSorted((a, b) => urgency.indexOf(tones[a]) - urgency.indexOf(tones[b]));

/**
 * How many systems stand under each word for one layer, most urgent first; by the verdicts of obligations where the data is older
 * than the six words.
 */
export function layerCounts(files: readonly SystemFile[], layer: Layer): readonly Count[] {
  const words = files.flatMap((file) => file.layerWords[layer] ?? []);
  if (words.length === 0) return counts(tally(files.flatMap((file) => file.layers[layer] ?? [])));
  return inOrder
    .map((verdict) => ({ ...layerMark(verdict), n: words.filter((word) => word === verdict).length }))
    .filter(({ n }) => n > 0);
}
