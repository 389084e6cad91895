import { Type, type Static } from '@sinclair/typebox';
import type { NamedCode, TlsFacts } from '../../model/facts/tls.ts';
import { closed, oneOf, text } from '../../model/schema.ts';
import { anySuite, seenOnly } from './tls-seen.ts';

const hashes = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sm3', 'streebog', 'intrinsic'] as const;

/** One scheme by which the server signs its handshake (RFC 8446 4.2.3), and the hash that its name tells. */
export const schemeView = Type.Object(
  {
    name: text(64),
    code: text(6),
    hash: Type.Optional(oneOf(hashes)),
  },
  closed,
);
export type SchemeView = Static<typeof schemeView>;

export type SignatureFacts = {
  signatureAlgorithms?: SchemeView[];
  /** A scheme that is not in the list is not used. */
  signatureAlgorithmsComplete?: true;
};

/**
 * Derives what is known of the server's signatures at TLS 1.2: TLS 1.3 knows no weak one, and earlier versions leave no
 * choice. [] without a suite in which the server signs.
 */
export function describeSignatures(facts: Pick<TlsFacts, 'signatureAlgorithms' | 'protocols'>): SignatureFacts {
  const seen = facts.signatureAlgorithms?.['TLSv1.2'];
  const signs = anySuite(
    facts.protocols,
    ['TLSv1.2'],
    ({ keyExchange = '', authentication = '' }) => /^(ecdhe|dhe|srp)/.test(keyExchange) && signed.test(authentication),
  );
  const views = signs === false ? [] : seen?.supported.map(describeScheme);
  const complete = signs === false || seen?.complete === true;
  return seenOnly<SignatureFacts>({
    signatureAlgorithms: views,
    signatureAlgorithmsComplete: complete ? true : undefined,
  });
}

/** Authentications that come with a signature. */
const signed = /^(rsa|ecdsa|dss|gost|sm2|other)$/;

const hashWords: readonly (readonly [RegExp, (typeof hashes)[number]])[] = [
  [/^ed(25519|448)$/, 'intrinsic'],
  [/^gost/, 'streebog'],
  [/_md5$/, 'md5'],
  [/_sha1$/, 'sha1'],
  [/_sha224$/, 'sha224'],
  [/_sha256$/, 'sha256'],
  [/_sha384$/, 'sha384'],
  [/_sha512$/, 'sha512'],
  [/_sm3$/, 'sm3'],
];

function describeScheme({ name, code }: NamedCode): SchemeView {
  const hash = hashWords.find(([pattern]) => pattern.test(name))?.[1];
  return { name, code, ...(hash === undefined ? {} : { hash }) };
}
