import type { TlsProtocol } from '../../../model/facts/tls.ts';

const numbers = {
  SSLv2: 0x0002,
  SSLv3: 0x0300,
  'TLSv1.0': 0x0301,
  'TLSv1.1': 0x0302,
  'TLSv1.2': 0x0303,
  'TLSv1.3': 0x0304,
} as const satisfies Record<TlsProtocol, number>;

/** The number of a protocol on the wire. */
export function versionNumber(protocol: TlsProtocol): number {
  return numbers[protocol];
}
