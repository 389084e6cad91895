import { suiteName } from './suites.ts';

/** How a suite of TLS 1.2 or earlier agrees on keys, as far as ServerKeyExchange tells; `other` sends none that we read. */
export type KeyExchange = 'ecdhe' | 'dhe' | 'dhe-export' | 'other';

/** Read from the name, `TLS_DHE_RSA_EXPORT_WITH_...`; anonymous suites are ephemeral too. PSK and SRP have shapes of their own. */
export function keyExchangeOf(code: number): KeyExchange {
  const name = suiteName(code);
  if (/_PSK_|_SRP_/.test(name)) return 'other';
  if (/^TLS_(ECDHE_|ECDH_anon_)/.test(name)) return 'ecdhe';
  if (/^TLS_(DHE_|DH_anon_)/.test(name)) return name.includes('_EXPORT') ? 'dhe-export' : 'dhe';
  return 'other';
}

/** What a suite of TLS 1.2 or earlier needs of the server: a curve, a finite field's parameters, or neither. */
export type AgreementFamily = 'ecdh' | 'dh' | 'other';

/** Read from the name; suites with a PSK too, and the static ones. */
export function agreementFamilyOf(code: number): AgreementFamily {
  const name = suiteName(code);
  if (/^(TLS_)?ECDHE?_/.test(name)) return 'ecdh';
  return /^TLS_(PSK_)?DHE?_/.test(name) ? 'dh' : 'other';
}

/** Whether a suite encrypts in CBC mode, so that encrypt-then-MAC applies (RFC 7366). */
export function isCbc(code: number): boolean {
  return /_CBC_|_CBC40_/.test(suiteName(code));
}
