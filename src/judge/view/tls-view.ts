import { Type, type Static } from '@sinclair/typebox';
import { tlsFacts } from '../../model/facts/tls.ts';
import { closed, list, oneOf, portNumber, text } from '../../model/schema.ts';
import { chainView } from './chain.ts';
import { mozillaDifference, mozillaProfileWords } from './mozilla-profile.ts';
import { suiteView } from './suite.ts';
import { featureFacts } from './tls-features.ts';
import { groupView } from './tls-groups.ts';
import { leafView } from './tls-leaf.ts';
import { schemeView } from './tls-signatures.ts';
import { stapleView } from './tls-staples.ts';
import { trustView } from './tls-trust.ts';

const protocolView = Type.Object(
  {
    /** The version is accepted. */
    offered: Type.Boolean(),
    /** Who decides among the suites that both sides know; absent also where there is but one. */
    order: Type.Optional(oneOf(['server', 'client'])),
    /** Some of its suites are AEAD and some are not, so that the order decides which is used. */
    mixesAead: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type ProtocolView = Static<typeof protocolView>;
const protocol = Type.Optional(protocolView);

/** Facts of one TLS service as checks read them. Key absent: not seen. */
export const tlsView = Type.Object(
  {
    port: portNumber,
    sni: Type.Optional(text(255)),
    protocols: Type.Object(
      {
        SSLv2: protocol,
        SSLv3: protocol,
        'TLSv1.0': protocol,
        'TLSv1.1': protocol,
        'TLSv1.2': protocol,
        'TLSv1.3': protocol,
      },
      closed,
    ),
    /** TLS 1.2, TLS 1.3 or both are accepted. */
    tls12OrLater: Type.Optional(Type.Boolean()),
    /** Every accepted suite that was seen, version by version, oldest first, each in the server's order. */
    suites: Type.Optional(list(suiteView, 3072)),
    /** Present when a suite that is not in `suites` is known to be refused, by every version. */
    suitesComplete: Type.Optional(Type.Literal(true)),
    /** The server's own certificates: the first of each chain. */
    leaves: Type.Optional(list(leafView, 8, { minItems: 1 })),
    chains: Type.Optional(list(chainView, 8, { minItems: 1 })),
    /** Other targets of the run that accept SSLv2 and hold the key of one of these leaves. */
    sslv2KeyHolders: Type.Optional(list(text(2200), 200)),
    /** Trust of each leaf by each store. */
    trust: Type.Optional(list(trustView, 64, { minItems: 1 })),
    /** Mozilla's store vouches for a leaf, so that the rules of browsers bind. */
    publiclyTrusted: Type.Optional(Type.Boolean()),
    groupsUsed: Type.Optional(Type.Boolean()),
    groups: Type.Optional(list(groupView, 256)),
    groupsComplete: Type.Optional(Type.Literal(true)),
    modernGroup: Type.Optional(Type.Boolean()),
    postQuantumGroup: Type.Optional(Type.Boolean()),
    signatureAlgorithms: Type.Optional(list(schemeView, 256)),
    signatureAlgorithmsComplete: Type.Optional(Type.Literal(true)),
    dh: tlsFacts.properties.dh,
    ...featureFacts,
    staples: Type.Optional(list(stapleView, 8)),
    ocspNamed: Type.Optional(Type.Boolean()),
    mustStaple: Type.Optional(Type.Boolean()),
    mustStapleHonoured: Type.Optional(Type.Boolean()),
    clientCertificate: tlsFacts.properties.clientCertificate,
    /** The strictest of Mozilla's profiles that the service keeps to. */
    mozillaProfile: Type.Optional(oneOf(mozillaProfileWords)),
    /** What keeps it from the profile intermediate. */
    mozillaDifferences: Type.Optional(list(mozillaDifference, 64)),
    verified: tlsFacts.properties.verified,
    secondOpinion: tlsFacts.properties.secondOpinion,
    /** The second reader and our own prober tell the same end of validity and the same trust. */
    opinionsAgree: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type TlsView = Static<typeof tlsView>;
