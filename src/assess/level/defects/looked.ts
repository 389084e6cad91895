import { isDay } from '../../../model/day.ts';
import type { System } from '../../../model/inventory.ts';
import type { Classification } from '../../../model/inventory/classification.ts';
import type { Regime } from '../../../model/inventory/level-words.ts';
import type { LevelBook, LevelLaw } from '../../../model/level-law.ts';
import type { LevelAnswer, LevelDeadline, LevelDefect, Weight } from '../../../model/level.ts';
import { message, type Message } from '../../../model/text.ts';
import type { Acts, Organisations } from '../procedure.ts';

/** A classified system with everything that its data can be held against. */
export type Looked = {
  readonly system: System;
  readonly classification: Classification;
  readonly regime: Regime;
  readonly law: LevelLaw | undefined;
  readonly answer: LevelAnswer | undefined;
  readonly acts: Acts | undefined;
  readonly organisations: Organisations;
  readonly deadlines: readonly LevelDeadline[];
  readonly book: LevelBook;
  readonly onDay: string;
};

type Params = NonNullable<Message['params']>;

/** One inconsistency; `level.defect.<id>` says it. */
export function defect(id: string, weight: Weight, params: Params = {}, article?: string): LevelDefect {
  const shown = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'string' ? dayWords(value) : value,
  ]);
  return {
    id,
    weight,
    what: message(`level.defect.${id}`, Object.fromEntries(shown) as Record<string, string | number>),
    ...(article === undefined ? {} : { article }),
  };
}

/** A day as documents write it, 25/11/2026; anything else as it stands. */
function dayWords(value: string): string {
  return isDay(value) ? value.split('-').reverse().join('/') : value;
}

/** Whether the dossier has left its author. */
export function sent({ dossier }: Classification): boolean {
  return dossier === 'da-gui-tham-dinh' || dossier === 'da-tham-dinh' || dossier === 'da-phe-duyet';
}
