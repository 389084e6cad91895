import type { Failure } from './failure.ts';

/** A recursive resolver of our own: a literal address and its port. */
export type ResolverAddress = { readonly address: string; readonly port: number };

/** The addresses of a name, each once; or why there are none, and whether it is known to have none. */
export type Resolution =
  | { readonly ok: true; readonly addresses: readonly string[] }
  | { readonly ok: false; readonly failure: Failure; readonly absent: boolean };

/** Most addresses of one name that are looked at. */
export const mostAddresses = 64;
