import { EVENT_ID, getScalarValue, SCALAR_STYLE, type Event } from 'js-yaml';

/** Offset at which the value of an event begins; for one that is not written, as after `key:`, where it would stand. */
export function startOf(events: readonly Event[], index: number, text: string): number {
  const event = events[index];
  if (event?.type === EVENT_ID.SEQUENCE || event?.type === EVENT_ID.MAPPING) return event.start;
  if (event?.type === EVENT_ID.ALIAS) return event.anchorStart - 1;
  if (event?.type !== EVENT_ID.SCALAR) return 0;
  if (event.valueStart === unwritten) return unwrittenStart(events, index, text);
  switch (event.style) {
    case SCALAR_STYLE.PLAIN:
      return event.valueStart;
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return event.valueStart - 1;
    // The event tells where the words begin; the `|` or `>` comes first after what stands before it.
    case SCALAR_STYLE.LITERAL_BLOCK:
    case SCALAR_STYLE.FOLDED_BLOCK:
      return skip(/(?:[^|>#]|#.*)*/y, text, lastWritten(events, index).end);
  }
}

/** The event after a whole value: behind its closing one where it is a container. */
export function nextAfter(events: readonly Event[], index: number): number {
  let depth = 0;
  let at = index;
  do {
    const type = events[at]?.type;
    if (type === EVENT_ID.SEQUENCE || type === EVENT_ID.MAPPING) depth += 1;
    else if (type === EVENT_ID.POP) depth -= 1;
    at += 1;
  } while (depth > 0 && at < events.length);
  return at;
}

/** The events of what a container holds: by key, of each key the first; by index, of a list. */
export function entriesOf(
  events: readonly Event[],
  container: number,
  text: string,
): ReadonlyMap<string | number, Entry> {
  const entries = new Map<string | number, Entry>();
  const isList = events[container]?.type === EVENT_ID.SEQUENCE;
  let at = container + 1;
  while (at < events.length && events[at]?.type !== EVENT_ID.POP) {
    if (isList) {
      entries.set(entries.size, { value: at });
      at = nextAfter(events, at);
      continue;
    }
    const key = events[at];
    const value = nextAfter(events, at);
    const name = key?.type === EVENT_ID.SCALAR ? getScalarValue(text, key) : undefined;
    if (name !== undefined && !entries.has(name)) entries.set(name, { key: at, value });
    at = nextAfter(events, value);
  }
  return entries;
}
export type Entry = { readonly key?: number; readonly value: number };

const unwritten = -1;

/** Behind its colon or dash: one such sign for each unwritten value since the last written one. */
function unwrittenStart(events: readonly Event[], index: number, text: string): number {
  const last = lastWritten(events, index);
  let offset = last.end;
  for (let at = last.at + 1; at <= index; at += 1) {
    if (events[at]?.type === EVENT_ID.SCALAR) offset = skip(/(?:[^:\-,#]|#.*)*[:\-,]?/y, text, offset);
  }
  return offset;
}

/** The last event before another that has something written, and where that ends (of a container: begins). */
function lastWritten(events: readonly Event[], index: number): { readonly at: number; readonly end: number } {
  for (let at = index - 1; at >= 0; at -= 1) {
    const event = events[at];
    if (event?.type === EVENT_ID.SEQUENCE || event?.type === EVENT_ID.MAPPING) return { at, end: event.start };
    if (event?.type === EVENT_ID.SCALAR && event.valueStart !== unwritten) return { at, end: event.valueEnd };
  }
  return { at: -1, end: 0 };
}

/** The offset behind what a sticky pattern, which may match nothing, takes from another. */
function skip(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return offset + (pattern.exec(text)?.[0].length ?? 0);
}
