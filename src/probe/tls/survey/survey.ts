import type { TlsFacts, TlsFeatures, TlsProtocol } from '../../../model/facts/tls.ts';
import type { HelloAnswer } from '../answer.ts';
import type { TlsContext } from '../context.ts';
import { isCbc } from '../registry/key-exchange.ts';
import { groupFact, schemeFact } from '../registry/named-codes.ts';
import { legacyOffer } from '../registry/offers.ts';
import { newestInClear, seenVersion, type SeenProtocols, type SeenVersion } from '../seen.ts';
import { modernFlights } from './modern-flights.ts';
import { extensionType } from '../wire/extensions.ts';
import { createAlpnRider, finishAlpn, type AlpnRider } from './alpn.ts';
import { createAsk, type Ask } from './asker.ts';
import { surveyClear } from './clear.ts';
import { dhFacts } from './dh.ts';
import { eliminatedFact } from './elimination.ts';
import { readEncrypted } from './encrypted.ts';
import { askExtrasAtOnce, extrasRide, surveyExtras } from './extras.ts';
import { surveyFallback } from './fallback.ts';
import { listedGroups, surveyGroups13 } from './groups13.ts';
import { futures, longPadding, surveyIntolerance } from './version-intolerance.ts';

/** Groups, signature schemes, DH parameters and features of a service whose versions are known. */
export async function survey(context: TlsContext): Promise<Partial<TlsFacts>> {
  const { dial, sni, seen } = context;
  const ask = createAsk(dial, sni);
  const alpn = createAlpnRider();
  const [clear, modern, fallback] = await Promise.all([
    surveyOlder(ask, alpn, seen),
    surveyModern(context, ask, alpn),
    surveyFallback(ask, seen),
  ]);
  const protocols = alpn.facts();
  const groups = { ...clear.groups, ...modern.groups };
  const schemes = { ...clear.schemes, ...modern.schemes };
  const dh = dhFacts(seen);
  const features: TlsFeatures = {
    ...modern.features,
    ...clear.features,
    ...fallback,
    ...(protocols === undefined ? {} : { alpn: protocols }),
  };
  return {
    ...(Object.keys(groups).length === 0 ? {} : { groups }),
    ...(Object.keys(schemes).length === 0 ? {} : { signatureAlgorithms: schemes }),
    ...(dh === undefined ? {} : { dh }),
    ...(Object.keys(features).length === 0 ? {} : { features }),
  };
}

type Part = Pick<TlsFacts, 'groups'> & {
  readonly schemes?: NonNullable<TlsFacts['signatureAlgorithms']>;
  readonly features?: TlsFeatures;
};

/** What versions up to TLS 1.2 show, by the newest of them. */
async function surveyOlder(ask: Ask, alpn: AlpnRider, seen: SeenProtocols): Promise<Part> {
  const version = newestInClear(seen);
  if (version === undefined) return {};
  const longSeen = seen.versions.some(
    ({ protocol, plan }) => protocol !== 'TLSv1.3' && protocol !== 'SSLv3' && plan.atOnce === legacyOffer.length,
  );
  const borne = new Set(longSeen ? ['long-hello'] : []);
  let atOnce: HelloAnswer | undefined;
  const agreement = await surveyClear(ask, version, seen, [
    alpn.onto(
      extrasRide((answer) => {
        atOnce = answer;
      }),
    ),
    alpn.onto({
      options: () => ({ version: futures['version-2.0'], more: longSeen ? [] : [longPadding] }),
      heard: () => {
        borne.add('version-2.0').add('long-hello');
      },
    }),
  ]);
  atOnce ??= await askExtrasAtOnce(ask, version);
  const extras = await surveyExtras(ask, version, atOnce);
  if (atOnce !== undefined) borne.add('version-1.4');
  const versions = await surveyIntolerance(ask, version, borne);
  if (version.protocol !== 'SSLv3') await finishAlpn(ask, alpn, version);
  const { intolerance, ...spoken } = extras;
  const stumbles = intolerance === undefined || versions === undefined ? undefined : [...versions, ...intolerance];
  return {
    ...(agreement.groups === undefined ? {} : { groups: { 'TLSv1.2': agreement.groups } }),
    ...(agreement.schemes === undefined ? {} : { schemes: { 'TLSv1.2': agreement.schemes } }),
    features: {
      ...shownFeatures(seen, version),
      ...spoken,
      ...(stumbles === undefined ? {} : { intolerance: stumbles }),
    },
  };
}

/** What the answers to earlier hellos show: all of those carried renegotiation_info and the rest of these. */
function shownFeatures({ versions }: SeenProtocols, version: SeenVersion): TlsFeatures {
  if (version.protocol === 'SSLv3') return {};
  const { extensions } = version.first.hello;
  const cbc = versions.flatMap(({ protocol, hellos }) =>
    protocol === 'TLSv1.3' || protocol === 'SSLv3' ? [] : hellos.filter(({ suite }) => isCbc(suite)),
  );
  return {
    secureRenegotiation: extensions.has(extensionType.renegotiationInfo),
    extendedMasterSecret: extensions.has(extensionType.extendedMasterSecret),
    ...(cbc.length === 0 ? {} : { encryptThenMac: cbc.some(({ encryptThenMac }) => encryptThenMac) }),
  };
}

/** What TLS 1.3 shows. Its encrypted extensions cost a key exchange, so they are read once, and thrice at most for ALPN. */
async function surveyModern(context: TlsContext, ask: Ask, alpn: AlpnRider): Promise<Part> {
  const { dial, sni, seen } = context;
  const version = seenVersion(seen, 'TLSv1.3');
  if (version === undefined) return {};
  const alone = newestInClear(seen) === undefined;
  const { first, offeredProtocols, schemes } = await modernFlights(context);
  const encrypted = first?.rest?.encrypted;
  if (offeredProtocols && encrypted !== undefined) alpn.heard(encrypted.get(extensionType.alpn));
  const group = first?.hello.group ?? version.first.hello.group;
  for (let asked = encrypted === undefined ? 0 : 1; alone && asked < 3 && group !== undefined; asked += 1) {
    const more = alpn.extension();
    const next = more === undefined ? undefined : await readEncrypted(dial, sni, version.suites, group, [more]);
    if (next === undefined) break;
    alpn.heard(next.rest?.encrypted?.get(extensionType.alpn));
  }
  const groups = await surveyGroups13(ask, version, listedGroups(encrypted?.get(extensionType.supportedGroups)));
  const fact = eliminatedFact(groups, groupFact);
  // Without a flight that could be read, nothing was refused either.
  const schemeFacts = schemes.accepted.length === 0 ? undefined : eliminatedFact(schemes, schemeFact);
  return {
    ...(fact === undefined ? {} : { groups: { 'TLSv1.3': fact } }),
    ...(schemeFacts === undefined ? {} : { schemes: { 'TLSv1.3': schemeFacts } }),
    features: {
      ...(alone && encrypted !== undefined ? { heartbeat: encrypted.has(extensionType.heartbeat) } : {}),
      ...(alone && othersRefused(seen) ? { compression: [] } : {}),
    },
  };
}

const older: readonly TlsProtocol[] = ['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2'];

/** TLS 1.3 knows no compression, so a service without any older version has none. */
function othersRefused({ facts }: SeenProtocols): boolean {
  return older.every((protocol) => facts.protocols[protocol]?.offered === false);
}
