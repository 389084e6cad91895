import { cursorOf, left, readVector } from './bytes.ts';

/** More than this is cut: no chain in use is near it, and the rest would only be stored. */
export const longestChain = 20;

/** DER certificates of a Certificate message of TLS 1.2 and earlier, leaf first; undefined when a length lies. */
export function parseCertificateMessage(body: Buffer): Buffer[] | undefined {
  const outer = cursorOf(body);
  const list = readVector(outer, 3);
  return outer.overrun ? undefined : parseEntries(list, false);
}

/** The same of TLS 1.3, where a context comes first and each certificate is followed by extensions. */
export function parseCertificateMessage13(body: Buffer): Buffer[] | undefined {
  const outer = cursorOf(body);
  readVector(outer, 1);
  const list = readVector(outer, 3);
  return outer.overrun ? undefined : parseEntries(list, true);
}

function parseEntries(list: Buffer, withExtensions: boolean): Buffer[] | undefined {
  const cursor = cursorOf(list);
  const chain: Buffer[] = [];
  while (left(cursor) > 0) {
    const der = readVector(cursor, 3);
    if (withExtensions) readVector(cursor, 2);
    if (cursor.overrun || der.length === 0) return undefined;
    if (chain.length < longestChain) chain.push(der);
  }
  return chain;
}
