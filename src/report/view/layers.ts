import { message, type Message } from '../../model/text.ts';
import { barOf, type Bar } from './bar.ts';
import { layerCounts } from './layer-mark.ts';
import { layerNumbers, type Layer, type SystemFile } from './report-index.ts';
import { coverage, type Count, type CoverageView } from './tally.ts';

/** One of the four layers over many systems. */
export type Band = {
  readonly layer: Layer;
  readonly name: Message;
  readonly bar: Bar;
  readonly counts: readonly Count[];
  readonly coverage: CoverageView;
};

/** The four layers, each with the words that its systems stand under. */
export function bands(files: readonly SystemFile[]): readonly Band[] {
  return layerNumbers.map((layer) => {
    const of = layerCounts(files, layer);
    const seen = coverage(
      files.flatMap((file) =>
        file.assessed
          .filter(({ obligation, framework }) => obligation.layer === layer && framework.kind !== 'good-practice')
          .map(({ assessment }) => assessment.coverage),
      ),
    );
    return { layer, name: layerName(layer), bar: barOf(of), counts: of, coverage: seen };
  });
}

/** The name of a layer as dispatch 1552/BTTTT-CATTT has it, without who is to do it. */
export function layerName(layer: Layer): Message {
  return message(`words.layer.${layer}`);
}
