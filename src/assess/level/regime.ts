import type { System } from '../../model/inventory.ts';
import type { Regime } from '../../model/inventory/level-words.ts';
import type { LevelBook, LevelLaw } from '../../model/level-law.ts';

/** Days of the change of law (Law 116/2025/QH15 Đ44.1, Đ45.1; Decree 331 Đ39.1), where no law of levels brings its own. */
const change = { from: '2026-07-01', buildingUntil: '2026-12-31' };

/** The law of one regime. */
export function lawOf(book: LevelBook, regime: Regime): LevelLaw | undefined {
  return book.laws.find((law) => law.regime === regime);
}

/** Whether a system was under construction when the law changed (Decree 331 Đ39.1). */
export function buildingBefore(system: System, from: string): boolean {
  const { state, since } = system.classification?.operation ?? {};
  return state === 'dang-xay-dung' && since !== undefined && since < from;
}

/**
 * The law that a system's level stands under on a day: what the inventory says, else that of the day of its decision. A
 * level approved under the old law stays valid (Law 116 Đ45.1); a system under construction when the law changed is
 * approved under the old one for six months (Decree 331 Đ39.1). Every other has nothing to keep and stands under the
 * law of the day.
 */
export function regimeOf(system: System, onDay: string, book?: LevelBook): Regime {
  const transition = book?.laws.find((law) => law.transition !== undefined)?.transition;
  const from = transition?.from ?? change.from;
  const until = transition?.building.approvalBy ?? change.buildingUntil;
  const classification = system.classification;
  if (classification?.regime !== undefined) return classification.regime;
  const decided = classification?.decision?.date;
  if ((decided ?? onDay) < from) return 'nd-85-2016';
  return buildingBefore(system, from) && (decided ?? onDay) <= until ? 'nd-85-2016' : 'nd-331-2026';
}
