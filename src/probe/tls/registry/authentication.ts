import { suiteName } from './suites.ts';

/** The kind of certificate that a suite of TLS 1.2 or earlier is used with; `none` where the server sends none. */
export type Authentication = 'rsa' | 'ecdsa' | 'dss' | 'gost' | 'none' | 'other';

/** Read from the name, which says it: `TLS_ECDHE_RSA_WITH_...`, `TLS_DH_anon_WITH_...`. */
export function authenticationOf(code: number): Authentication {
  const name = suiteName(code);
  if (/anon|KRB5|TLS_(DHE_|ECDHE_)?PSK|TLS_SRP_SHA_WITH|FORTEZZA/.test(name)) return 'none';
  if (name.includes('ECDSA')) return 'ecdsa';
  if (name.includes('_DSS_')) return 'dss';
  if (name.includes('GOST')) return 'gost';
  if (name.includes('RSA')) return 'rsa';
  return 'other';
}
