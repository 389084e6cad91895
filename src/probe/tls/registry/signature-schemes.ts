/** Signature schemes by which a certificate of each kind can be asked for (RFC 8446 section 4.2.3). */
const ecdsaAndEddsa: readonly number[] = [0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x081a, 0x081b, 0x081c];
const rsa: readonly number[] = [0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b, 0x0401, 0x0501, 0x0601];
/** SHA-1 and SHA-224, DSA, SM2 and GOST: without them such servers look empty. */
const others: readonly number[] = [
  0x0201, 0x0203, 0x0301, 0x0303, 0x0202, 0x0302, 0x0402, 0x0502, 0x0602, 0x0101, 0x0708, 0x0709, 0x070a, 0x070b,
  0x070c, 0x070d, 0x070e, 0x070f, 0x0840, 0x0841,
];

/** Every scheme, likeliest first; 0x0807 and 0x0808 are what Ed25519 and Ed448 servers wait for. */
export const allSchemes: readonly number[] = [
  ...ecdsaAndEddsa.slice(0, 5),
  ...rsa,
  ...ecdsaAndEddsa.slice(5),
  ...others,
];

/** Schemes of one kind of key, for asking a TLS 1.3 server for each certificate that it holds. */
export const schemesByKey = { ec: [...ecdsaAndEddsa, 0x0203], rsa: [...rsa, 0x0201] } as const;
