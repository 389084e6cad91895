import { layerVerdicts } from '../../../model/layer-status.ts';
import type { Message } from '../../../model/text.ts';
import { layerMark } from '../layer-mark.ts';
import { layerName } from '../layers.ts';
import type { Mark } from '../mark.ts';
import { layerNumbers, type Layer, type ReportIndex } from '../report-index.ts';
import { coverage, type CoverageView } from '../tally.ts';

/** One layer over all systems: how many stand under each of the six words. */
export type LayerCounts = {
  readonly layer: Layer;
  readonly name: Message;
  readonly cells: readonly (Mark & { readonly n: number })[];
  readonly coverage: CoverageView;
};

/** The four layers, each with the six words in one order. */
export function layerCounts(index: ReportIndex): readonly LayerCounts[] {
  return layerNumbers.map((layer) => {
    const of = (index.data.layers ?? []).filter((one) => one.layer === layer);
    return {
      layer,
      name: layerName(layer),
      cells: layerVerdicts.map((verdict) => ({
        ...layerMark(verdict),
        n: of.filter((one) => one.verdict === verdict).length,
      })),
      coverage: coverage(of.map((one) => one.coverage)),
    };
  });
}
