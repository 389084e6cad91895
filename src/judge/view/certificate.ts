import { Type, type Static } from '@sinclair/typebox';
import { certificateSchema, type CertificateFacts } from '../../model/facts/tls.ts';
import type { Iso } from '../../model/observation.ts';
import { closed, oneOf } from '../../model/schema.ts';

/** Hashes of signatures, by their usual names; `intrinsic` belongs to the scheme itself (Ed25519). */
const signatureHashes = [
  'md2',
  'md4',
  'md5',
  'mdc2',
  'sha0',
  'sha1',
  'ripemd160',
  'gost94',
  'sha224',
  'sha256',
  'sha384',
  'sha512',
  'sha3',
  'sm3',
  'streebog',
  'intrinsic',
] as const;
type SignatureHash = (typeof signatureHashes)[number];

/** One certificate: what it says, and what follows from that. */
export const certificateView = Type.Object(
  {
    ...Type.Omit(certificateSchema, ['der']).properties,
    /** Bits of security of the public key (NIST SP 800-57 part 1 rev. 5, table 2); 0 below 80. */
    strength: Type.Optional(Type.Integer({ minimum: 0, maximum: 256 })),
    signatureHash: Type.Optional(oneOf(signatureHashes)),
    /** Days of validity, both ends included, a begun day whole (CA/B Baseline Requirements 6.3.2). */
    validityDays: Type.Integer(),
    /** Day of notBefore as a number that grows with time: 20260315. */
    issuedDay: Type.Integer(),
    /** Its time had begun when it was observed. */
    started: Type.Boolean(),
  },
  closed,
);
export type CertificateView = Static<typeof certificateView>;

/** Derives the view of one certificate observed at an instant. */
export function describeCertificate({ der: _der, ...facts }: CertificateFacts, at: Iso): CertificateView {
  const strength = strengthOf(facts.keyType, facts.keyBits);
  const signatureHash = facts.signature === undefined ? undefined : signatureHashOf(facts.signature);
  const begins = Date.parse(facts.notBefore);
  return {
    ...facts,
    ...(strength === undefined ? {} : { strength }),
    ...(signatureHash === undefined ? {} : { signatureHash }),
    validityDays: Math.ceil((Date.parse(facts.notAfter) - begins + 1000) / 86_400_000),
    issuedDay: Number(facts.notBefore.slice(0, 10).replaceAll('-', '')),
    started: begins <= Date.parse(at),
  };
}

const factoring: readonly (readonly [least: number, strength: number])[] = [
  [15_360, 256],
  [7680, 192],
  [3072, 128],
  [2048, 112],
  [1024, 80],
  [0, 0],
];

function strengthOf(keyType: string, keyBits: number | undefined): number | undefined {
  switch (keyType) {
    case 'ed25519':
      return 128;
    case 'ed448':
      return 224;
    case 'rsa':
    case 'rsa-pss':
    case 'dsa':
      return keyBits === undefined ? undefined : factoring.find(([least]) => keyBits >= least)?.[1];
    case 'ec':
    case 'sm2':
      return keyBits === undefined ? undefined : Math.min(256, Math.floor(keyBits / 2));
    default:
      return undefined;
  }
}

const hashWords: readonly (readonly [RegExp, SignatureHash])[] = [
  [/ed25519|ed448/, 'intrinsic'],
  [/34\.11-94/, 'gost94'],
  [/34\.11-2012/, 'streebog'],
  [/sha3-|sha-3/, 'sha3'],
  [/sha-?224/, 'sha224'],
  [/sha-?256/, 'sha256'],
  [/sha-?384/, 'sha384'],
  [/sha-?512/, 'sha512'],
  [/sha-?1(?!\d)/, 'sha1'],
  [/ripemd160/, 'ripemd160'],
  [/mdc2/, 'mdc2'],
  [/md2/, 'md2'],
  [/md4/, 'md4'],
  [/md5/, 'md5'],
  [/sm3/, 'sm3'],
  [/sha(?!\d)/, 'sha0'],
];

/** By OpenSSL's long names, `sha256WithRSAEncryption`, `ecdsa-with-SHA1`; RSASSA-PSS does not name its hash. */
function signatureHashOf(signature: string): SignatureHash | undefined {
  const words = signature.toLowerCase();
  return hashWords.find(([pattern]) => pattern.test(words))?.[1];
}
