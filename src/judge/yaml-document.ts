import {
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
  type Pair,
} from 'yaml';
import type { Problem } from '../model/errors.ts';
import { message, type Message } from '../model/text.ts';
import type { Path } from './pointer.ts';

/** A YAML file read safely: its value, or what is wrong; and where in the file a value stands. */
export type YamlDocument = {
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** A problem at a path, or at the nearest thing above it that exists. `key`: at the name of the last step. */
  readonly problemAt: (path: Path, what: Message) => Problem;
};

/** Longest file read, in UTF-16 units. */
export const longestFile = 262_144;

/** Aliases are for a word said twice, not for bombs. */
const mostAliases = 100;

/**
 * Parses one file: one document, YAML 1.2 core types alone (no tags of anybody's own), no key twice, no more than a few
 * aliases. Never throws.
 */
export function parseYaml(content: string, file: string): YamlDocument {
  const lines = new LineCounter();
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const refuse = (what: Message, offset = 0): YamlDocument => {
    const problem = { ...at(offset), message: what };
    return { value: undefined, problems: [problem], problemAt: () => problem };
  };
  if (content.length > longestFile) return refuse(message('checks.file-too-long', { most: longestFile }));
  const parsed = parseSafely(content, lines);
  if (parsed instanceof Error) return refuse(message('checks.not-yaml', { detail: parsed.message }));
  const [document, second] = parsed;
  if (document === undefined || document.contents === null) return refuse(message('checks.empty-file'));
  if (second !== undefined) return refuse(message('checks.many-documents'), second.range[0]);
  const problemAt = (path: Path, what: Message) => ({ ...at(offsetOf(document.contents, path)), message: what });
  const problems = [...document.errors, ...document.warnings].map(({ code, pos, message: detail }) => ({
    ...at(pos[0]),
    message: faultOf(code, detail),
  }));
  if (problems.length > 0) return { value: undefined, problems, problemAt };
  try {
    return { value: document.toJS({ maxAliasCount: mostAliases }) as unknown, problems: [], problemAt };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return refuse(message('checks.too-many-aliases', { most: mostAliases }));
  }
}

/** The parser recurses, so a file of brackets alone can exhaust the stack. */
function parseSafely(content: string, lineCounter: LineCounter): readonly Document.Parsed[] | Error {
  try {
    const parsed = parseAllDocuments(content, { lineCounter, prettyErrors: false, schema: 'core', uniqueKeys: true });
    return 'empty' in parsed ? [] : parsed;
  } catch (error) {
    if (error instanceof RangeError) return error;
    throw error;
  }
}

function faultOf(code: string, detail: string): Message {
  switch (code) {
    case 'DUPLICATE_KEY':
      return message('checks.key-twice');
    case 'TAG_RESOLVE_FAILED':
      return message('checks.own-tag');
    default:
      return message('checks.not-yaml', { detail });
  }
}

function offsetOf(contents: Node | null, path: Path): number {
  let node: Node | null = contents;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    const next = childOf(node, step);
    if (next === undefined) return offset;
    offset = (isPair(next) ? startOf(next.key) : startOf(next)) ?? offset;
    node = isPair(next) ? (isNode(next.value) ? next.value : null) : next;
  }
  return offset;
}

function childOf(node: Node | null, step: string | number): Node | Pair | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(step)];
    return isNode(item) ? item : undefined;
  }
  if (!isMap(node)) return undefined;
  return node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
