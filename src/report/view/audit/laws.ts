import { message, type Message, type Text } from '../../../model/text.ts';
import { compare, type ReportIndex } from '../report-index.ts';

/** One legal text that the verdicts lean on, with its dates and how sure we are of its words. */
export type LawRow = {
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly from: string;
  readonly to: string | null;
  readonly certainty: Message;
  readonly readOn: string;
  readonly source: string;
  readonly obligations: number;
  readonly binding: boolean;
};

/** The texts that were applied, binding ones first. */
export function lawRows(index: ReportIndex): readonly LawRow[] {
  return index.data.frameworks
    .map(({ id, kind, title, instrument, inForce, obligations }) => ({
      id,
      number: instrument.number,
      title,
      from: inForce.from,
      to: inForce.to ?? null,
      certainty: message(`words.certainty.${instrument.certainty}`),
      readOn: instrument.readOn,
      source: instrument.source,
      obligations: obligations.length,
      binding: kind !== 'good-practice',
    }))
    .toSorted((a, b) => Number(b.binding) - Number(a.binding) || compare(a.id, b.id));
}
