import type { Acting, Due, LevelDeadline } from '../../model/level.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Output } from '../output.ts';

/** `2026-11-25` as dd/mm/yyyy. */
export function dayWords(day: string): string {
  return day.split('-').reverse().join('/');
}

/** An authority with the organisation that is it here. */
export function actingWords({ lang, say }: Output, acting: Acting, inventory: Inventory): string {
  const named = inventory.organisations.find(({ id }) => id === acting.organisation);
  const own = acting.authority === 'owner' || acting.authority === 'specialised-unit';
  const who = named === undefined ? (own ? say('level.organisation-unknown') : undefined) : nameWords(lang, named);
  return `${acting.name[lang]}${who === undefined ? '' : `: ${who}`} (${acting.article})`;
}

export function nameWords(
  lang: Output['lang'],
  { name, nameEn }: { readonly name: string; readonly nameEn?: string },
): string {
  return lang === 'en' ? (nameEn ?? name) : name;
}

/** Where a term stands. */
export function deadlineWords({ say }: Output, deadline: LevelDeadline): string {
  const { state, late, noCalendar, uncertain } = deadline;
  const due = dayWords(deadline.due ?? '');
  const uncounted = (state === 'overdue' || state === 'done-late') && late === undefined;
  const words = uncounted
    ? say('level.state.overdue-uncounted', { due })
    : say(`level.state.${state}`, { due, late: late ?? 0, year: String(noCalendar ?? '') });
  return uncertain === true ? `${words}; ${say('level.uncertain')}` : words;
}

/** When a thing falls due. */
export function dueWords({ say }: Output, { due, overdue, late }: Due): string {
  if (due === undefined) return say('level.state.at-once');
  const day = dayWords(due);
  if (!overdue) return say('level.state.on', { due: day });
  return late === undefined
    ? say('level.state.overdue-uncounted', { due: day })
    : say('level.state.overdue', { due: day, late });
}
