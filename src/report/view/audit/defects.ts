import { weights, type Weight } from '../../../model/level.ts';
import { message, type Message } from '../../../model/text.ts';
import type { PageRef } from '../../page-ref.ts';
import { nameOf, type Name } from '../name.ts';
import { compare, type ReportIndex } from '../report-index.ts';

/** One inconsistency of the inventory's own data on a level. */
export type DefectRow = {
  readonly weight: Message;
  readonly grade: Weight;
  readonly what: Message;
  readonly article: string | null;
  readonly name: Name;
  readonly ref: PageRef;
};

/** Every inconsistency of the province, gravest first, then by what is wrong and by system. */
export function defectRows(index: ReportIndex): readonly DefectRow[] {
  const systems = new Map(index.files.map(({ system }) => [system.id, system]));
  return (index.data.levels ?? [])
    .flatMap(({ system, defects }) => defects.map((defect) => ({ system, defect })))
    .toSorted(
      (a, b) =>
        weights.indexOf(a.defect.weight) - weights.indexOf(b.defect.weight) ||
        compare(a.defect.id, b.defect.id) ||
        compare(a.system, b.system),
    )
    .flatMap(({ system, defect }) => {
      const known = systems.get(system);
      if (known === undefined) return [];
      return [
        {
          grade: defect.weight,
          weight: message(`words.severity.${defect.weight}`),
          what: defect.what,
          article: defect.article ?? null,
          name: nameOf(known),
          ref: { page: 'system', id: system },
        },
      ];
    });
}
