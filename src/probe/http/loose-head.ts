import type { Head } from '../wire/undici.ts';

const statusLine = /^HTTP\/\d{1,2}(?:\.\d{1,2})?[ \t]+([1-9]\d{2})(?:[^\d]|$)/;

/** Index after the blank line that ends a head, with or without carriage returns; -1 while there is none. */
export function endOfHead(text: string, from = 0): number {
  const blank = /\n\r?\n/g;
  blank.lastIndex = Math.max(0, from);
  return blank.exec(text) === null ? -1 : blank.lastIndex;
}

/**
 * Reads a head (latin1, one byte a character) the way forgiving clients do: bare line feeds, folded lines (joined by a
 * space, RFC 9112 §5.2), spaces before the colon (kept in the name, so that they can be seen), control bytes, and lines
 * without a colon (a name without a value). Null when the first line is no status line. Total and linear.
 */
export function parseLooseHead(text: string): Head | null {
  const lines = text.split(/\r?\n/);
  const status = statusLine.exec(lines[0] ?? '')?.[1];
  if (status === undefined) return null;
  const rawHeaders: string[] = [];
  for (const line of lines.slice(1)) {
    if (line === '') continue;
    const last = rawHeaders.length - 1;
    if (/^[ \t]/.test(line) && last > 0) {
      rawHeaders[last] = `${rawHeaders[last] ?? ''} ${line.trim()}`;
      continue;
    }
    const colon = line.indexOf(':');
    rawHeaders.push(colon === -1 ? line : line.slice(0, colon), colon === -1 ? '' : line.slice(colon + 1).trim());
  }
  return { status: Number(status), rawHeaders };
}
