import type { Conversation, Heard } from '../session/conversation.ts';
import { contentType } from '../wire/record.ts';

/** Alerts and records as they come within `ms` each, and how it ends, in words that compare: `alert 20, fin`. */
export async function hearOutcome({ hear }: Conversation, ms: number): Promise<string> {
  const heard: string[] = [];
  while (heard.length < 8) {
    const next = await hear(ms);
    heard.push(wordOf(next));
    if (next.kind !== 'record') break;
  }
  return heard.join(', ');
}

/** One of them. */
export function wordOf(heard: Heard): string {
  if (heard.kind === 'ended') return heard.by;
  if (heard.kind !== 'record') return heard.kind;
  const isAlert = heard.type === contentType.alert && heard.body.length === 2;
  return isAlert ? `alert ${heard.body.readUInt8(1)}` : `record ${heard.type}`;
}

/** Shortest wait after which silence is an outcome, ms. */
const leastMs = 1000;

/** How long an outcome is waited for at a host whose flight took `flightMs`. */
export function outcomeMs(answerMs: number, flightMs: number): number {
  return Math.min(answerMs, Math.max(leastMs, 3 * flightMs));
}
