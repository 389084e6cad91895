import { message, type Message } from '../../model/text.ts';
import { bar, type Bar } from './bar.ts';
import { layerNumbers, type Layer, type SystemFile } from './report-index.ts';
import { counts, coverage, tally, type Count, type CoverageView } from './tally.ts';

/** One of the four layers over many systems. */
export type Band = {
  readonly layer: Layer;
  readonly name: Message;
  readonly bar: Bar;
  readonly counts: readonly Count[];
  readonly coverage: CoverageView;
};

/** The four layers, each with the verdicts of the systems that a framework asks it of. */
export function bands(files: readonly SystemFile[]): readonly Band[] {
  return layerNumbers.map((layer) => {
    const of = tally(files.flatMap((file) => file.layers[layer] ?? []));
    const seen = coverage(
      files.flatMap((file) =>
        file.assessed
          .filter(({ obligation, framework }) => obligation.layer === layer && framework.kind !== 'good-practice')
          .map(({ assessment }) => assessment.coverage),
      ),
    );
    return { layer, name: layerName(layer), bar: bar(of), counts: counts(of), coverage: seen };
  });
}

/** The name of a layer as dispatch 1552/BTTTT-CATTT has it, without who is to do it. */
export function layerName(layer: Layer): Message {
  return message(`words.layer.${layer}`);
}
