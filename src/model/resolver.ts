/** A recursive resolver of our own: a literal address and its port. */
export type ResolverAddress = { readonly address: string; readonly port: number };
