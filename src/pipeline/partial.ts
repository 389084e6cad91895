import type { Target } from '../model/target.ts';
import { placeOf } from '../track/place.ts';

/** What a partial run looked at, kept with it so that any process can take it in. */
export type Partial = {
  /** Systems looked at whole. */
  readonly systems: readonly string[];
  /** Of other systems, the places that an earlier look had to leave; each as the inventory declares it. */
  readonly left: readonly { readonly system: string; readonly places: readonly string[] }[];
};

/** The partial run that a run's settings tell of. Only `scan` writes them. */
export function partialOf(settings: Readonly<Record<string, unknown>>): Partial {
  const { partial } = settings as { readonly partial?: Partial };
  if (partial === undefined) throw new Error('a partial run without what it was to look at');
  return partial;
}

/** Whether something of a system, seen at a target, is of a partial run. */
export function concernsOf(
  partial: Partial,
): (one: { readonly system: string; readonly key: Target['key'] }) => boolean {
  const systems = new Set(partial.systems);
  const left = new Set(partial.left.flatMap(({ system, places }) => places.map((place) => `${system}\n${place}`)));
  return ({ system, key }) => systems.has(system) || left.has(`${system}\n${placeOf(key)}`);
}
