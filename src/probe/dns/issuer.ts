import { once } from 'node:events';
import { connect as tlsConnect } from 'node:tls';
import { FailureError } from '../../model/failure.ts';
import type { DnsFacts } from '../../model/facts/dns.ts';
import type { Wire } from '../wire/wire.ts';
import { reset } from '../wire/reset.ts';

const handshakeMs = 6000;

/**
 * Who issued the certificate that the domain's own web address shows, for holding CAA against it. One handshake, no
 * request. Throws FailureError: what the connection did, `tls` for a handshake that failed.
 */
export async function findIssuer(
  wire: Wire,
  domain: string,
  addresses: readonly string[],
  signal: AbortSignal,
  port = 443,
): Promise<NonNullable<DnsFacts['certificate']>> {
  const [address] = addresses;
  if (address === undefined) throw new FailureError('dns', `${domain} has no address`);
  const raw = await wire.connect(address, port, { name: domain, signal });
  try {
    const socket = tlsConnect({ socket: raw, servername: domain, rejectUnauthorized: false, minVersion: 'TLSv1.2' });
    await once(socket, 'secureConnect', { signal: AbortSignal.any([signal, AbortSignal.timeout(handshakeMs)]) });
    const { issuer, subject, subjectaltname = '' } = socket.getPeerCertificate();
    const names = subjectaltname.toLowerCase().split(/,\s*/);
    return {
      address,
      organisation: textOf(issuer.O),
      commonName: textOf(issuer.CN),
      byWildcard: !names.includes(`dns:${domain}`) && names.includes(`dns:*.${domain.split('.').slice(1).join('.')}`),
      selfSigned: JSON.stringify(issuer) === JSON.stringify(subject),
    };
  } catch (error) {
    if (signal.aborted) throw error;
    throw new FailureError('tls', error instanceof Error ? error.message : String(error));
  } finally {
    reset(raw);
  }
}

/** A field of a name; several of a kind come as a list. */
function textOf(field: string | readonly string[] | undefined): string | null {
  const text = typeof field === 'string' ? field : field?.[0];
  return text === undefined ? null : text.slice(0, 256);
}
