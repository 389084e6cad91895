import { FailureError } from '../../model/failure.ts';
import { decodeAnswer, encodeQuery, pick, type DnsAnswer, type Question } from '../dns/message.ts';

const question: Question = { name: 'version.bind', type: 'TXT', class: 'CH' };
const id = 0x5253;

/** `version.bind` over TCP (RFC 1035, 4.2.2: two bytes of length first): what any client may ask a name server of itself. */
export const dnsVersionQuestion: Buffer = (() => {
  const query = encodeQuery(id, question, { recursion: false, dnssec: false, edns: false });
  return Buffer.concat([Buffer.from([query.length >> 8, query.length & 0xff]), query]);
})();

/** The bytes hold the whole answer that their first two announce. */
export function isWholeDnsAnswer(bytes: Buffer): boolean {
  return bytes.length > 2 && bytes.length >= 2 + bytes.readUInt16BE(0);
}

/**
 * What a name server tells of itself, at most 256 characters; empty where it answers and tells nothing; undefined for bytes
 * that are no answer to our question. Total.
 */
export function readDnsVersionAnswer(bytes: Buffer): string | undefined {
  if (bytes.length < 14) return undefined;
  const message = bytes.subarray(2, 2 + bytes.readUInt16BE(0));
  // An answer, to this question.
  if (message.length < 12 || message.readUInt16BE(0) !== id || (message.readUInt16BE(2) & 0x8000) === 0)
    return undefined;
  const [told] = pick(decoded(message)?.answers ?? [], 'TXT');
  return told === undefined
    ? ''
    : Buffer.concat([...told.data])
        .toString('latin1')
        .slice(0, 256);
}

function decoded(message: Buffer): DnsAnswer | undefined {
  try {
    return decodeAnswer(message);
  } catch (error) {
    if (error instanceof FailureError) return undefined;
    throw error;
  }
}
