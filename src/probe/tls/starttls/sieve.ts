import type { Dialogue } from './dialogue.ts';
import { dialogueLimit, type Take, type Taken } from './ear.ts';
import { takeLine } from './lines.ts';
import { garbage, notOffered, refused, turnedAway } from './refusal.ts';

type Response = {
  readonly kind: 'OK' | 'NO' | 'BYE';
  /** The data before it. */
  readonly lines: readonly string[];
  readonly said: string;
};

/** A response's word, or a string: quoted or literal (RFC 5804 sections 1.2 and 4). */
const form = /^(?:["{].*|(?:OK|NO|BYE)(?:[ (\r].*)?|O|N|B|BY)?$/is;

/** A line and the literals in it: `{5}` or `{5+}` at the end of a line says that so many bytes follow it. */
function takeLogicalLine(heard: Buffer, from: number): Taken<string> | undefined {
  let text = '';
  let at = from;
  for (;;) {
    const line = takeLine(heard, at, text === '' ? form : /^/);
    if (line === undefined) return undefined;
    at += line.length;
    text += line.value;
    const [, digits] = /\{(\d{1,10})\+?\}$/.exec(line.value) ?? [];
    if (digits === undefined) return { value: text, length: at - from };
    const length = Number(digits);
    if (length > dialogueLimit) throw garbage('a literal too long', line.value);
    if (heard.length < at + length) return undefined;
    text += heard.toString('latin1', at, at + length);
    at += length;
  }
}

const takeResponse: Take<Response> = (heard) => {
  const lines: string[] = [];
  for (let at = 0; ;) {
    const line = takeLogicalLine(heard, at);
    if (line === undefined) return undefined;
    at += line.length;
    const [, kind] = /^(OK|NO|BYE)(?:[ (]|$)/i.exec(line.value) ?? [];
    if (kind === undefined) {
      if (!/^["{]/.test(line.value)) throw garbage('not this protocol', line.value);
      lines.push(line.value);
      continue;
    }
    const said = heard.toString('latin1', 0, at);
    return { value: { kind: kind.toUpperCase() as Response['kind'], lines, said }, length: at };
  }
};

/** RFC 5804 section 2.2: the server begins with the list of what it can do. */
export const sieve: Dialogue = function* ({ ear }) {
  const greeting = yield* ear.hear(takeResponse);
  if (greeting.kind !== 'OK') throw turnedAway(greeting.said);
  if (!greeting.lines.some((line) => /^(?:"STARTTLS"|\{8\+?\}STARTTLS)(?: |$)/i.test(line)))
    throw notOffered(greeting.said);
  const { kind, said } = yield* ear.ask('STARTTLS\r\n', takeResponse);
  if (kind === 'OK') return undefined;
  throw kind === 'NO' ? refused(said) : turnedAway(said);
};
