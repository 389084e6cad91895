import type { Dialogue } from './dialogue.ts';
import type { Take, Taken } from './ear.ts';
import { takeBlock } from './lines.ts';
import { takeStatus, type Reply } from './reply.ts';
import { garbage, notOffered, refused, turnedAway } from './refusal.ts';

/** A status, and the block that follows 101. */
const takeCapabilities: Take<Reply> = (heard): Taken<Reply> | undefined => {
  const status = takeStatus(heard);
  if (status?.value.code !== 101) return status;
  const block = takeBlock(heard, status.length);
  if (block === undefined) return undefined;
  const length = status.length + block.length;
  return { value: { code: 101, texts: block.value, said: heard.toString('latin1', 0, length) }, length };
};

/** RFC 4642. */
export const nntp: Dialogue = function* ({ ear, offered }) {
  const greeting = yield* ear.hear(takeStatus);
  if (greeting.code !== 200 && greeting.code !== 201) {
    throw greeting.code < 400 ? garbage('a greeting', greeting.said) : turnedAway(greeting.said);
  }
  let listed = offered;
  if (!listed) {
    const { code, texts, said } = yield* ear.ask('CAPABILITIES\r\n', takeCapabilities);
    if (code === 400) throw turnedAway(said);
    // A server older than RFC 3977 lists nothing.
    if (code !== 101 && code < 500) throw garbage('an answer to CAPABILITIES', said);
    listed = code === 101;
    if (listed && !texts.some((line) => /^STARTTLS(?: |$)/i.test(line))) throw notOffered(said);
  }
  const { code, said } = yield* ear.ask('STARTTLS\r\n', takeStatus);
  if (code === 382) return undefined;
  if (code === 400) throw turnedAway(said);
  if (!listed && (code === 500 || code === 501)) throw notOffered(said);
  throw code < 400 ? garbage('an answer to STARTTLS', said) : refused(said);
};
