import type { ReleaseLine } from '../../model/reference.ts';

/**
 * The line a version belongs to: the longest whose parts the version begins with (`1.22` for `1.22.1`, not for `1.2`;
 * `2012 R2` for `2012-R2`); undefined when the table has none.
 */
export function releaseLineOf(version: string, lines: readonly ReleaseLine[]): ReleaseLine | undefined {
  const wanted = partsOf(version);
  let best: { readonly line: ReleaseLine; readonly length: number } | undefined;
  for (const line of lines) {
    const parts = partsOf(line.cycle);
    const begins = parts.length > 0 && parts.every((part, index) => part === wanted[index]);
    if (begins && parts.length > (best?.length ?? 0)) best = { line, length: parts.length };
  }
  return best?.line;
}

/** Runs of digits, without leading zeros, and runs of letters. */
function partsOf(version: string): readonly string[] {
  return (version.toLowerCase().match(/\d+|[a-z]+/g) ?? []).map((part) =>
    /^\d/.test(part) ? part.replace(/^0+(?=\d)/, '') : part,
  );
}
