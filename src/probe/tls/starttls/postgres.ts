import type { Dialogue } from './dialogue.ts';
import type { Take } from './ear.ts';
import { garbage, refused } from './refusal.ts';

/** SSLRequest: its length, and 1234.5679 for a version (PostgreSQL, "Message Formats"). */
const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

const takeByte: Take<number> = (heard) => ({ value: heard[0] ?? 0, length: 1 });

/** One byte answers: `S` go on, `N` no; an ErrorResponse comes from servers that cannot start a session. */
export const postgres: Dialogue = function* ({ ear }) {
  const answer = yield* ear.ask(sslRequest, takeByte);
  const said = Buffer.concat([Buffer.of(answer), ear.unread()]);
  switch (String.fromCharCode(answer)) {
    case 'S':
      return undefined;
    case 'N':
    case 'E':
      throw refused(said);
    default:
      throw garbage('an answer to SSLRequest', said);
  }
};
