import type { Dialogue } from './dialogue.ts';
import type { Ear, Take, Turns } from './ear.ts';
import { takeLine } from './lines.ts';
import { garbage, notOffered, refused, turnedAway } from './refusal.ts';

/** A line of the server is untagged, or bears the tag of one of our commands (RFC 9051 section 2.2.2). */
const takeResponse: Take<string> = (heard) => takeLine(heard, 0, /^(?:\*?|\* .*|a|a[12](?: .*)?)$/s);

/** The tagged answer to a command; untagged ones go to `meanwhile`. */
function* command(ear: Ear, tag: string, name: string, meanwhile: (line: string) => void): Turns<string> {
  let line = yield* ear.askTagged(`${tag} ${name}\r\n`, takeResponse);
  for (; line.startsWith('* '); line = yield* ear.hear(takeResponse)) {
    if (/^\* BYE(?: |$)/i.test(line)) throw turnedAway(line);
    meanwhile(line);
  }
  if (!new RegExp(`^${tag} (?:OK|NO|BAD)(?: |$)`, 'i').test(line)) throw garbage(`an answer to ${name}`, line);
  return line;
}

/** RFC 9051 section 6.2.1. */
export const imap: Dialogue = function* ({ ear, offered }) {
  const greeting = yield* ear.hear(takeResponse);
  const [, kind] = /^\* (OK|PREAUTH|BYE)(?: |$)/i.exec(greeting) ?? [];
  if (kind === undefined) throw garbage('a greeting', greeting);
  if (kind.toUpperCase() === 'BYE') throw turnedAway(greeting);
  // Already authenticated, where STARTTLS may not be asked.
  if (kind.toUpperCase() === 'PREAUTH') throw notOffered(greeting);

  if (!offered) {
    const said: string[] = [];
    const [, inGreeting] = /\[(CAPABILITY [^\]]*)\]/i.exec(greeting) ?? [];
    if (inGreeting !== undefined) said.push(inGreeting);
    else {
      const answer = yield* command(ear, 'a1', 'CAPABILITY', (line) => {
        if (/^\* CAPABILITY /i.test(line)) said.push(line);
      });
      if (said.length === 0) throw garbage('an answer to CAPABILITY', answer);
    }
    if (!said.some((line) => line.toUpperCase().split(' ').includes('STARTTLS'))) throw notOffered(said.join('\r\n'));
  }
  const answer = yield* command(ear, 'a2', 'STARTTLS', () => undefined);
  if (/^a2 OK/i.test(answer)) return undefined;
  throw refused(answer);
};
