import type { TlsProtocol } from '../../model/facts/tls.ts';

/** The names by which people know the versions; newest first. */
export const protocolWords: Readonly<Record<TlsProtocol, string>> = {
  'TLSv1.3': 'TLS 1.3',
  'TLSv1.2': 'TLS 1.2',
  'TLSv1.1': 'TLS 1.1',
  'TLSv1.0': 'TLS 1.0',
  SSLv3: 'SSL 3.0',
  SSLv2: 'SSL 2.0',
};

export const newestFirst = [
  'TLSv1.3',
  'TLSv1.2',
  'TLSv1.1',
  'TLSv1.0',
  'SSLv3',
  'SSLv2',
] as const satisfies readonly TlsProtocol[];

/** Versions that no clause of RFC 8996, 7568 or 6176 has taken back. */
export const currentProtocols: ReadonlySet<TlsProtocol> = new Set<TlsProtocol>(['TLSv1.2', 'TLSv1.3']);

/** `TLS 1.3, 1.2, SSL 3.0`, newest first; the family is said once. */
export function protocolList(protocols: readonly TlsProtocol[]): string {
  const words = newestFirst
    .filter((protocol) => protocols.includes(protocol))
    .map((protocol) => protocolWords[protocol]);
  return words
    .map((word, index) => (words[index - 1]?.slice(0, 4) === word.slice(0, 4) ? word.slice(4) : word))
    .join(', ');
}
