import type { Failure } from '../../model/failure.ts';
import type { Derived } from './view.ts';

/** One fact of a view: what was seen, or why it was not. */
export type Part<T> = { readonly seen: T } | { readonly unseen: Failure };

export const seen = <T>(value: T): Part<T> => ({ seen: value });
export const unseen = (failure: Failure): { readonly unseen: Failure } => ({ unseen: failure });

type PartsOf<View> = { readonly [K in keyof View]-?: Part<NonNullable<View[K]> | Extract<View[K], null>> };

/** Makes a view of its parts: what was seen under its key, the reasons for the rest by JSON pointer. */
export function assemble<View extends object>(root: string, parts: PartsOf<View>): Derived<View> {
  const entries = Object.entries<Part<unknown>>(parts);
  return {
    view: Object.fromEntries(entries.flatMap(([key, part]) => ('seen' in part ? [[key, part.seen]] : []))) as View,
    unseen: entries.flatMap(([key, part]) =>
      'unseen' in part ? [{ at: `${root}/${key}`, failure: part.unseen }] : [],
    ),
  };
}
