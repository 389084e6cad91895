import type { Level } from './inventory/level-words.ts';
import type { FactName } from './level-law.ts';
import type { Due, LevelAnswer, LevelDeadline } from './level.ts';
import { message, type Message } from './text.ts';

/** A day as documents write it, 25/11/2026. */
export function dayWords(day: string): string {
  return day.split('-').reverse().join('/');
}

/** Where a term stands. */
export function deadlineMessage({ state, due = '', late, noCalendar }: LevelDeadline): Message {
  const day = dayWords(due);
  switch (state) {
    case 'not-begun':
    case 'done':
      return message(`level.state.${state}`);
    case 'running':
      return message('level.state.running', { due: day });
    case 'done-late':
    case 'overdue':
      // Late by no working day yet: the term ended before a day off.
      return late === undefined || late === 0
        ? message('level.state.overdue-uncounted', { due: day })
        : message(`level.state.${state}`, { due: day, late });
    case 'no-calendar':
      return message('level.state.no-calendar', { year: String(noCalendar) });
  }
}

/** When a thing falls due. */
export function dueMessage({ due, overdue, late }: Due): Message {
  if (due === undefined) return message('level.state.at-once');
  const day = dayWords(due);
  if (!overdue) return message('level.state.on', { due: day });
  return late === undefined || late === 0
    ? message('level.state.overdue-uncounted', { due: day })
    : message('level.state.overdue', { due: day, late });
}

/** A fact that is not given, and what it could make of the level. */
export type OpenFact = { readonly fact: FactName; readonly level: Level; readonly articles: readonly string[] };

/** Facts that leave a higher level open, each once. */
export function openFacts(answer: LevelAnswer | undefined): readonly OpenFact[] {
  const undecided = answer?.undecided ?? [];
  return [...new Set(undecided.flatMap(({ missing }) => missing))].map((fact) => {
    const open = undecided.filter(({ missing }) => missing.includes(fact));
    const level = open.reduce<Level>((top, one) => (one.level > top ? one.level : top), 1);
    return { fact, level, articles: [...new Set(open.map(({ article }) => article))] };
  });
}
