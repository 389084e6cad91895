import { uint16s } from '../wire/bytes.ts';
import { contentType } from '../wire/record.ts';
import type { Conversation } from '../session/conversation.ts';
import { plainRecord } from '../session/records.ts';

/** Bytes that are asked for beyond those sent. */
const excess = 64;
/**
 * Bytes that are honestly sent. During a handshake OpenSSL holds answers back until its write buffer is full, 4,096 bytes
 * and under nginx 16,384: two answers together must be longer than that.
 */
const lyingPayload = 12_000;
const correctPayload = 11_000;
const paddingBytes = 16;

/**
 * Heartbleed (CVE-2014-0160). A request that claims 64 bytes more than its record has is followed by two correct ones
 * (RFC 6520 section 4): a sound server passes over the first and answers the others. Which of them was answered first
 * shows in the length of the record that comes back; its body is not read, and the connection is reset at once.
 */
export async function hearHeartbeat({ say, hear }: Conversation, version: number, ms: number): Promise<boolean> {
  const request = (payload: number, claimed: number, padding: number) => {
    const body = Buffer.concat([Buffer.of(1), uint16s([claimed]), Buffer.alloc(payload, 0x2e), Buffer.alloc(padding)]);
    return plainRecord(contentType.heartbeat, version, body);
  };
  const claimed = lyingPayload + excess;
  const correct = request(correctPayload, correctPayload, paddingBytes);
  say(request(lyingPayload, claimed, 0), correct, correct);
  const heard = await hear(ms, contentType.heartbeat);
  return heard.kind === 'header' && heard.length >= 3 + claimed;
}
