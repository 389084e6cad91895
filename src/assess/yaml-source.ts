import { isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument, type Node, type Pair } from 'yaml';
import type { Problem } from '../model/errors.ts';
import { message, type Message } from '../model/text.ts';

/** A path into a document: names of fields, indexes of lists. */
export type Path = readonly (string | number)[];

/** A YAML file that can say on which line a value stands. */
export type YamlSource = {
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** A problem with the value at a path, or with the nearest one above it that exists. */
  readonly problemAt: (path: Path, what: Message) => Problem;
};

const longest = 2_000_000;

/** Parses one file. What is no YAML gives problems with their place, and no value. */
export function parseYaml(content: string, file: string): YamlSource {
  if (content.length > longest) {
    const problem = { file, message: message('frameworks.file-too-long', { most: longest }) };
    return { value: undefined, problems: [problem], problemAt: () => problem };
  }
  const lineCounter = new LineCounter();
  const document = parseDocument(content, { lineCounter, prettyErrors: false, stringKeys: false });
  const at = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems = document.errors.map(({ pos, message: detail }) => ({
    ...at(pos[0]),
    message: message('frameworks.not-yaml', { detail }),
  }));
  const problemAt = (path: Path, what: Message) => ({ ...at(offsetOf(document.contents, path)), message: what });
  if (problems.length > 0) return { value: undefined, problems, problemAt };
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) as unknown, problems, problemAt };
  } catch (error) {
    // A cycle or a bomb of aliases.
    const detail = error instanceof Error ? error.message : String(error);
    const problem = { ...at(0), message: message('frameworks.not-yaml', { detail }) };
    return { value: undefined, problems: [problem], problemAt };
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
