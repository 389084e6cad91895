import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { message, type Message } from '../model/text.ts';
import type { Locate, Place, Position } from './ledger.ts';
import { yamlFaultMessage } from './yaml-fault.ts';

/** A parsed file: plain data, and where each piece of it was written. */
export type Source = {
  /** Objects, lists, texts, numbers, booleans and nulls; nothing else. */
  readonly value: unknown;
  readonly locate: Locate;
  /** A scalar as it was written, before YAML made a number or a boolean of it. */
  readonly written: (place: Place) => string | undefined;
  /** What YAML itself objects to. */
  readonly faults: readonly Fault[];
  /** Whether the faults leave the data in doubt, so that judging it further would only mislead. */
  readonly broken: boolean;
};
export type Fault = { readonly position: Position; readonly message: Message };

const deepest = 32;

/**
 * Parses the plain part of YAML 1.2 that an inventory needs. Refused: directives, tags, anchors and aliases, several
 * documents, keys that are no text, `__proto__`, a key given twice, control characters. Nothing is evaluated.
 */
export function parseSource(text: string): Source {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    version: '1.2',
    schema: 'core',
    merge: false,
    resolveKnownTags: false,
    uniqueKeys: false,
    prettyErrors: false,
    // Not 'silent': that would drop a second document without a word.
    logLevel: 'error',
  });
  const positionAt = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const converter = createConverter(positionAt, mayHoldControl.test(text));
  const syntax = syntaxFaults(document, text, positionAt);
  const value = syntax.length === 0 ? converter.convert(document.contents, 0) : undefined;
  return {
    value,
    locate: (place) => positionAt(offsetOf(converter.nodes, place)),
    written: (place) => writtenAt(converter.nodes, place),
    faults: [...syntax, ...converter.faults],
    broken: syntax.length > 0 || converter.isBroken(),
  };
}

/** A Map and not a WeakMap: thousands of ephemerons slow the garbage collector, and all die together anyway. */
type Nodes = Map<object, Node>;

function syntaxFaults(document: Document.Parsed, text: string, positionAt: (offset: number) => Position): Fault[] {
  // Past the first error the parser guesses, save that a tab is a tab.
  const sure = document.errors.filter(({ code }, index) => index === 0 || code === 'TAB_AS_INDENT');
  const faults = sure.map(({ code, pos }) => ({ position: positionAt(pos[0]), message: yamlFaultMessage(code) }));
  const directive = /^%[A-Z]/m.exec(text);
  if (directive !== null && (document.directives.yaml.explicit === true || /^%TAG/m.test(text))) {
    faults.push({ position: positionAt(directive.index), message: message('inventory.yaml-directive') });
  }
  return faults;
}

function createConverter(positionAt: (offset: number) => Position, checkCharacters: boolean) {
  const nodes: Nodes = new Map();
  const faults: Fault[] = [];
  let broken = false;
  const fault = (node: Node, words: Message, breaks: boolean): null => {
    faults.push({ position: positionAt(node.range?.[0] ?? 0), message: words });
    broken ||= breaks;
    return null;
  };

  function convert(node: Node | null, depth: number): unknown {
    if (node === null) return null;
    if (isAlias(node)) return fault(node, message('inventory.yaml-alias'), true);
    if (depth > deepest) return fault(node, message('inventory.yaml-too-deep', { limit: deepest }), true);
    if (node.tag !== undefined)
      fault(node, message('inventory.yaml-tag', { tag: cut(node.tag.replace('tag:yaml.org,2002:', '!!')) }), true);
    if (hasAnchor(node)) fault(node, message('inventory.yaml-alias'), true);
    if (isScalar(node)) return scalar(node, node.value);
    if (isSeq(node)) {
      const list = node.items.map((item) => convert(item as Node | null, depth + 1));
      nodes.set(list, node);
      return list;
    }
    return isMap(node) ? record(node, depth) : null;
  }

  function scalar(node: Node, value: unknown): unknown {
    if (typeof value === 'bigint') return Number(value);
    const control = checkCharacters && typeof value === 'string' ? controlCharacter.exec(value)?.[0] : undefined;
    if (control === undefined) return value;
    const code = `U+${(control.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    return fault(node, message('inventory.control-character', { code }), true);
  }

  function record(node: Node, depth: number): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    nodes.set(object, node);
    const seen = new Map<string, Node>();
    for (const { key, value } of isMap<Node | null, Node | null>(node) ? node.items : []) {
      const name = keyText(key);
      const at = key ?? node;
      if (name === undefined || isTagged(key)) {
        fault(at, message('inventory.yaml-key'), true);
        continue;
      }
      const before = seen.get(name);
      if (name === '__proto__') fault(at, message('inventory.forbidden-key', { key: name }), false);
      else if (before !== undefined) {
        fault(
          at,
          message('inventory.duplicate-key', { key: cut(name), line: positionAt(before.range?.[0] ?? 0).line }),
          false,
        );
      } else {
        seen.set(name, at);
        object[name] = convert(value, depth + 1);
      }
    }
    return object;
  }

  return { nodes, faults, convert, isBroken: () => broken };
}

/** C0 and C1 controls save tab and line feed, and the characters that turn the direction of a line (CVE-2021-42574). */
const controlCharacter = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF]/;

/** Written as they are, or as an escape. */
const mayHoldControl = new RegExp(`${controlCharacter.source}|\\\\`);

function keyText(key: Node | null): string | undefined {
  if (key === null || !isScalar(key)) return undefined;
  return typeof key.value === 'string' ? key.value : (key.source ?? '');
}

function isTagged(key: Node | null): boolean {
  return key !== null && (key.tag !== undefined || hasAnchor(key));
}

function hasAnchor(node: Node): boolean {
  return 'anchor' in node && typeof node.anchor === 'string';
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function offsetOf(nodes: Nodes, place: Place): number {
  const container = nodes.get(place.in);
  const start = container?.range?.[0] ?? 0;
  if (place.key === undefined) return start;
  const { key, value } = entryOf(container, place.key);
  const node = place.part === 'key' ? key : (value ?? key);
  return node?.range?.[0] ?? start;
}

function writtenAt(nodes: Nodes, place: Place): string | undefined {
  if (place.key === undefined) return undefined;
  const { value } = entryOf(nodes.get(place.in), place.key);
  return isScalar(value) ? value.source : undefined;
}

type Entry = { readonly key?: Node | null; readonly value?: Node | null };

function entryOf(container: Node | undefined, key: string | number): Entry {
  if (isSeq<Node>(container)) return { value: container.items[Number(key)] ?? null };
  if (!isMap<Node | null, Node | null>(container)) return {};
  return container.items.find((pair) => keyText(pair.key) === key) ?? {};
}
