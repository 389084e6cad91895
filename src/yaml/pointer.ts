/** A way into a document: names of keys, indexes of lists. */
export type Path = readonly (string | number)[];

/** The JSON pointer (RFC 6901) of a path. */
export function pointerOf(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The steps of a JSON pointer. */
export function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The path that a JSON pointer spells: steps of digits are indexes. */
export function pathOf(pointer: string): Path {
  return stepsOf(pointer).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}
