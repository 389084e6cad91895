import { EVENT_ID, getScalarValue, SCALAR_STYLE, type Event, type ScalarEvent } from 'js-yaml';
import { message, type Message } from '../model/text.ts';
import { findControlCharacter } from './control-character.ts';
import { entriesOf, nextAfter, startOf } from './events.ts';
import { deepest, type Fault } from './fault.ts';
import type { Position } from './place.ts';
import { plainScalar } from './plain-scalar.ts';

/** The value of one document, and at which event each of its containers began. */
export type Reading = {
  readonly value: unknown;
  readonly containers: ReadonlyMap<object, number>;
  readonly faults: readonly Fault[];
  /** Whether a fault leaves the data in doubt. */
  readonly broken: boolean;
};

/**
 * Makes plain data of the events that begin at `first`. Refused: tags, anchors and aliases, keys that are no text,
 * `__proto__`, a key given twice (the first holds), control characters, nesting deeper than the limit.
 */
export function readEvents(
  text: string,
  events: readonly Event[],
  first: number,
  positionAt: (offset: number) => Position,
): Reading {
  // A Map and not a WeakMap: thousands of ephemerons slow the garbage collector, and all die together anyway.
  const containers = new Map<object, number>();
  const faults: Fault[] = [];
  // Written as it is, or as an escape.
  const mayHoldControl = text.includes('\\') || findControlCharacter(text) !== undefined;
  let broken = false;
  let at = first;

  const fault = (index: number, words: Message, breaks = true): void => {
    faults.push({ offset: startOf(events, index, text), message: words });
    broken ||= breaks;
  };

  function value(depth: number): unknown {
    const index = at;
    const event = events[index];
    if (depth > deepest) fault(index, message('yaml.too-deep', { limit: deepest }));
    else if (event?.type === EVENT_ID.ALIAS) fault(index, message('yaml.alias'));
    else {
      checkProperties(event, index);
      if (event?.type === EVENT_ID.MAPPING) return record(depth);
      if (event?.type === EVENT_ID.SEQUENCE) return list(depth);
      if (event?.type === EVENT_ID.SCALAR) return scalar(event);
    }
    at = nextAfter(events, index);
    return null;
  }

  function checkProperties(event: Event | undefined, index: number): void {
    if (event === undefined || !('tagStart' in event)) return;
    if (event.tagStart !== absent) {
      fault(index, message('yaml.tag', { tag: cut(text.slice(event.tagStart, event.tagEnd)) }));
    }
    if (event.anchorStart !== absent) fault(index, message('yaml.alias'));
  }

  function list(depth: number): unknown[] {
    const items: unknown[] = [];
    containers.set(items, at);
    at += 1;
    while (!isEnd()) items.push(value(depth + 1));
    at += 1;
    return items;
  }

  function record(depth: number): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    containers.set(object, at);
    at += 1;
    while (!isEnd()) {
      const index = at;
      const name = key();
      if (name === undefined || name === '__proto__' || Object.hasOwn(object, name)) {
        refuseKey(name, index, object);
        at = nextAfter(events, nextAfter(events, index));
      } else object[name] = value(depth + 1);
    }
    at += 1;
    return object;
  }

  /** Moves behind a key that is a written scalar without tag and anchor. */
  function key(): string | undefined {
    const event = events[at];
    if (event?.type !== EVENT_ID.SCALAR || event.valueStart === absent) return undefined;
    if (event.tagStart !== absent || event.anchorStart !== absent) return undefined;
    const name = getScalarValue(text, event);
    checkCharacters(name);
    at += 1;
    return name;
  }

  function refuseKey(name: string | undefined, index: number, object: object): void {
    if (name === undefined) fault(index, message('yaml.key'));
    else if (name === '__proto__') fault(index, message('yaml.forbidden-key', { key: name }), false);
    else {
      const before = firstKeys(object).get(name)?.key ?? index;
      const { line } = positionAt(startOf(events, before, text));
      fault(index, message('yaml.duplicate-key', { key: cut(name), line }), false);
    }
  }

  const cache = new Map<object, ReturnType<typeof entriesOf>>();
  function firstKeys(object: object): ReturnType<typeof entriesOf> {
    const entries = cache.get(object) ?? entriesOf(events, containers.get(object) ?? 0, text);
    cache.set(object, entries);
    return entries;
  }

  function scalar(event: ScalarEvent): unknown {
    const words = getScalarValue(text, event);
    const found = event.style === SCALAR_STYLE.PLAIN ? plainScalar(words) : words;
    checkCharacters(found);
    at += 1;
    return found;
  }

  function checkCharacters(found: unknown): void {
    if (!mayHoldControl || typeof found !== 'string') return;
    const control = findControlCharacter(found);
    if (control !== undefined) fault(at, message('yaml.control-character', { code: control.code }));
  }

  const isEnd = (): boolean => at >= events.length || events[at]?.type === EVENT_ID.POP;

  return { value: value(0), containers, faults, broken };
}

const absent = -1;

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
