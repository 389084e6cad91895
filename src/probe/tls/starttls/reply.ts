import type { Taken } from './ear.ts';
import { takeLine } from './lines.ts';
import { garbage } from './refusal.ts';

/** An answer with a number. */
export type Reply = {
  readonly code: number;
  /** What follows the number, line by line. */
  readonly texts: readonly string[];
  /** As it came. */
  readonly said: string;
};

/** A code's beginning, for lines of which only the beginning is there. */
const coded = /^(?:[1-5]?|[1-5]\d|[1-5]\d{2}\r?|[1-5]\d{2}[ -].*)$/s;

/** RFC 5321 section 4.2.1: every line carries the same code. */
export function takeReply(heard: Buffer): Taken<Reply> | undefined {
  return take(heard, coded);
}

/** RFC 959 section 4.2: between the first line and the last, lines may be anything. */
export function takeFtpReply(heard: Buffer): Taken<Reply> | undefined {
  return take(heard, /^/);
}

/** RFC 3977 section 3.2: one line. */
export function takeStatus(heard: Buffer): Taken<Reply> | undefined {
  const line = takeLine(heard, 0, coded);
  if (line === undefined) return undefined;
  const { code, text, more } = parse(line.value, heard);
  if (more) throw garbage('a status of several lines', line.value);
  return { value: { code, texts: [text], said: line.value }, length: line.length };
}

function take(heard: Buffer, inner: RegExp): Taken<Reply> | undefined {
  const first = takeLine(heard, 0, coded);
  if (first === undefined) return undefined;
  const { code, text, more } = parse(first.value, heard);
  const texts = [text];
  let at = first.length;
  for (let open = more; open;) {
    const line = takeLine(heard, at, inner);
    if (line === undefined) return undefined;
    at += line.length;
    const own = line.value.startsWith(String(code));
    if (inner === coded && !own) throw garbage('a reply of two codes', heard.subarray(0, at));
    texts.push(own ? line.value.slice(4) : line.value);
    open = !own || !/^(?: |$)/.test(line.value.slice(3));
  }
  return { value: { code, texts, said: heard.toString('latin1', 0, at) }, length: at };
}

function parse(line: string, heard: Buffer): { readonly code: number; readonly text: string; readonly more: boolean } {
  if (!/^[1-5]\d{2}(?:[ -]|$)/.test(line)) throw garbage('not a reply', heard);
  return { code: Number(line.slice(0, 3)), text: line.slice(4), more: line[3] === '-' };
}
