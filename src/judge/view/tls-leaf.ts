import { Type, type Static } from '@sinclair/typebox';
import type { CertificateFacts, TlsFacts } from '../../model/facts/tls.ts';
import { closed, oneOf } from '../../model/schema.ts';
import { certificateView, type CertificateView } from './certificate.ts';
import { seenOnly } from './tls-seen.ts';
import { publiclyTrusted } from './tls-trust.ts';

/** What the authority looked at before it issued (CA/B Baseline Requirements 7.1.6.1): domain, organisation, person, extended. */
const validations = ['dv', 'ov', 'iv', 'ev', 'none'] as const;

/** The server's own certificate: what any certificate says, and what matters of a server's alone. */
export const leafView = Type.Object(
  {
    ...certificateView.properties,
    validation: Type.Optional(oneOf(validations)),
    /** Key usage and extended key usage allow a TLS server (RFC 5280 4.2.1.3, 4.2.1.12). */
    servesTls: Type.Optional(Type.Boolean()),
    /** Says where a revocation would stand, or lives too short to need it (CA/B Baseline Requirements 7.1.2.11.2). */
    revocable: Type.Optional(Type.Boolean()),
    /** Mozilla's store leads to a root. */
    publiclyTrusted: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type LeafView = Static<typeof leafView>;

/** Derives the view of a leaf. */
export function describeLeaf(
  view: CertificateView,
  facts: CertificateFacts,
  service: Pick<TlsFacts, 'trust' | 'verified'>,
): LeafView {
  return {
    ...view,
    ...seenOnly<Partial<LeafView>>({
      validation: validationOf(facts.policies),
      servesTls: servesTls(facts),
      revocable: revocable(view),
      publiclyTrusted: publiclyTrusted(service, facts),
    }),
  };
}

const byPolicy = {
  '2.23.140.1.1': 'ev',
  '2.23.140.1.2.2': 'ov',
  '2.23.140.1.2.3': 'iv',
  '2.23.140.1.2.1': 'dv',
} as const;

function validationOf(policies: readonly string[] | undefined): (typeof validations)[number] | undefined {
  if (policies === undefined) return undefined;
  return Object.entries(byPolicy).find(([oid]) => policies.includes(oid))?.[1] ?? 'none';
}

/** An extension that is absent forbids nothing; one that was not read decides nothing unless the other forbids. */
function servesTls({ keyUsage, extendedKeyUsage }: CertificateFacts): boolean | undefined {
  const key = keyUsage?.some((bit) => /^(digitalSignature|keyEncipherment|keyAgreement)$/.test(bit)) ?? keyUsage;
  const extended = extendedKeyUsage?.some((use) => use === 'serverAuth' || use === anyUsage) ?? extendedKeyUsage;
  if (key === false || extended === false) return false;
  return key === undefined || extended === undefined ? undefined : true;
}

const anyUsage = '2.5.29.37.0';

function revocable({ crlAddresses, ocspAddresses, validityDays, issuedDay }: CertificateView): boolean | undefined {
  const shortLived = issuedDay >= 20260315 ? 7 : 10;
  if (validityDays <= shortLived) return true;
  if ((crlAddresses?.length ?? 0) + (ocspAddresses?.length ?? 0) > 0) return true;
  return crlAddresses === undefined || ocspAddresses === undefined ? undefined : false;
}
