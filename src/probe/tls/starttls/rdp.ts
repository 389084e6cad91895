import type { Dialogue } from './dialogue.ts';
import type { Take } from './ear.ts';
import { garbage, notOffered, refused } from './refusal.ts';

/** MS-RDPBCGR 2.2.1.1.1: SSL, HYBRID (CredSSP over TLS), RDSTLS. */
const wanted = 0x1 | 0x2 | 0x4;
/** What a server may choose among them; HYBRID_EX, never asked for, would be TLS too. */
const overTls: ReadonlySet<number> = new Set([0x1, 0x2, 0x4, 0x8]);
const confirm = 0xd0;
const negotiationResponse = 2;
const negotiationFailure = 3;

/** MS-RDPBCGR 2.2.1.2.2. */
const failures: Readonly<Record<number, string>> = {
  1: 'SSL_REQUIRED_BY_SERVER',
  2: 'SSL_NOT_ALLOWED_BY_SERVER',
  3: 'SSL_CERT_NOT_ON_SERVER',
  4: 'INCONSISTENT_FLAGS',
  5: 'HYBRID_REQUIRED_BY_SERVER',
  6: 'SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER',
};

/** X.224 Connection Request in a TPKT (RFC 1006), with RDP_NEG_REQ and no cookie. */
const request = Buffer.from([3, 0, 0, 19, 14, 0xe0, 0, 0, 0, 0, 0, 1, 0, 8, 0, wanted, 0, 0, 0]);

type Negotiation = { readonly type: number; readonly value: number } | undefined;

const takeConfirm: Take<Negotiation> = (heard) => {
  const starts = Buffer.of(3, 0).subarray(0, heard.length);
  if (!heard.subarray(0, 2).equals(starts)) throw garbage('not this protocol', heard);
  if (heard.length < 4) return undefined;
  const length = heard.readUInt16BE(2);
  if (length < 11 || length > 512) throw garbage('a TPKT length out of range', heard);
  if (heard.length < length) return undefined;
  const packet = heard.subarray(0, length);
  // The length indicator counts what follows it; the class must be 0 (X.224 13.4).
  if (packet[4] !== length - 5 || packet[5] !== confirm || packet[10] !== 0)
    throw garbage('not a Connection Confirm', packet);
  // A server of before the negotiation answers with the bare confirm.
  if (length === 11) return { value: undefined, length };
  if (length !== 19 || packet.readUInt16LE(13) !== 8) throw garbage('a negotiation out of form', packet);
  return { value: { type: packet.readUInt8(11), value: packet.readUInt32LE(15) }, length };
};

/** MS-RDPBCGR 1.3.1.1 and 5.4.2: what is negotiated runs inside TLS. */
export const rdp: Dialogue = function* ({ ear }) {
  const negotiation = yield* ear.ask(request, takeConfirm);
  if (negotiation === undefined) throw notOffered('standard RDP security only');
  const { type, value } = negotiation;
  if (type === negotiationFailure) throw refused(failures[value] ?? `failure ${value}`);
  if (type !== negotiationResponse) throw garbage('a negotiation of type', String(type));
  if (value === 0) throw notOffered('PROTOCOL_RDP');
  if (!overTls.has(value)) throw garbage('a protocol chosen that was not asked for', String(value));
  return undefined;
};
