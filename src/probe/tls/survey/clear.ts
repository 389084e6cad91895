import type { TlsFacts } from '../../../model/facts/tls.ts';
import { leafKey } from '../leaf-key.ts';
import { authenticationOf, type Authentication } from '../registry/authentication.ts';
import { keyExchangeOf } from '../registry/key-exchange.ts';
import { groupFact, schemeFact } from '../registry/named-codes.ts';
import type { SeenProtocols, SeenVersion } from '../seen.ts';
import { extension, uint16Vector } from '../wire/extensions.ts';
import { agree, type Agreement } from './agreement.ts';
import type { Ask } from './asker.ts';
import { eliminatedFact } from './elimination.ts';
import { takeAlong, type Ride } from './rides.ts';
import { allSchemes } from '../registry/signature-schemes.ts';

export type ClearFacts = {
  readonly groups?: NonNullable<NonNullable<TlsFacts['groups']>['TLSv1.2']>;
  readonly schemes?: NonNullable<NonNullable<TlsFacts['signatureAlgorithms']>['TLSv1.2']>;
};

/** Connections for one kind of certificate at most: OpenSSL 1.0 knows 28 curves. */
const most = 32;
/** signature_algorithms_cert (RFC 8446 section 4.2.3): the chain may be signed by anything whatever the server signs with. */
const anyCertificate = extension(50, uint16Vector(allSchemes));

/**
 * Groups and signature schemes at TLS 1.2 or the newest version under it, from ServerKeyExchange. Only suites that were
 * accepted are offered; where none has a ServerKeyExchange nothing is asked. `rides` go along with the first questions.
 */
export async function surveyClear(
  ask: Ask,
  version: SeenVersion,
  seen: SeenProtocols,
  rides: readonly Ride[],
): Promise<ClearFacts> {
  const kinds = kindsOf(version.suites);
  const [main] = kinds;
  if (main === undefined || version.protocol === 'SSLv3') return {};
  const riding = takeAlong(ask, rides);
  const agreements = await Promise.all(
    kinds.map((kind) => surveyKind(kind === main ? riding : ask, version, seen, kind, kind === main)),
  );
  const { groups } = agreements[0] ?? {};
  const schemes = agreements.reduce<Agreement['schemes'] | undefined>(
    (all, { schemes: more }) => (all === undefined ? more : join(all, more)),
    undefined,
  );
  const groupFacts = groups === undefined || !main.ecdhe ? undefined : eliminatedFact(groups, groupFact);
  const schemeFacts =
    schemes === undefined || version.protocol !== 'TLSv1.2' ? undefined : eliminatedFact(schemes, schemeFact);
  return {
    ...(groupFacts === undefined ? {} : { groups: groupFacts }),
    ...(schemeFacts === undefined ? {} : { schemes: schemeFacts }),
  };
}

/** Suites with a ServerKeyExchange for one kind of certificate, the elliptic ones alone where there are any. */
type Kind = { readonly authentication: Authentication; readonly suites: readonly number[]; readonly ecdhe: boolean };

/** The kinds, that by which groups are best asked first: an RSA certificate binds no curve. */
function kindsOf(suites: readonly number[]): Kind[] {
  const kinds: Kind[] = [];
  for (const authentication of ['rsa', 'ecdsa', 'dss', 'none'] as const) {
    const own = suites.filter((suite) => authenticationOf(suite) === authentication);
    const elliptic = own.filter((suite) => keyExchangeOf(suite) === 'ecdhe');
    const finite = own.filter((suite) => keyExchangeOf(suite) === 'dhe');
    if (elliptic.length > 0) kinds.push({ authentication, suites: elliptic, ecdhe: true });
    else if (finite.length > 0) kinds.push({ authentication, suites: finite, ecdhe: false });
  }
  const sorted = kinds.sort((a, b) => Number(b.ecdhe) - Number(a.ecdhe));
  // Without a signature there are only groups to be learned, which the first kind tells.
  return sorted.filter((kind, index) => kind.authentication !== 'none' || (index === 0 && kind.ecdhe));
}

async function surveyKind(
  ask: Ask,
  version: SeenVersion,
  seen: SeenProtocols,
  { authentication, suites, ecdhe }: Kind,
  isMain: boolean,
): Promise<Agreement> {
  const { agreed } = version;
  const anchor = isMain && authentication === 'ecdsa' ? curveOf(seen) : undefined;
  return agree({
    ask: (groups, schemes) => ask(version.protocol, suites, { groups, schemes, whole: true, more: [anyCertificate] }),
    known: {
      groups: agreed.flatMap(({ group }) => group ?? []),
      schemes: agreed.flatMap(({ scheme, authentication: by }) => (by === authentication ? (scheme ?? []) : [])),
    },
    wants: {
      groups: isMain && ecdhe,
      schemes: version.protocol === 'TLSv1.2' && authentication !== 'none',
    },
    ...(anchor === undefined ? {} : { anchor }),
    most,
  });
}

const curveGroups: Readonly<Record<string, number>> = {
  prime256v1: 0x17,
  secp384r1: 0x18,
  secp521r1: 0x19,
  secp256k1: 0x16,
  brainpoolP256r1: 0x1a,
  brainpoolP384r1: 0x1b,
  brainpoolP512r1: 0x1c,
};

/** The curve of the first elliptic leaf. */
function curveOf({ chains }: SeenProtocols): number | undefined {
  for (const [leaf] of chains) {
    const curve = leaf === undefined ? undefined : leafKey(leaf)?.asymmetricKeyDetails?.namedCurve;
    if (curve !== undefined) return curveGroups[curve];
  }
  return undefined;
}

function join(a: Agreement['schemes'], b: Agreement['schemes']): Agreement['schemes'] {
  return {
    accepted: [...new Set([...a.accepted, ...b.accepted])],
    remaining: a.remaining.filter((code) => b.remaining.includes(code)),
    complete: (a.complete || a.remaining.length === 0) && (b.complete || b.remaining.length === 0),
  };
}
