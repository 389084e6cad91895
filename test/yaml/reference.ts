import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';

/** What the `yaml` package makes of a text: its data, and the position of every key and value by JSON pointer. */
export type Reference =
  | { readonly ok: false }
  | { readonly ok: true; readonly value: unknown; readonly positions: ReadonlyMap<string, string> };

/** The other opinion that our reader is held against. Keys given twice, tags and aliases are no part of it. */
export function readByYaml(text: string): Reference {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    prettyErrors: false,
    lineCounter,
  });
  if (document.errors.length > 0) return { ok: false };
  const positions = new Map<string, string>();
  const note = (pointer: string, node: Node | null) => {
    const offset = node?.range?.[0];
    if (offset === undefined) return;
    const { line, col } = lineCounter.linePos(offset);
    positions.set(pointer, `${line}:${col}`);
  };
  const walk = (node: Node | null, pointer: string): unknown => {
    note(pointer, node);
    if (isScalar(node)) return node.value;
    if (isSeq<Node>(node)) return node.items.map((item, index) => walk(item, `${pointer}/${index}`));
    if (!isMap<Node, Node | null>(node)) return null;
    const entries = node.items.map(({ key, value }) => {
      // A key is the word that was written, also where YAML takes it for a number.
      const name = isScalar(key) ? String(typeof key.value === 'string' ? key.value : key.source) : '?';
      note(`${pointer}/${name} key`, key);
      return [name, walk(value, `${pointer}/${name}`)] as const;
    });
    return Object.fromEntries(entries);
  };
  return { ok: true, value: walk(document.contents, ''), positions };
}
