import { Type, type Static, type TObject } from '@sinclair/typebox';
import type { DnsFacts } from '../../model/facts/dns.ts';
import { failure, type Failure } from '../../model/failure.ts';
import { closed, list, text } from '../../model/schema.ts';
import { seen, unseen, type Part } from './part.ts';

/** CAA of a domain as checks read it. */
export const caaView = {
  /** Names of the CAs that may issue, from the nearest name that has CAA; null: no name up the tree has. */
  caaIssuers: Type.Optional(Type.Union([list(text(512), 32), Type.Null()])),
  /** The CA of the certificate in use, and whether CAA lets it issue. */
  caaCertificate: Type.Optional(Type.Object({ issuer: text(256), allowed: Type.Boolean() }, closed)),
};
type CaaView = Static<TObject<typeof caaView>>;
type Parts = {
  readonly caaIssuers: Part<NonNullable<CaaView['caaIssuers']> | null>;
  readonly caaCertificate: Part<NonNullable<CaaView['caaCertificate']>>;
};

/**
 * CAA identifiers of CAs by a word of their certificates' issuer, from the CAs' own practice statements (CCADB lists
 * them). An issuer in none of the rows decides nothing.
 */
const identifiers: readonly (readonly [issuer: RegExp, names: readonly string[]])[] = [
  [/let's encrypt/i, ['letsencrypt.org']],
  [
    /digicert|geotrust|thawte|rapidssl/i,
    ['digicert.com', 'geotrust.com', 'thawte.com', 'rapidssl.com', 'symantec.com'],
  ],
  [/sectigo|comodo/i, ['sectigo.com', 'comodoca.com', 'comodo.com', 'usertrust.com', 'trust-provider.com']],
  [/globalsign/i, ['globalsign.com']],
  [/google trust services/i, ['pki.goog']],
  [/godaddy|starfield/i, ['godaddy.com', 'starfieldtech.com']],
  [/entrust/i, ['entrust.net', 'affirmtrust.com']],
  [/zerossl/i, ['sectigo.com', 'zerossl.com']],
  [/ssl\.com|ssl corp/i, ['ssl.com']],
  [/amazon/i, ['amazon.com', 'amazontrust.com', 'awstrust.com', 'amazonaws.com']],
  [/certum|asseco/i, ['certum.pl', 'certum.eu']],
  [/actalis/i, ['actalis.it']],
  [/buypass/i, ['buypass.com', 'buypass.no']],
];

/** Derives what is known of CAA; pure. */
export function caaOf({ caa, certificate }: DnsFacts, gap: (part: 'caa' | 'certificate') => Failure): Parts {
  if (caa === undefined) return { caaIssuers: unseen(gap('caa')), caaCertificate: unseen(gap('caa')) };
  const byTag = (tag: string) => caa.records.filter((one) => one.tag === tag).map(({ value }) => issuerName(value));
  const issue = byTag('issue');
  const caaIssuers = seen(
    caa.at === null ? null : [...new Set([...issue, ...byTag('issuewild')])].filter((one) => one !== ''),
  );
  if (certificate === undefined) return { caaIssuers, caaCertificate: unseen(gap('certificate')) };
  const issuer = certificate.organisation ?? certificate.commonName ?? '';
  const known = identifiers.find(([pattern]) => pattern.test(issuer))?.[1];
  if (known === undefined) {
    const words = `the CAA name of the issuer “${issuer}” is not known here`;
    return { caaIssuers, caaCertificate: unseen(failure('undecided', words)) };
  }
  const wild = byTag('issuewild');
  const bound = certificate.byWildcard && wild.length > 0 ? wild : issue;
  // RFC 8659, 4.2: where nothing of the kind is there, nothing is restricted.
  const allowed = bound.length === 0 || bound.some((name) => known.includes(name));
  return { caaIssuers, caaCertificate: seen({ issuer, allowed }) };
}

/** RFC 8659, 4.2: the issuer's name stands before the first parameter. */
function issuerName(value: string): string {
  return (value.split(';')[0] ?? '').trim().toLowerCase();
}
