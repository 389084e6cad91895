import type { TObject } from '@sinclair/typebox';
import { kinds } from '../model/observation.ts';
import { views } from './views.ts';

/** A node of a view's schema: what values a fact may have. */
export type ViewNode = Readonly<Record<string, unknown>>;

/** The document that rules read: the views by kind, any of which may be missing. */
export const rootNode: ViewNode = {
  type: 'object',
  properties: Object.fromEntries(kinds.map((kind) => [kind, views[kind].schema satisfies TObject])),
};

/** The forms a fact may take: the branches of a union, or itself. */
function formsOf(node: ViewNode): readonly ViewNode[] {
  const union = (node['anyOf'] ?? node['oneOf']) as readonly ViewNode[] | undefined;
  return union === undefined ? [node] : union.flatMap(formsOf);
}

/** JSON types a fact may have. */
export function typesOf(node: ViewNode): ReadonlySet<string> {
  return new Set(
    formsOf(node).flatMap((form) => {
      if (form['type'] !== undefined) return form['type'] as string | readonly string[];
      return 'const' in form ? [jsonType(form['const'])] : [];
    }),
  );
}

/** The type of a value, `integer` told apart from `number`. */
function jsonType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value;
}

/** A fact below a fact by name; undefined when the view has none of that name. */
export function factBelow(node: ViewNode, name: string): ViewNode | undefined {
  const found = formsOf(node).flatMap((form) => {
    const inner = (form['properties'] as Readonly<Record<string, ViewNode>> | undefined)?.[name];
    return inner === undefined ? [] : [inner];
  });
  return found.length < 2 ? found[0] : { anyOf: found };
}

/** Names of the facts directly below a fact. */
export function namesBelow(node: ViewNode): readonly string[] {
  return formsOf(node).flatMap((form) => Object.keys((form['properties'] as object | undefined) ?? {}));
}

/** What the items of a list may be; undefined for what is no list. */
export function itemOf(node: ViewNode): ViewNode | undefined {
  const items = formsOf(node).flatMap((form) => (form['items'] as ViewNode | readonly ViewNode[] | undefined) ?? []);
  return items.length === 0 ? undefined : items.length === 1 ? items[0] : { anyOf: items };
}

/** Whether a fact may ever have a value. */
export function canBe(node: ViewNode, value: unknown): boolean {
  const type = jsonType(value);
  return formsOf(node).some((form) => {
    const types = typesOf(form);
    if (!types.has(type) && !(type === 'integer' && types.has('number'))) return false;
    if ('const' in form) return form['const'] === value;
    return form['enum'] === undefined || (form['enum'] as readonly unknown[]).includes(value);
  });
}

/** Words that a fact may be, where it is one of a closed list. */
export function wordsOf(node: ViewNode): readonly string[] {
  return formsOf(node)
    .flatMap((form) => (form['enum'] as readonly unknown[] | undefined) ?? ('const' in form ? [form['const']] : []))
    .filter((word): word is string => typeof word === 'string');
}
