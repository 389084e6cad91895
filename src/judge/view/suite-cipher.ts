/** What the second half of a suite's name says. */
export type Cipher = {
  readonly cipher: string;
  readonly bits: number;
  readonly blockBits: number | null;
  readonly mac: string | null;
  readonly aead: boolean;
};

type Family = {
  /** Matches from the start; the first group, if any, is the length of the key. */
  readonly pattern: RegExp;
  /** Written where the words in use differ (`DES_192_EDE3_CBC` is `3DES_EDE_CBC`). */
  readonly name?: string;
  readonly bits?: number;
  readonly blockBits: number | null;
  readonly aead?: true;
};

/** Most telling first. SSLv2 counts parity bits in DES and the whole key in export ciphers. */
const families: readonly Family[] = [
  { pattern: /^(?:SHA256|SHA384)(?=_)/, name: 'NULL', bits: 0, blockBits: null },
  { pattern: /^NULL/, bits: 0, blockBits: null },
  { pattern: /^RC4_128_EXPORT(40)/, name: 'RC4_40', blockBits: null },
  { pattern: /^RC4_(40|56|64|128)/, blockBits: null },
  { pattern: /^RC2_128_CBC_EXPORT(40)/, name: 'RC2_CBC_40', blockBits: 64 },
  { pattern: /^RC2_CBC_(40|56)/, blockBits: 64 },
  { pattern: /^RC2_128_CBC/, name: 'RC2_CBC_128', bits: 128, blockBits: 64 },
  { pattern: /^(?:DES40_CBC|DES_CBC_40)/, name: 'DES40_CBC', bits: 40, blockBits: 64 },
  { pattern: /^DES_64_CFB64/, name: 'DES_CFB', bits: 56, blockBits: 64 },
  { pattern: /^(?:DES_CBC|DES_64_CBC)/, name: 'DES_CBC', bits: 56, blockBits: 64 },
  { pattern: /^(?:3DES_EDE_CBC|DES_192_EDE3_CBC)/, name: '3DES_EDE_CBC', bits: 168, blockBits: 64 },
  { pattern: /^(?:IDEA_CBC|IDEA_128_CBC)/, name: 'IDEA_CBC', bits: 128, blockBits: 64 },
  { pattern: /^FORTEZZA_CBC/, bits: 80, blockBits: 64 },
  { pattern: /^28147_CNT/, bits: 256, blockBits: 64 },
  { pattern: /^MAGMA_CTR/, bits: 256, blockBits: 64 },
  { pattern: /^MAGMA_MGM_[LS]/, bits: 256, blockBits: 64, aead: true },
  { pattern: /^KUZNYECHIK_CTR/, bits: 256, blockBits: 128 },
  { pattern: /^KUZNYECHIK_MGM_[LS]/, bits: 256, blockBits: 128, aead: true },
  { pattern: /^(?:AES|CAMELLIA|ARIA)_(128|256)_CBC/, blockBits: 128 },
  { pattern: /^(?:AES|CAMELLIA|ARIA)_(128|256)_(?:GCM|CCM_8|CCM)/, blockBits: 128, aead: true },
  { pattern: /^SM4_(?:GCM|CCM)/, bits: 128, blockBits: 128, aead: true },
  { pattern: /^(?:SM4_CBC|SM1|SEED_CBC)/, bits: 128, blockBits: 128 },
  { pattern: /^CHACHA20_POLY1305/, bits: 256, blockBits: null, aead: true },
  { pattern: /^(?:ESTREAM_)?SALSA20/, bits: 256, blockBits: null },
  { pattern: /^AEGIS_(128|256)L?/, blockBits: 128, aead: true },
];

/** Reads `AES_128_GCM_SHA256`; undefined for a cipher that is not in the table. */
export function cipherOf(words: string): Cipher | undefined {
  for (const { pattern, name, bits, blockBits, aead = false } of families) {
    const match = pattern.exec(words);
    if (match === null) continue;
    const rest = words.slice(match[0].length).replace(/^(?:_EXPORT)?(?:_WITH)?_/, '');
    return {
      cipher: name ?? match[0],
      bits: bits ?? Number(match[1]),
      blockBits,
      mac: aead || rest === '' ? null : rest.replace(/_1$/, ''),
      aead,
    };
  }
  return undefined;
}
