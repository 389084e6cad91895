import type { Tell } from '../tell.ts';
import { string } from './text.ts';

/** The namespace of our own properties and facets; a name, not an address. */
export const namespace = 'urn:rasoat:oscal';

type Prop = Readonly<Record<string, string>>;

/** Properties of ours; null is left out, and nothing at all is no list, for OSCAL has no empty ones. */
export function props(
  of: Readonly<Record<string, string | number | boolean | null>>,
  tell: Tell,
): { readonly props?: readonly Prop[] } {
  const list = Object.entries(of).flatMap(([name, value]): Prop[] =>
    value === null || value === '' ? [] : [{ name, ns: namespace, value: string(String(value), tell) }],
  );
  return list.length === 0 ? {} : { props: list };
}

/** A list under its name, or nothing where it is empty. */
export function some<K extends string, T>(name: K, items: readonly T[]): Readonly<Partial<Record<K, readonly T[]>>> {
  const held = { [name]: items } as Readonly<Record<K, readonly T[]>>;
  return items.length === 0 ? ({} as Readonly<Partial<Record<K, readonly T[]>>>) : held;
}
