/** One element of DER: its identifier octet, what it holds, and the whole of it; views of the same memory. */
export type Der = { readonly tag: number; readonly body: Buffer; readonly whole: Buffer };

/** Identifier octets (X.690 section 8.1.2), constructed where DER has them so. */
export const derTag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Identifier octet of a context-specific tag. */
export function contextTag(number: number, form: 'primitive' | 'constructed'): number {
  return (form === 'primitive' ? 0x80 : 0xa0) + number;
}

/**
 * The element at `at`; undefined when its length lies or has a form that no certificate uses (indefinite, tag numbers
 * over 30, more than 4 bytes of length). Total over any input, and never looks inside an element.
 */
export function derAt(bytes: Buffer, at = 0): Der | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f || first === 0x80) return undefined;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const start = at + 2 + lengthBytes;
  if (lengthBytes > 4 || start > bytes.length) return undefined;
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes);
  if (length > bytes.length - start) return undefined;
  return { tag, body: bytes.subarray(start, start + length), whole: bytes.subarray(at, start + length) };
}

/** The elements that fill `body`; undefined when they do not, or when there are more than `most`. */
export function derList(body: Buffer, most = 10_000): Der[] | undefined {
  const elements: Der[] = [];
  for (let at = 0; at < body.length;) {
    const element = derAt(body, at);
    if (element === undefined || elements.length === most) return undefined;
    elements.push(element);
    at += element.whole.length;
  }
  return elements;
}

/** What a SEQUENCE that is the whole of `bytes` holds. */
export function derSequence(bytes: Buffer, most?: number): Der[] | undefined {
  const outer = derAt(bytes);
  if (outer?.tag !== derTag.sequence || outer.whole.length !== bytes.length) return undefined;
  return derList(outer.body, most);
}

/** An INTEGER from 0 to 2^31 - 1. */
export function derSmallInteger({ tag, body }: Der): number | undefined {
  if ((tag & 0x1f) !== derTag.integer || body.length === 0 || body.length > 4) return undefined;
  const value = body.readIntBE(0, body.length);
  return value < 0 ? undefined : value;
}
