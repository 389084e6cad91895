import type { Dialogue } from './dialogue.ts';
import type { Take } from './ear.ts';
import { takeBlock, takeLine } from './lines.ts';
import { notOffered, refused, turnedAway } from './refusal.ts';

type Status = { readonly ok: boolean; readonly said: string; readonly lines: readonly string[] };

/** `+OK` or `-ERR`, in capitals, then the end or a space (RFC 1939 section 3). */
const form = /^(?:\+(?:O(?:K(?:\r?$| .*)?)?)?|-(?:E(?:R(?:R(?:\r?$| .*)?)?)?)?)?$/s;

const takeStatus: Take<Status> = (heard) => {
  const line = takeLine(heard, 0, form);
  if (line === undefined) return undefined;
  return { value: { ok: line.value.startsWith('+'), said: line.value, lines: [] }, length: line.length };
};

const takeList: Take<Status> = (heard) => {
  const status = takeStatus(heard);
  if (status?.value.ok !== true) return status;
  const block = takeBlock(heard, status.length);
  if (block === undefined) return undefined;
  const length = status.length + block.length;
  return { value: { ok: true, said: heard.toString('latin1', 0, length), lines: block.value }, length };
};

/** RFC 2595 section 4; the list of capabilities by RFC 2449 section 5. */
export const pop3: Dialogue = function* ({ ear, offered }) {
  const greeting = yield* ear.hear(takeStatus);
  if (!greeting.ok) throw turnedAway(greeting.said);
  let listed = offered;
  if (!listed) {
    const capabilities = yield* ear.ask('CAPA\r\n', takeList);
    listed = capabilities.ok;
    if (listed && !capabilities.lines.some((line) => /^STLS(?: |$)/i.test(line))) throw notOffered(capabilities.said);
  }
  const answer = yield* ear.ask('STLS\r\n', takeStatus);
  if (answer.ok) return undefined;
  // Neither CAPA nor STLS is known.
  throw listed ? refused(answer.said) : notOffered(answer.said);
};
