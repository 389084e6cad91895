import type { Message } from '../../../model/text.ts';
import type { PageRef } from '../../page-ref.ts';
import { nameOf, type Name } from '../name.ts';
import { compare, type ReportIndex } from '../report-index.ts';

/** Something observed that disputes a declared fact: asked of the owner, never a verdict. */
export type QuestionRow = {
  readonly what: Message;
  readonly name: Name;
  readonly ref: PageRef;
  readonly target: string;
  readonly at: string;
  readonly quote: string;
};

/** Questions to owners, system by system. */
export function questionRows(index: ReportIndex): readonly QuestionRow[] {
  const systems = new Map(index.files.map(({ system }) => [system.id, system]));
  return (index.data.levels ?? [])
    .toSorted((a, b) => compare(a.system, b.system))
    .flatMap(({ system, questions }) => {
      const known = systems.get(system);
      if (known === undefined) return [];
      return questions.map(({ what, target, at, quote }) => ({
        what,
        name: nameOf(known),
        ref: { page: 'system' as const, id: system },
        target,
        at,
        quote,
      }));
    });
}
