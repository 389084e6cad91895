import type { TlsProtocol } from '../../model/facts/tls.ts';

/** What one profile lets a server accept. */
export type MozillaProfile = {
  readonly versions: ReadonlySet<TlsProtocol>;
  /** IANA names, of every version. */
  readonly suites: ReadonlySet<string>;
  /** Least bits of a Diffie-Hellman prime; null: no finite-field exchange. */
  readonly dhBits: number | null;
  /** Least bits of an RSA key; null: ECDSA alone. */
  readonly rsaBits: number | null;
};

const tls13 = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'];
const ciphers = ['AES_128_GCM_SHA256', 'AES_256_GCM_SHA384', 'CHACHA20_POLY1305_SHA256'];
const named = (agreement: string, of: readonly string[]) => of.map((cipher) => `TLS_${agreement}_WITH_${cipher}`);

const intermediate = [
  ...tls13,
  ...named('ECDHE_ECDSA', ciphers),
  ...named('ECDHE_RSA', ciphers),
  ...named('DHE_RSA', ciphers),
];

const cbc = ['AES_128_CBC_SHA256', 'AES_128_CBC_SHA', 'AES_256_CBC_SHA384', 'AES_256_CBC_SHA'];

const old = [
  ...intermediate,
  ...named('ECDHE_ECDSA', cbc),
  ...named('ECDHE_RSA', cbc),
  ...named('DHE_RSA', ['AES_128_CBC_SHA256', 'AES_256_CBC_SHA256']),
  ...named('RSA', [
    ...['AES_128_GCM_SHA256', 'AES_256_GCM_SHA384', 'AES_128_CBC_SHA256', 'AES_256_CBC_SHA256'],
    ...['AES_128_CBC_SHA', 'AES_256_CBC_SHA', '3DES_EDE_CBC_SHA'],
  ]),
];

/**
 * Mozilla's Server Side TLS guideline 5.7 (https://ssl-config.mozilla.org/guidelines/5.7.json), the last of which every
 * profile was recommended for something: 6.0 has no `old`, drops DHE from `intermediate` and adds X25519MLKEM768. Curves
 * are not listed here, since any of 128 bits and more does (`mozilla-profile.ts`).
 */
export const mozillaProfiles: Readonly<Record<'modern' | 'intermediate' | 'old', MozillaProfile>> = {
  modern: { versions: new Set(['TLSv1.3']), suites: new Set(tls13), dhBits: null, rsaBits: null },
  intermediate: {
    versions: new Set(['TLSv1.2', 'TLSv1.3']),
    suites: new Set(intermediate),
    dhBits: 2048,
    rsaBits: 2048,
  },
  old: {
    versions: new Set(['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']),
    suites: new Set(old),
    dhBits: 1024,
    rsaBits: 2048,
  },
};
