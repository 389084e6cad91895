import { createHash, randomBytes } from 'node:crypto';
import { Boolean as Asn1Boolean, Integer, Null, ObjectIdentifier, OctetString, Sequence } from 'asn1js';
import { EnvHttpProxyAgent, request } from 'undici';
import { reasonOf, refuse } from '../refuse.ts';

const mostBytes = 256 * 1024;
const deadlineMs = 30_000;

/** A query of RFC 3161 for the SHA-256 of some bytes, and the nonce that the answer must repeat. */
export function timestampQuery(data: Buffer): { readonly query: Buffer; readonly nonce: Buffer } {
  // Positive and with no leading zero, so that its bytes are those of the DER integer.
  const nonce = randomBytes(16);
  nonce[0] = 0x40 | ((nonce[0] ?? 0) & 0x3f);
  const sha256 = new Sequence({ value: [new ObjectIdentifier({ value: '2.16.840.1.101.3.4.2.1' }), new Null()] });
  const hash = createHash('sha256').update(data).digest();
  const imprint = new Sequence({ value: [sha256, new OctetString({ valueHex: hash })] });
  const query = new Sequence({
    value: [new Integer({ value: 1 }), imprint, new Integer({ valueHex: nonce }), new Asn1Boolean({ value: true })],
  });
  return { query: Buffer.from(query.toBER()), nonce };
}

/** Asks a timestamp server over HTTP (RFC 3161, 3.4), by the proxy of the environment where one is set. Throws UserError. */
export async function askTimestamp(server: string, query: Buffer): Promise<Buffer> {
  if (!URL.canParse(server) || !/^https?:$/.test(new URL(server).protocol)) refuse(server, 'timestamp-address');
  const dispatcher = new EnvHttpProxyAgent();
  try {
    const { statusCode, headers, body } = await request(server, {
      dispatcher,
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: query,
      signal: AbortSignal.timeout(deadlineMs),
    });
    const type = String(headers['content-type'] ?? '');
    const parts: Buffer[] = [];
    let length = 0;
    for await (const part of body as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > mostBytes) throw new Error(`> ${mostBytes} B`);
      parts.push(part);
    }
    if (statusCode !== 200) throw new Error(`HTTP ${statusCode}`);
    if (!type.startsWith('application/timestamp-reply')) throw new Error(`Content-Type ${type.slice(0, 60)}`);
    return Buffer.concat(parts);
  } catch (error) {
    return refuse(server, 'timestamp-failed', { reason: reasonOf(error) });
  } finally {
    await dispatcher.destroy();
  }
}
