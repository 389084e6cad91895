import { createHmac } from 'node:crypto';

/**
 * The value of `X-Rasoat-Signature`: `t=<seconds since 1970>,v1=<hex>`, where v1 is HMAC-SHA256 under the shared secret over
 * `<t>.<body>`, byte for byte. The time is under the signature, so that an old delivery cannot be sent again as a new one.
 */
export function signatureOf(secret: string, seconds: number, body: string): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}
