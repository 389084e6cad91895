import type { System } from '../../model/inventory.ts';
import type { Regime } from '../../model/inventory/level-words.ts';
import type { LevelBook } from '../../model/level-law.ts';
import type { Due, LevelDeadline } from '../../model/level.ts';
import { message, type Message } from '../../model/text.ts';
import { buildingBefore } from './regime.ts';
import { workingDaysLate, type WorkingDays } from './working-days.ts';

/** What a system has yet to do about its level, earliest first; what is due at once before all. */
export function dueOf(
  system: System,
  regime: Regime,
  deadlines: readonly LevelDeadline[],
  book: LevelBook,
  days: WorkingDays,
  onDay: string,
): readonly Due[] {
  const due = (what: Message, article: string, day?: string): Due => {
    if (day === undefined) return { what, article, overdue: true };
    const overdue = day < onDay;
    const late = overdue ? workingDaysLate(days, day, onDay) : undefined;
    return { what, article, due: day, overdue, ...(late === undefined ? {} : { late }) };
  };
  const items: Due[] = deadlines
    .filter(({ state }) => state === 'running' || state === 'overdue')
    .map(({ term, article, due: day }) => due(message(`level.due.${term}`), article, day));
  const { classification } = system;
  const approved = classification?.dossier === 'da-phe-duyet';
  const transition = book.laws.find((law) => law.transition !== undefined)?.transition;
  const building = transition !== undefined && buildingBefore(system, transition.from);
  const inPlace = classification?.implementation?.state === 'day-du';
  if (transition !== undefined) {
    const { kept, building: rule } = transition;
    if (building && !approved) items.push(due(message('level.due.building-approval'), rule.article, rule.approvalBy));
    if (building && !inPlace) items.push(due(message('level.due.measures'), rule.article, rule.measuresBy));
    if (!building && approved && regime === 'nd-85-2016' && onDay >= transition.from && !inPlace) {
      items.push(due(message('level.due.measures'), kept.article, kept.measuresBy));
    }
  }
  if (!building && (classification === undefined || classification.dossier === 'chua-lap')) {
    items.push(due(message('level.due.classify'), 'NĐ 331/2026 Đ28.2'));
  }
  if (classification?.redetermine !== undefined) items.push(due(message('level.due.again'), 'NĐ 331/2026 Đ25'));
  if (!approved && classification?.expectedApproval !== undefined) {
    items.push(due(message('level.due.expected'), 'Mẫu 08, cột 9', classification.expectedApproval));
  }
  if (!inPlace && classification?.implementation?.expected !== undefined) {
    items.push(due(message('level.due.in-place'), 'Mẫu 08, cột 11', classification.implementation.expected));
  }
  return items.sort((a, b) => ((a.due ?? '') < (b.due ?? '') ? -1 : (a.due ?? '') > (b.due ?? '') ? 1 : 0));
}
