import { EVENT_ID, getScalarValue, parseEvents, YAMLException, type Event } from 'js-yaml';
import { message, type Message } from '../model/text.ts';
import { findControlCharacter } from './control-character.ts';
import { entriesOf, startOf, type Entry } from './events.ts';
import { explain } from './explain.ts';
import type { Fault } from './fault.ts';
import { linePositions } from './line-positions.ts';
import type { Locate, Place, Position } from './place.ts';
import type { Path } from './pointer.ts';
import { readEvents, type Reading } from './read-events.ts';

/** A parsed text: plain data, and where each piece of it was written. */
export type YamlSource = {
  /** Objects, lists, texts, numbers, booleans and nulls; nothing else. Undefined for a text that is no YAML. */
  readonly value: unknown;
  readonly locate: Locate;
  /** Where a path leads, or the nearest thing above it that exists: the key of a map's entry, the item of a list. */
  readonly locatePath: (path: Path) => Position;
  /** A scalar as it was written, before YAML made a number or a boolean of it. */
  readonly written: (place: Place) => string | undefined;
  /** What YAML itself objects to. */
  readonly faults: readonly { readonly position: Position; readonly message: Message }[];
  /** Whether the faults leave the data in doubt, so that judging it further would only mislead. */
  readonly broken: boolean;
};

/**
 * Parses the plain part of YAML 1.2. Refused: directives, tags, anchors and aliases, several documents, keys that are no
 * text, `__proto__`, a key given twice, control characters, deep nesting, more than `longest` UTF-16 units. Nothing is
 * evaluated. Never throws.
 */
export function parseYaml(text: string, longest: number): YamlSource {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (plain.length > longest) {
    return sourceOf('', [], refused([{ offset: 0, message: message('yaml.too-long', { most: longest }) }]));
  }
  const events = eventsOf(plain);
  if (!Array.isArray(events)) return sourceOf(plain, [], refused(whyRefused(plain, events)));
  const doubts = [...strayFaults(plain), ...(isDoubtful(plain, events) ? explain(plain) : [])];
  if (doubts.length > 0) return sourceOf(plain, events, refused(doubts));
  return sourceOf(plain, events, readEvents(plain, events, firstValue, linePositions(plain)));
}

/** Behind the event of the document. */
const firstValue = 1;

/** Deep enough that what is nested deeper than allowed can be pointed at, far from what exhausts the stack. */
const maxDepth = 500;

function eventsOf(text: string): Event[] | YAMLException {
  try {
    return parseEvents(text, { maxDepth });
  } catch (error) {
    if (error instanceof YAMLException) return error;
    throw error;
  }
}

/** Both packages need not agree that the text is bad, but somebody has refused it. */
function whyRefused(text: string, error: YAMLException): readonly Fault[] {
  const faults = explain(text);
  if (faults.length > 0) return faults;
  const control = findControlCharacter(text);
  if (control === undefined) return [{ offset: error.mark?.position ?? 0, message: message('yaml.unexpected') }];
  return [{ offset: control.index, message: message('yaml.control-character', { code: control.code }) }];
}

/**
 * Whether the two packages could read the text differently: more documents or ends of documents, a tab that may be
 * indentation, a byte order mark inside, an indentation given in digits. Found by comparing them on
 * random texts (test/yaml).
 */
function isDoubtful(text: string, events: readonly Event[]): boolean {
  return (
    events.filter(({ type }) => type === EVENT_ID.DOCUMENT).length > 1 ||
    text.startsWith('...') ||
    text.includes('\n...') ||
    text.includes('\uFEFF') ||
    (text.includes('\t') && /^[^\S\n]*\t/m.test(text)) ||
    /[|>][-+]?[1-9][-+]?[^\S\n]*(?:#.*)?$/m.test(text)
  );
}

/** What the reader passes over or takes otherwise than YAML has it, by a pattern that ends behind its first character. */
const strays: readonly (readonly [RegExp, Message])[] = [
  [/^(?:[^\S\n]*(?:#.*)?\n)*%/, message('yaml.directive')],
  [/^[^\S\n]+-(?=--(?:\s|$))/, message('yaml.indent')],
  [/\r(?!\n)/, message('yaml.control-character', { code: 'U+000D' })],
];

function strayFaults(text: string): readonly Fault[] {
  return strays.flatMap(([pattern, words]) => {
    const found = pattern.exec(text);
    return found === null ? [] : [{ offset: found.index + found[0].length - 1, message: words }];
  });
}

function refused(faults: readonly Fault[]): Reading {
  return { value: undefined, containers: new Map(), faults, broken: true };
}

function sourceOf(text: string, events: readonly Event[], reading: Reading): YamlSource {
  const { value, containers, faults, broken } = reading;
  const positionAt = linePositions(text);
  const positionOf = (event: number): Position => positionAt(startOf(events, event, text));
  const cache = new Map<number, ReadonlyMap<string | number, Entry>>();
  const entryAt = (container: object, key: string | number): Entry | undefined => {
    const event = containers.get(container);
    if (event === undefined) return undefined;
    const entries = cache.get(event) ?? entriesOf(events, event, text);
    cache.set(event, entries);
    return entries.get(Array.isArray(container) ? Number(key) : String(key));
  };

  function locate(place: Place): Position {
    const entry = place.key === undefined ? undefined : entryAt(place.in, place.key);
    if (entry === undefined) return positionOf(containers.get(place.in) ?? firstValue);
    return positionOf(place.part === 'key' ? (entry.key ?? entry.value) : entry.value);
  }

  function locatePath(path: Path): Position {
    let found = firstValue;
    let inner = value;
    for (const step of path) {
      const entry = typeof inner === 'object' && inner !== null ? entryAt(inner, step) : undefined;
      if (entry === undefined) break;
      found = entry.key ?? entry.value;
      inner = (inner as Record<string | number, unknown>)[step];
    }
    return positionOf(found);
  }

  function written(place: Place): string | undefined {
    const entry = place.key === undefined ? undefined : entryAt(place.in, place.key);
    const event = entry === undefined ? undefined : events[entry.value];
    return event?.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : undefined;
  }

  return {
    value,
    locate,
    locatePath,
    written,
    faults: faults.map((fault) => ({ position: positionAt(fault.offset), message: fault.message })),
    broken,
  };
}
