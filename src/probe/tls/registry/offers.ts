import { ianaSuites } from './suites-iana.ts';
import { sslv2Suites } from './suites-sslv2.ts';
import { unregisteredSuites } from './suites-unregistered.ts';

/** Suites that only TLS 1.3 can choose (RFC 8446, 8998, 9150, 9367, draft-irtf-cfrg-aegis-aead), likeliest first. */
export const tls13Offer: readonly number[] = [
  0x1301, 0x1302, 0x1303, 0x1304, 0x1305, 0x1306, 0x1307, 0x00c6, 0x00c7, 0xc103, 0xc104, 0xc105, 0xc106, 0xc0b4,
  0xc0b5,
];

/**
 * Suites that servers really have, best first: what a current browser would send, then what older ones sent. The first
 * 64 are the small offer for servers that cannot read a long one.
 */
const likely: readonly number[] = [
  0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0x009e, 0x009f, 0xccaa, 0xc023, 0xc027, 0xc024, 0xc028, 0xc009,
  0xc013, 0xc00a, 0xc014, 0x0067, 0x006b, 0x0033, 0x0039, 0x009c, 0x009d, 0x003c, 0x003d, 0x002f, 0x0035, 0xc012,
  0xc008, 0x0016, 0x000a, 0xc011, 0xc007, 0x0005, 0x0004, 0x0041, 0x0084, 0x0045, 0x0088, 0x0096, 0x009a, 0x0007,
  0x0009, 0x0015, 0x0003, 0x0006, 0x0008, 0x0014, 0x0032, 0x0038, 0x0013, 0x0018, 0x0034, 0x003a, 0xc018, 0xc019,
  0x0001, 0x0002, 0x003b, 0xc010, 0xc006, 0x0062, 0x0064, 0xc0ac,
];

/** Every suite that SSLv3 to TLS 1.2 can choose, likely ones first, the rest by code; no suite stands twice. */
export const legacyOffer: readonly number[] = (() => {
  const only13 = new Set(tls13Offer);
  const rest = [...ianaSuites, ...unregisteredSuites].map(([code]) => code).filter((code) => !only13.has(code));
  return [...new Set([...likely, ...rest.sort((a, b) => Number(a === 0) - Number(b === 0) || a - b)])];
})();

/** Every cipher kind of SSLv2. */
export const sslv2Offer: readonly number[] = sslv2Suites.map(([code]) => code);
