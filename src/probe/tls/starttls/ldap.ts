import type { Dialogue } from './dialogue.ts';
import type { Take } from './ear.ts';
import { garbage, notOffered, refused, turnedAway } from './refusal.ts';

const startTlsOid = '1.3.6.1.4.1.1466.20037';
const sequence = 0x30;
const extendedResponse = 0x78;
/** Result codes of RFC 4511 appendix A. */
const success = 0;
const protocolError = 2;

/** LDAPMessage 1: ExtendedRequest with the OID and no value. */
const request = Buffer.concat([
  Buffer.from([sequence, 29, 0x02, 1, 1, 0x77, 24, 0x80, startTlsOid.length]),
  Buffer.from(startTlsOid),
]);

type Element = { readonly tag: number; readonly content: Buffer; readonly length: number };
type Response = { readonly id: number; readonly code: number; readonly said: string };

/** One BER element of definite length (RFC 4511 section 5.1); undefined while not whole. */
function takeElement(bytes: Buffer, limit: number): Element | undefined {
  const tag = bytes[0];
  const first = bytes[1];
  if (tag === undefined || first === undefined) return undefined;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || lengthBytes > 4) throw garbage('a length that LDAP does not allow', bytes);
  if (bytes.length < 2 + lengthBytes) return undefined;
  const size = lengthBytes === 0 ? first : bytes.readUIntBE(2, lengthBytes);
  if (size > limit) throw garbage('a message too long', bytes);
  const start = 2 + lengthBytes;
  if (bytes.length < start + size) return undefined;
  return { tag, content: bytes.subarray(start, start + size), length: start + size };
}

const takeResponse: Take<Response> = (heard) => {
  if (heard[0] !== sequence) throw garbage('not this protocol', heard);
  const whole = takeElement(heard, 16_384);
  if (whole === undefined) return undefined;
  const [id, operation] = elements(whole.content);
  if (id?.tag !== 0x02 || operation?.tag !== extendedResponse) throw garbage('not an ExtendedResponse', heard);
  const [code, matched, diagnostic] = elements(operation.content);
  if (code?.tag !== 0x0a || matched?.tag !== 0x04 || diagnostic?.tag !== 0x04) {
    throw garbage('not an LDAPResult', heard);
  }
  const result = integer(code.content);
  const said = `result ${result} ${diagnostic.content.toString('latin1')}`;
  return { value: { id: integer(id.content), code: result, said }, length: whole.length };
};

function elements(content: Buffer): readonly Element[] {
  const found: Element[] = [];
  for (let at = 0; at < content.length;) {
    const element = takeElement(content.subarray(at), content.length);
    if (element === undefined) throw garbage('an element longer than its message', content);
    found.push(element);
    at += element.length;
  }
  return found;
}

function integer(content: Buffer): number {
  if (content.length === 0 || content.length > 4) throw garbage('a number out of range', content);
  return content.readIntBE(0, content.length);
}

/** RFC 4511 section 4.14. */
export const ldap: Dialogue = function* ({ ear }) {
  const { id, code, said } = yield* ear.ask(request, takeResponse);
  // Message 0 is the notice of disconnection (section 4.4.1).
  if (id === 0) throw turnedAway(said);
  if (id !== 1) throw garbage('an answer to another message', said);
  if (code === success) return undefined;
  throw code === protocolError ? notOffered(said) : refused(said);
};
