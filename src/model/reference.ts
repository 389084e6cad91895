/** One release line of a product. */
export type ReleaseLine = {
  /** `1.22`, `8.1`, `2012 R2`: matches versions that begin with it at a separator. */
  readonly cycle: string;
  /** Last day of support; null: supported on `asOf`, no end announced. */
  readonly endOfLife: string | null;
};

/** Support dates of products by normalised name, gathered on one day. */
export type EndOfLifeTable = {
  readonly asOf: string;
  readonly source: string;
  readonly products: Readonly<Record<string, { readonly title: string; readonly lines: readonly ReleaseLine[] }>>;
};

/** Dated outside knowledge that judging leans on; each part absent when there is none. */
export type Reference = { readonly endOfLife?: EndOfLifeTable };
