import type { TlsProtocol } from '../../../../src/model/facts/tls.ts';

export type PeerName = 'nmap' | 'sslscan';

/** A suite that a peer does not list although the server accepts it, and why. */
export type Blindness = {
  readonly peer: PeerName;
  readonly because: string;
  /** Configurations by id; absent: everywhere. */
  readonly at?: readonly string[];
  /** Shows only on servers that Debian has not (`test/bench/tls/lab.ts`). */
  readonly inLabAlone?: true;
  readonly covers: (protocol: TlsProtocol, suite: string) => boolean;
};

/**
 * What each peer cannot see, each looked into. A difference that no line here explains fails the test, and so does a line
 * that explains nothing any more.
 */
export const blindnesses: readonly Blindness[] = [
  {
    peer: 'nmap',
    at: ['nginx Ed25519'],
    because: 'nmap 7.93 sends no ed25519 (0x0807) in signature_algorithms, so the server has no certificate for it',
    covers: (protocol) => protocol === 'TLSv1.2',
  },
  {
    peer: 'nmap',
    at: ['s_server CCM-8 on X448'],
    because: 'nmap 7.93 names no x448 (0x001E) in supported_groups (DEFAULT_ELLIPTIC_CURVES of its tls.lua)',
    covers: (protocol) => protocol === 'TLSv1.3',
  },
  {
    peer: 'sslscan',
    inLabAlone: true,
    because: 'sslscan 2.0.7 says that SSLv3 is enabled and lists no suite of it',
    covers: (protocol) => protocol === 'SSLv3',
  },
];
