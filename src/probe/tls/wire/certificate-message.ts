import { cursorOf, left, readVector } from './bytes.ts';
import { parseExtensions } from './server-hello.ts';

/** More than this is cut: no chain in use is near it, and the rest would only be stored. */
export const longestChain = 20;

/** DER certificates of a Certificate message of TLS 1.2 and earlier, leaf first; undefined when a length lies. */
export function parseCertificateMessage(body: Buffer): Buffer[] | undefined {
  const outer = cursorOf(body);
  const list = readVector(outer, 3);
  return outer.overrun ? undefined : parseEntries(list, false)?.map(({ der }) => der);
}

/** One entry of a Certificate message of TLS 1.3: a certificate and what is said about it. */
export type CertificateEntry = { readonly der: Buffer; readonly extensions: ReadonlyMap<number, Buffer> };

/** The same of TLS 1.3, where a context comes first and each certificate is followed by extensions. */
export function parseCertificateEntries13(body: Buffer): CertificateEntry[] | undefined {
  const outer = cursorOf(body);
  readVector(outer, 1);
  const list = readVector(outer, 3);
  return outer.overrun ? undefined : parseEntries(list, true);
}

function parseEntries(list: Buffer, withExtensions: boolean): CertificateEntry[] | undefined {
  const cursor = cursorOf(list);
  const entries: CertificateEntry[] = [];
  while (left(cursor) > 0) {
    const der = readVector(cursor, 3);
    const extensions = withExtensions ? parseExtensions(readVector(cursor, 2)) : noExtensions;
    if (cursor.overrun || der.length === 0 || extensions === undefined) return undefined;
    if (entries.length < longestChain) entries.push({ der, extensions });
  }
  return entries;
}

const noExtensions: ReadonlyMap<number, Buffer> = new Map();
