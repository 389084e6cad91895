import { Type, type Static } from '@sinclair/typebox';
import type { CertificateFacts, TlsFacts, TrustFacts } from '../../model/facts/tls.ts';
import { closed, list, text } from '../../model/schema.ts';

/** Trust of one leaf, every store named. */
export const trustView = Type.Object(
  {
    subject: text(1024),
    /**
     * A store leads to one of its roots, the days of the leaf aside: that it has expired or not yet begun is a question
     * of its own.
     */
    vouched: Type.Boolean(),
    /** `mozilla: CN=ISRG Root X1`, `goc-bo.pem: unknown-root`; what vouches comes first. */
    stores: list(text(1300), 64),
  },
  closed,
);
export type TrustView = Static<typeof trustView>;

const ofTime: ReadonlySet<string> = new Set(['expired', 'not-yet-valid']);

/** One store leads to a root of its own. */
export function vouches({ error }: TrustFacts): boolean {
  return error === null || ofTime.has(error);
}

/** Trust of each leaf; where the prober judged no store apart, what the full handshake said of the whole. */
export function describeTrust(
  { trust, verified }: Pick<TlsFacts, 'trust' | 'verified'>,
  leaves: readonly CertificateFacts[],
): TrustView[] | undefined {
  if (trust !== undefined && trust.length > 0) {
    return [...Map.groupBy(trust, ({ leaf }) => leaf)].map(([leaf, of]) => ({
      subject: leaves.find(({ sha256 }) => sha256 === leaf)?.subject ?? leaf,
      vouched: of.some(vouches),
      stores: of.toSorted((a, b) => Number(vouches(b)) - Number(vouches(a))).map(told),
    }));
  }
  // The handshake showed one chain; where there may be others, that it was trusted says nothing of them.
  if (verified === undefined || (verified.trusted && leaves.length !== 1) || isOfTime(verified)) return undefined;
  const { trusted, trustError } = verified;
  const subject = leaves.length === 1 ? (leaves[0]?.subject ?? '') : '';
  return [{ subject, vouched: trusted, stores: [`verified: ${trustError ?? 'ok'}`] }];
}

/** OpenSSL tells its last fault alone, and that of the days comes after that of the issuer. */
function isOfTime({ trustError }: NonNullable<TlsFacts['verified']>): boolean {
  return trustError === 'CERT_HAS_EXPIRED' || trustError === 'CERT_NOT_YET_VALID';
}

function told({ store, error, anchor }: TrustFacts): string {
  return `${store}: ${error ?? anchor ?? 'ok'}`;
}

/** Whether Mozilla's store leads to a root, so that the rules of browsers bind; undefined when its verdict is not known. */
export function publiclyTrusted(
  { trust, verified }: Pick<TlsFacts, 'trust' | 'verified'>,
  { sha256 }: CertificateFacts,
): boolean | undefined {
  const own = trust?.find(({ leaf, store }) => leaf === sha256 && store === 'mozilla');
  if (own !== undefined) return vouches(own);
  // Mozilla's roots were among those that did not do; that they did cannot be told from an added one's.
  const refused = trust === undefined && verified?.trusted === false && !isOfTime(verified);
  return refused ? false : undefined;
}
