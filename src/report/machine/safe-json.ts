/** Characters that a terminal obeys, that turn the reading direction, or that are half of one. */
const risky = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;
/** Half a surrogate pair as `JSON.stringify` writes it; a backslash that is itself escaped does not begin one. */
const halves = /\\(?:u(d[89a-f][0-9a-f]{2})|.)/gi;

/**
 * JSON text with everything risky escaped as JSON allows, so that it can be printed, and half a surrogate pair written out
 * as ⟨U+D800⟩: RFC 8259, 8.2 leaves its meaning open, and strict readers refuse it.
 */
function safeText(value: unknown): string {
  return JSON.stringify(value)
    .replace(halves, (all, unit: string | undefined) => (unit === undefined ? all : `⟨U+${unit.toUpperCase()}⟩`))
    .replace(risky, (character) =>
      [...character.split('')].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    );
}

/** A list whose items are made when they are written, so that a province's results never stand in memory together. */
export type Lazy<T = unknown> = { readonly items: () => Iterable<T> };

export function lazy<T>(items: () => Iterable<T>): Lazy<T> {
  return { items };
}

/** Depth to which a document is written piece by piece; below it stand single findings or systems. */
const pieced = 4;

/** A document in pieces; lists made by `lazy` are written as they come, down to the depth of a single result. */
export function* jsonPieces(value: unknown, depth = 0): Generator<string> {
  if (value === null || typeof value !== 'object' || depth >= pieced) {
    yield safeText(value);
    return;
  }
  const items = Array.isArray(value) ? (value as unknown[]) : lazyItems(value);
  if (items !== undefined) {
    yield '[';
    let first = true;
    for (const item of items) {
      if (!first) yield ',';
      first = false;
      yield* jsonPieces(item, depth + 1);
    }
    yield ']';
    return;
  }
  yield '{';
  let first = true;
  for (const [key, inner] of Object.entries(value)) {
    if (inner === undefined) continue;
    yield `${first ? '' : ','}${safeText(key)}:`;
    first = false;
    yield* jsonPieces(inner, depth + 1);
  }
  yield '}';
}

function lazyItems(value: object): Iterable<unknown> | undefined {
  return 'items' in value && typeof value.items === 'function' ? (value as Lazy).items() : undefined;
}
