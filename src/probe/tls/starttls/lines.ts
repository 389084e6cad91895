import type { Taken } from './ear.ts';
import { garbage } from './refusal.ts';

/** IMAP's advice to servers (RFC 7162 section 4); the other protocols keep to less. */
const lineLimit = 8192;

/**
 * The line that begins at `from`, as latin1 without its CRLF; `length` counts both. `form` is what a line, whole or
 * not, must begin like, so that a stranger's bytes need not be waited for.
 */
export function takeLine(heard: Buffer, from: number, form: RegExp): Taken<string> | undefined {
  const feed = heard.indexOf(0x0a, from);
  const partial = heard.toString('latin1', from, feed === -1 ? heard.length : feed);
  const line = feed === -1 || !partial.endsWith('\r') ? partial : partial.slice(0, -1);
  if (!form.test(line)) throw garbage('not this protocol', line);
  if (partial.length > lineLimit) throw garbage('a line without end', line);
  if (feed === -1) return undefined;
  if (line === partial) throw garbage('a line that does not end in CRLF', line);
  return { value: line, length: feed + 1 - from };
}

/** Lines up to a lone dot, the dot left out (RFC 1939 section 3, RFC 3977 section 3.1.1). */
export function takeBlock(heard: Buffer, from: number): Taken<readonly string[]> | undefined {
  const lines: string[] = [];
  for (let at = from; ;) {
    const line = takeLine(heard, at, /^/);
    if (line === undefined) return undefined;
    at += line.length;
    if (line.value === '.') return { value: lines, length: at - from };
    lines.push(line.value.replace(/^\./, ''));
  }
}
