import type { Problem } from '../../model/errors.ts';
import type { Calendar, LevelLaw } from '../../model/level-law.ts';
import { inOrder } from '../../yaml/in-order.ts';
import { readYaml, type YamlFile } from '../../yaml/read-yaml.ts';
import { departureOf, type Departure } from '../schema-problem.ts';
import { calendarDepartures, lawDepartures } from './law-rules.ts';
import { calendarSchema, levelLawSchema } from './schema.ts';
import { borderOf, type Border } from '../../model/border.ts';

/** One file read, or every problem found in it. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T; readonly problemAt: YamlFile['problemAt'] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const told = { allErrors: true, verbose: true };
const isLaw = borderOf<LevelLaw>(levelLawSchema, told);
const isCalendar = borderOf<Calendar>(calendarSchema, told);

/** Longest file read, in UTF-16 units. */
const longest = 1_000_000;

/** Reads the text of a file of `levels/`. */
export function parseLevelLaw(content: string, file: string): Parsed<LevelLaw> {
  return parse(content, file, isLaw, lawDepartures);
}

/** Reads the text of a file of `calendar/`. */
export function parseCalendar(content: string, file: string): Parsed<Calendar> {
  return parse(content, file, isCalendar, calendarDepartures);
}

function parse<T>(
  content: string,
  file: string,
  is: Border<T>,
  further: (value: T) => readonly Departure[],
): Parsed<T> {
  const { value, problems, problemAt } = readYaml(content, file, longest);
  if (problems.length > 0) return { ok: false, problems };
  const departures = is(value) ? further(value) : (is.errors ?? []).map(departureOf);
  if (departures.length > 0) {
    return { ok: false, problems: inOrder(departures.map(({ path, message }) => problemAt(path, message))) };
  }
  return { ok: true, value: value as T, problemAt };
}
