import { Type, type Static } from '@sinclair/typebox';
import { tlsProtocols, type Suite, type TlsProtocol } from '../../model/facts/tls.ts';
import { closed, oneOf, text } from '../../model/schema.ts';
import { cipherOf } from './suite-cipher.ts';

/** Key exchanges whose session keys a later theft of the server's key does not give away. */
const forwardSecret = ['tls13', 'ecdhe', 'dhe', 'ecdhe-psk', 'dhe-psk', 'cecpq1', 'eccpwd', 'srp', 'sm9-dh'] as const;

/** How the session key comes about; `tls13` is agreed apart from the suite (RFC 8446, 4.1.1). */
const keyExchanges = [
  ...forwardSecret,
  'rsa',
  'rsa-psk',
  'psk',
  'dh',
  'ecdh',
  'ecmqv',
  'krb5',
  'kea',
  'gost',
  'sm2',
  'sm9',
  'null',
] as const;
type KeyExchange = (typeof keyExchanges)[number];

/** How the server proves who it is; `any` leaves the kind of certificate to TLS 1.3. */
const authentications = [
  'any',
  'rsa',
  'ecdsa',
  'dss',
  'gost',
  'sm2',
  'sm9',
  'psk',
  'password',
  'krb5',
  'kea',
  'other',
  'none',
] as const;
type Authentication = (typeof authentications)[number];

/**
 * One accepted suite and what its IANA name says. What follows the first three is absent together, when the name is not
 * one we can read (`UNKNOWN_0x....`).
 */
export const suiteView = Type.Object(
  {
    protocol: oneOf(tlsProtocols),
    name: text(64),
    code: text(8),
    keyExchange: Type.Optional(oneOf(keyExchanges)),
    authentication: Type.Optional(oneOf(authentications)),
    /** `AES_128_GCM`, `RC4_128`, `3DES_EDE_CBC`, `NULL` ... */
    cipher: Type.Optional(text(32)),
    /** Length of the key; 0 for NULL. */
    bits: Type.Optional(Type.Integer({ minimum: 0, maximum: 256 })),
    /** Null for a stream cipher and for none. */
    blockBits: Type.Optional(Type.Union([Type.Integer({ minimum: 64, maximum: 128 }), Type.Null()])),
    /** Null where the cipher authenticates by itself. */
    mac: Type.Optional(Type.Union([text(16), Type.Null()])),
    aead: Type.Optional(Type.Boolean()),
    /** Weakened on purpose for the export rules of the 1990s. */
    export: Type.Optional(Type.Boolean()),
    forwardSecret: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type SuiteView = Static<typeof suiteView>;

/** Services accept the same few suites over and over; bounded, since names may be a stranger's. */
const known = new Map<string, SuiteView>();
const mostKnown = 10_000;

/** Reads what the name of a suite says. */
export function describeSuite(protocol: TlsProtocol, suite: Suite): SuiteView {
  const key = `${protocol} ${suite.code} ${suite.name}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const view = read(protocol, suite);
  if (known.size < mostKnown) known.set(key, view);
  return view;
}

function read(protocol: TlsProtocol, { name, code }: Suite): SuiteView {
  const words = wordsOf(name);
  const agreed = words === undefined ? undefined : agreementOf(words.agreement);
  const cipher = words === undefined ? undefined : cipherOf(words.cipher);
  if (words === undefined || agreed === undefined || cipher === undefined) return { protocol, name, code };
  const isExport = words.agreement.includes('EXPORT') || words.cipher.includes('EXPORT');
  return {
    protocol,
    name,
    code,
    ...agreed,
    ...cipher,
    export: isExport,
    forwardSecret: forwardSecret.some((one) => one === agreed.keyExchange),
  };
}

type Words = { readonly agreement: string; readonly cipher: string };

/** Splits a name in two: `ECDHE_RSA` and `AES_128_GCM_SHA256`. */
function wordsOf(name: string): Words | undefined {
  const [, sslv2] = /^SSL_CK_(.+)$/.exec(name) ?? [];
  if (sslv2 !== undefined) return { agreement: 'RSA', cipher: sslv2 };
  const plain = name
    .replace(/_DRAFT$/, '')
    .replace('_FIPS_WITH_', '_WITH_')
    .replace('_anon_NULL_WITH_', '_anon_WITH_NULL_');
  const [, agreement, cipher] = /^(?:TLS|SSL)_(.+?)_WITH_(.+)$/.exec(plain) ?? [];
  if (agreement !== undefined && cipher !== undefined) return { agreement, cipher };
  const [, chinese, chineseCipher] = /^(ECDHE|ECC|IBSDH|IBC|RSA)_(SM[14]_.+)$/.exec(plain) ?? [];
  if (chinese !== undefined && chineseCipher !== undefined) return { agreement: chinese, cipher: chineseCipher };
  const [, ecmqv, withNull] = /^TLS_(ECMQV_[A-Z]+)_(NULL_SHA)$/.exec(plain) ?? [];
  if (ecmqv !== undefined && withNull !== undefined) return { agreement: ecmqv, cipher: withNull };
  const [, modern] = /^TLS_(.+)$/.exec(plain) ?? [];
  return modern === undefined ? undefined : { agreement: 'TLS13', cipher: modern };
}

type Agreement = { readonly keyExchange: KeyExchange; readonly authentication: Authentication };

/** Key exchange and authentication by the words before `_WITH_`, most telling first. */
const agreements: readonly (readonly [RegExp, KeyExchange, Authentication | 'named'])[] = [
  [/^TLS13$/, 'tls13', 'any'],
  [/^NULL$/, 'null', 'none'],
  [/^ECDH_anon/, 'ecdhe', 'none'],
  [/^DH_anon/, 'dhe', 'none'],
  [/^ECDHE_PSK$/, 'ecdhe-psk', 'psk'],
  [/^(DHE_PSK|PSK_DHE)$/, 'dhe-psk', 'psk'],
  [/^RSA_PSK$/, 'rsa-psk', 'rsa'],
  [/^PSK$/, 'psk', 'psk'],
  [/^SRP_SHA_/, 'srp', 'named'],
  [/^SRP_SHA$/, 'srp', 'password'],
  [/^ECCPWD$/, 'eccpwd', 'password'],
  [/^KRB5/, 'krb5', 'krb5'],
  [/^FORTEZZA_KEA$/, 'kea', 'kea'],
  [/^GOSTR3410/, 'gost', 'gost'],
  [/^GOSTR341112_256$/, 'gost', 'gost'],
  [/^CECPQ1_/, 'cecpq1', 'named'],
  [/^ECMQV_/, 'ecmqv', 'named'],
  [/^ECC$/, 'sm2', 'sm2'],
  [/^IBSDH$/, 'sm9-dh', 'sm9'],
  [/^IBC$/, 'sm9', 'sm9'],
  [/^ECDHE$/, 'ecdhe', 'sm2'],
  [/^ECDHE_/, 'ecdhe', 'named'],
  [/^ECDH_/, 'ecdh', 'named'],
  [/^DHE_/, 'dhe', 'named'],
  [/^DH_/, 'dh', 'named'],
  [/^RSA/, 'rsa', 'rsa'],
];

function agreementOf(words: string): Agreement | undefined {
  const found = agreements.find(([pattern]) => pattern.test(words));
  if (found === undefined) return undefined;
  const [, keyExchange, authentication] = found;
  return { keyExchange, authentication: authentication === 'named' ? namedIn(words) : authentication };
}

function namedIn(words: string): Authentication {
  if (words.includes('ECDSA')) return 'ecdsa';
  if (words.includes('DSS')) return 'dss';
  return words.includes('RSA') ? 'rsa' : 'other';
}
