import { cursorOf, left, readVector } from '../wire/bytes.ts';
import { parseExtensions } from '../wire/server-hello.ts';
import { distinguishedName } from './distinguished-name.ts';

const certificateAuthorities = 47;
const most = 200;

/**
 * Subjects of the authorities in a CertificateRequest, as text, at most 200: of TLS 1.3 (RFC 8446 sections 4.3.2 and 4.2.4),
 * of TLS 1.2 (RFC 5246 section 7.4.4), or of what came before. Undefined when it is none. Total over any input.
 */
export function requestedAuthorities(body: Buffer, version: number): string[] | undefined {
  const cursor = cursorOf(body);
  readVector(cursor, 1);
  if (version >= 0x0304) {
    const extensions = parseExtensions(readVector(cursor, 2));
    if (cursor.overrun || extensions === undefined) return undefined;
    const authorities = extensions.get(certificateAuthorities);
    return authorities === undefined ? [] : namesOf(authorities);
  }
  if (version === 0x0303) readVector(cursor, 2);
  return cursor.overrun ? undefined : namesOf(body.subarray(cursor.at));
}

function namesOf(list: Buffer): string[] | undefined {
  const outer = cursorOf(list);
  const cursor = cursorOf(readVector(outer, 2));
  if (outer.overrun) return undefined;
  const names: string[] = [];
  while (left(cursor) > 0) {
    const name = distinguishedName(readVector(cursor, 2));
    if (cursor.overrun) return undefined;
    if (name !== undefined && names.length < most) names.push(name);
  }
  return names;
}
