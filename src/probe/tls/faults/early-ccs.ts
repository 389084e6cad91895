import { changeCipherSpec } from '../session/records.ts';
import type { Conversation, Heard } from '../session/conversation.ts';
import type { ServerFlight } from '../session/server-flight.ts';
import { contentType } from '../wire/record.ts';

/** How a server took two ChangeCipherSpec; `unmoved`: it said nothing to either. */
export type CcsReaction = 'refused' | 'accepted' | 'closed-at-second' | 'unmoved';

/** Least time that a server is given to refuse the first, ms. */
const leastMs = 400;
/** bad_record_mac, decryption_failed: the second was taken for an encrypted record. */
const decryptionAlerts: ReadonlySet<number> = new Set([20, 21]);

/**
 * CCS injection (CVE-2014-0224): a sound server refuses ChangeCipherSpec before key exchange by unexpected_message. A
 * faulty one takes it in silence, encrypts from then on under an empty secret, and trips over the second.
 */
export async function hearEarlyCcs(
  { say, hear }: Conversation,
  flight: ServerFlight,
  { answerMs, patience }: { readonly answerMs: number; readonly patience: number },
): Promise<CcsReaction> {
  const ccs = changeCipherSpec(flight.hello.version);
  say(ccs);
  const first = await hear(Math.min(answerMs, patience * Math.max(leastMs, 3 * flight.ms)));
  if (first.kind !== 'silence') return 'refused';
  say(ccs);
  const second = await hear(answerMs);
  if (second.kind === 'ended') return 'closed-at-second';
  if (second.kind === 'silence') return 'unmoved';
  return isDecryptionAlert(second) ? 'accepted' : 'refused';
}

function isDecryptionAlert(heard: Heard): boolean {
  if (heard.kind !== 'record' || heard.type !== contentType.alert) return false;
  return heard.body.length !== 2 || decryptionAlerts.has(heard.body.readUInt8(1));
}
