import { UserError } from '../../model/errors.ts';
import { isSecretName, maskText, masked } from './secrets.ts';

/** A value that JSON holds as it is. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain };

/* Texts beyond `readAtMost` are cut before secrets are looked for, so that a stranger's megabytes cost nothing. */
const readAtMost = 8_192;
const shownAtMost = 1_000;
const depthAtMost = 6;
const entriesAtMost = 50;
const stackLinesAtMost = 30;
/** Characters of one line, all fields together. */
const lineAtMost = 16_384;

/* Control characters, overrides of direction, other marks that hide or forge words; lone surrogates. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]/gu;

/** One line of a stranger's text: no secret, nothing unseen, `\u{1b}` in its place, at most so many characters. */
export function cleanText(text: string, atMost = shownAtMost): string {
  const whole = maskText(text.length > readAtMost ? text.slice(0, readAtMost) : text);
  const shown = whole.replace(unseen, (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`);
  return shown.length > atMost || text.length > readAtMost
    ? `${shown.slice(0, Math.max(0, atMost - 1))}… (${text.length})`
    : shown;
}

/** Anything as plain JSON of bounded size without secrets, whatever it is made of: cycles, getters that throw, errors, buffers. */
export function clean(value: unknown): Plain {
  return cleaner()(value, 0);
}

function cleaner(): (value: unknown, depth: number) => Plain {
  let left = lineAtMost;
  const above = new Set<object>();
  const text = (some: string, atMost?: number): string => {
    const shown = cleanText(some, Math.min(atMost ?? shownAtMost, Math.max(left, 10)));
    left -= shown.length;
    return shown;
  };

  const walk = (value: unknown, depth: number): Plain => {
    switch (typeof value) {
      case 'string':
        return text(value);
      case 'number':
        return Number.isFinite(value) ? value : String(value);
      case 'boolean':
        return value;
      case 'bigint':
        return text(String(value));
      case 'undefined':
      case 'function':
      case 'symbol':
        return null;
      case 'object':
        return value === null ? null : inside(value, depth);
    }
  };

  const inside = (value: object, depth: number): Plain => {
    if (above.has(value)) return '[circular]';
    if (depth >= depthAtMost || left <= 0) return '[…]';
    above.add(value);
    try {
      return whole(value, depth + 1);
    } catch {
      // A getter or a proxy of somebody's threw.
      return '[unreadable]';
    } finally {
      above.delete(value);
    }
  };

  const whole = (value: object, depth: number): Plain => {
    if (value instanceof Error) return fault(value, depth);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    if (value instanceof URL) return text(value.href);
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
    if (value instanceof Map)
      return fields(
        [...cut(value.entries())].map(([key, one]) => [label(key), one]),
        depth,
      );
    if (value instanceof Set) return list([...cut(value.values())], depth);
    if (Array.isArray(value)) return list(value.slice(0, entriesAtMost), depth, value.length);
    return fields(Object.entries(value), depth);
  };

  const list = (values: readonly unknown[], depth: number, length = values.length): Plain => {
    // A header as `[name, value]` or in a flat list of both: what follows a secret's name is one.
    const shown = values.map((one, index) => {
      const before: unknown = values[index - 1];
      return typeof before === 'string' && before.length < 80 && isSecretName(before) ? masked : walk(one, depth);
    });
    return length > values.length ? [...shown, `[${length - values.length} more]`] : shown;
  };

  const fields = (entries: readonly (readonly [string, unknown])[], depth: number): Plain => {
    const plain: Record<string, Plain> = Object.create(null) as Record<string, Plain>;
    // A header as `{ name, value }`.
    const named = entries.some(([key, one]) => /^(?:name|key|header)$/i.test(key) && secretWord(one));
    for (const [key, one] of entries.slice(0, entriesAtMost)) {
      if (one === undefined || typeof one === 'function') continue;
      const secret = isSecretName(key) || (named && /^values?$/i.test(key));
      plain[text(key, 100)] = secret && one !== null && typeof one !== 'boolean' ? masked : walk(one, depth);
    }
    if (entries.length > entriesAtMost) plain['…'] = entries.length - entriesAtMost;
    return plain;
  };

  const fault = (error: Error, depth: number): Plain => {
    const code: unknown = 'code' in error ? error.code : undefined;
    return {
      type: text(error.name, 100),
      message: text(error.message),
      ...(typeof code === 'string' ? { code: text(code, 100) } : {}),
      ...(error instanceof UserError ? { problems: walk(error.problems, depth) } : {}),
      ...(error instanceof AggregateError ? { errors: walk(error.errors, depth) } : {}),
      ...(error.cause === undefined ? {} : { cause: walk(error.cause, depth) }),
      ...(isBug(error, code) ? { stack: stackOf(error).map((line) => text(line, 300)) } : {}),
    };
  };
  return walk;
}

/** Where it was thrown, a line each: without the message, which is said and may be a stranger's. */
const stackOf = (error: Error): readonly string[] =>
  (error.stack ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, stackLinesAtMost);

/**
 * Bad input, a network or disk that said no (`ECONNREFUSED`, SQLSTATE `57P01`) and an end of patience are no bugs: where they were
 * thrown tells nobody anything.
 */
function isBug(error: Error, code: unknown): boolean {
  if (error instanceof UserError || error.name === 'AbortError' || error.name === 'TimeoutError') return false;
  return !(typeof code === 'string' && /^(?:E[A-Z0-9]+|[0-9A-Z]{5}|UND_ERR_\w+)$/.test(code));
}

const secretWord = (value: unknown): boolean => typeof value === 'string' && value.length < 80 && isSecretName(value);

const label = (key: unknown): string => (typeof key === 'string' ? key : typeof key);

function* cut<T>(values: Iterable<T>): Generator<T> {
  let count = 0;
  for (const value of values) {
    if (count >= entriesAtMost) return;
    count += 1;
    yield value;
  }
}
