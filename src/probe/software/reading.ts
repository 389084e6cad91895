import { osIn, osVersionIn, splitPackage } from './packaged.ts';

/** One product as a source told it, before the source, port and text are put beside it. */
export type Reading = {
  readonly product: string;
  readonly version?: string;
  readonly vendor?: string;
  readonly os?: string;
  /** Release of the system where the words tell it: `12`, `22.04`. */
  readonly osVersion?: string;
  /** The distribution's own version: `9.2p1-2+deb12u3`. */
  readonly package?: string;
  /** No table knows the name: it was read by the grammar alone. */
  readonly guess?: true;
};

/**
 * A row of a source family's table: words that name a product. Groups `version` and `os` are kept where they match; `os` of
 * the row stands where the product runs on one system only.
 */
export type Row = { readonly words: RegExp; readonly product: string; readonly vendor?: string; readonly os?: string };

/**
 * The reading of the first row that matches. Patterns are linear (no nested repetition) and the text is cut beforehand,
 * so that a hostile banner costs microseconds.
 */
export function readRow(rows: readonly Row[], text: string): Reading | undefined {
  for (const row of rows) {
    const found = readingOf(row, text);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The readings of every row that matches, each product once. */
export function readRows(rows: readonly Row[], text: string): readonly Reading[] {
  const found = new Map<string, Reading>();
  for (const row of rows) {
    const one = readingOf(row, text);
    if (one !== undefined && !found.has(one.product)) found.set(one.product, one);
  }
  return [...found.values()];
}

function readingOf({ words, product, vendor, os }: Row, text: string): Reading | undefined {
  const match = words.exec(text);
  if (match === null) return undefined;
  const told = match.groups?.['version'];
  const split = told === undefined ? undefined : splitPackage(told);
  const system = match.groups?.['os'] ?? '';
  return reading({
    product,
    vendor,
    version: split?.version.replace(/[.,;:]+$/, ''),
    os: split?.os ?? osIn(system) ?? os,
    osVersion: split?.osVersion ?? osVersionIn(system),
    package: split?.package,
  });
}

/** A reading without its undefined parts. */
export function reading(
  parts: { readonly [K in keyof Reading]: Reading[K] | undefined } & { product: string },
): Reading {
  return Object.fromEntries(
    Object.entries(parts).filter(([, value]) => value !== undefined && value !== ''),
  ) as Reading;
}

/** One reading as a list, none as an empty one. */
export const listOf = (found: Reading | undefined): readonly Reading[] => (found === undefined ? [] : [found]);
