import { Type, type Static, type TObject } from '@sinclair/typebox';
import type { DnsFacts, DnssecFacts } from '../../model/facts/dns.ts';
import { failure, type Failure } from '../../model/failure.ts';
import { closed, instant, list, text } from '../../model/schema.ts';
import { seen, unseen, type Part } from './part.ts';

const integer = Type.Integer({ minimum: 0 });
const keyView = Type.Object({ keyTag: integer, algorithm: integer, bits: Type.Optional(integer) }, closed);

/** DNSSEC of a zone as checks read it, by our own validation. */
export const dnssecView = {
  /** A chain of DS records leads from the root to the zone's keys. */
  signed: Type.Optional(Type.Boolean()),
  /** Where and why the chain breaks in the zone itself; null: it holds. */
  broken: Type.Optional(Type.Union([Type.Object({ zone: text(255), why: text(64) }, closed), Type.Null()])),
  /** The zone's keys of algorithms that validators leave (RFC 8624, 3.1). */
  weakKeys: Type.Optional(list(keyView, 32)),
  /** RSA keys under 2,048 bits. */
  shortKeys: Type.Optional(list(keyView, 32)),
  /** Keys that the parent names by a SHA-1 or GOST digest alone. */
  weakDigests: Type.Optional(list(Type.Object({ keyTag: integer, digestType: integer }, closed), 16)),
  /** When the first signature seen runs out. */
  signaturesUntil: Type.Optional(instant()),
  /** Null: the zone denies by NSEC. */
  nsec3: Type.Optional(Type.Union([Type.Object({ iterations: integer, saltBytes: integer }, closed), Type.Null()])),
};
type DnssecView = Static<TObject<typeof dnssecView>>;
type Parts = {
  readonly [K in keyof Required<DnssecView>]: Part<NonNullable<DnssecView[K]> | Extract<DnssecView[K], null>>;
};

/** RSAMD5, DSA, RSASHA1, DSA-NSEC3-SHA1, RSASHA1-NSEC3-SHA1, ECC-GOST: "MUST NOT" or "NOT RECOMMENDED" for signing. */
const weakAlgorithms: ReadonlySet<number> = new Set([1, 3, 5, 6, 7, 12]);
/** SHA-1 and GOST R 34.11-94 (RFC 8624, 3.3). */
const weakDigestTypes: ReadonlySet<number> = new Set([1, 3]);
const fewestRsaBits = 2048;

/** Derives what is known of the zone's signatures; pure. */
export function dnssecOf({ dnssec, zone, domain }: DnsFacts, gap: Failure): Parts {
  const own = zone ?? domain;
  if (dnssec === undefined) return all(gap);
  if (dnssec.state === 'indeterminate')
    return all(failure('dns', dnssec.detail ?? 'the chain of signatures was not seen whole'));
  const inZone = dnssec.zone === undefined || dnssec.zone === own || dnssec.zone.endsWith(`.${own}`);
  // A chain that breaks above is the registry's, and says nothing of this zone.
  if (dnssec.state === 'bogus' && !inZone) {
    return all(failure('undecided', `the chain breaks at ${dnssec.zone ?? ''}, above ${own}: ${dnssec.why ?? ''}`));
  }
  const signed = dnssec.state === 'secure' || dnssec.state === 'bogus' || isUncommon(dnssec);
  if (!signed) {
    const none = failure('undecided', `${own} is not signed`);
    return { ...all(none), signed: seen(false) };
  }
  const link = dnssec.links.findLast((one) => one.zone === own);
  const keysSeen = link !== undefined && link.keys.length > 0;
  const noKeys = unseen(failure('undecided', `the keys of ${own} were not seen`));
  const keys = (link?.keys ?? []).map(({ keyTag, algorithm, bits }) => ({
    keyTag,
    algorithm,
    ...(bits === undefined ? {} : { bits }),
  }));
  return {
    signed: seen(true),
    broken: brokenOf(dnssec, own),
    weakKeys: keysSeen ? seen(keys.filter(({ algorithm }) => weakAlgorithms.has(algorithm))) : noKeys,
    shortKeys: keysSeen ? seen(keys.filter(({ bits }) => bits !== undefined && bits < fewestRsaBits)) : noKeys,
    weakDigests: link === undefined ? noKeys : seen(weakDigestsOf(link.ds)),
    signaturesUntil:
      dnssec.expires === undefined
        ? unseen(failure('undecided', 'no signature was seen to hold'))
        : seen(dnssec.expires),
    nsec3:
      dnssec.nsec3 === undefined ? unseen(failure('undecided', 'the zone’s denial was not seen')) : seen(dnssec.nsec3),
  };
}

/** Signed in a way that validators do not compute: treated by them as if it were not (RFC 4035, 5.2; RFC 9276, 3.2). */
function isUncommon({ state, why }: DnssecFacts): boolean {
  return state === 'insecure' && (why === 'algorithm' || why === 'too-costly');
}

function brokenOf({ state, zone, why }: DnssecFacts, own: string): Parts['broken'] {
  if (state === 'secure') return seen(null);
  if (state === 'bogus') return seen({ zone: zone ?? own, why: why ?? 'bad-signature' });
  return unseen(failure('undecided', `${own} is signed in a way that is not validated: ${why ?? ''}`));
}

function weakDigestsOf(ds: DnssecFacts['links'][number]['ds']) {
  const strong = new Set(ds.flatMap(({ keyTag, digestType }) => (weakDigestTypes.has(digestType) ? [] : [keyTag])));
  return ds
    .filter(({ keyTag, digestType }) => weakDigestTypes.has(digestType) && !strong.has(keyTag))
    .map(({ keyTag, digestType }) => ({ keyTag, digestType }));
}

function all(reason: Failure): Parts {
  return Object.fromEntries(Object.keys(dnssecView).map((key) => [key, unseen(reason)])) as Parts;
}
