import { Type } from '@sinclair/typebox';
import { tlsFacts, type TlsFacts } from '../../model/facts/tls.ts';
import { closed } from '../../model/schema.ts';
import { any, anySpoken, anySuite, beforeTls13, seenOnly } from './tls-seen.ts';
import { weaknessIds, weaknessesOf, type Weakness, type WeaknessId } from './tls-weaknesses.ts';

/** Known weaknesses by name: present, or ruled out. Key absent: a fact that decides it was not seen. */
const weaknessView = Type.Object(
  Object.fromEntries(weaknessIds.map((id) => [id, Type.Optional(Type.Boolean())])),
  closed,
);
type WeaknessView = Partial<Record<WeaknessId, boolean>>;

/** What the features of a service are judged by, beside the features themselves. */
export const featureFacts = {
  features: tlsFacts.properties.features,
  faults: tlsFacts.properties.faults,
  weaknesses: weaknessView,
  /** SSL 3.0 to TLS 1.2: one of them is accepted. */
  tls12OrEarlier: Type.Optional(Type.Boolean()),
  /** SSL 3.0 to TLS 1.1: one of them is accepted. */
  olderThanTls12: Type.Optional(Type.Boolean()),
  /** A suite in CBC mode is accepted by TLS 1.0 to 1.2. */
  cbcOffered: Type.Optional(Type.Boolean()),
  /** Sessions go on by tickets (RFC 5077, RFC 8446 4.6.1). */
  ticketsUsed: Type.Optional(Type.Boolean()),
} as const;
type Answers = 'tls12OrEarlier' | 'olderThanTls12' | 'cbcOffered' | 'ticketsUsed';
export type FeatureFacts = Partial<Record<Answers, boolean>> & {
  features: NonNullable<TlsFacts['features']>;
  faults: NonNullable<TlsFacts['faults']>;
  weaknesses: WeaknessView;
};

/** Derives what is known of features, faults and weaknesses. `decided` has the reasons for what is not. */
export function describeFeatures(facts: TlsFacts): { view: FeatureFacts; decided: readonly Weakness[] } {
  const { protocols, features = {}, faults = {} } = facts;
  const decided = weaknessesOf(facts);
  const present = decided.flatMap(({ id, present: is }) => (is === null ? [] : [[id, is] as const]));
  const weaknesses = Object.fromEntries(present) as WeaknessView;
  const view = seenOnly<FeatureFacts>({
    features,
    // Where RSA key transport is ruled out there is no oracle to look for.
    faults: { ...faults, ...(weaknesses.robot === false ? { pkcs1Oracle: 'none' } : {}) },
    weaknesses,
    tls12OrEarlier: anySpoken(protocols, beforeTls13),
    olderThanTls12: anySpoken(
      protocols,
      beforeTls13.filter((version) => version !== 'TLSv1.2'),
    ),
    cbcOffered: anySuite(
      protocols,
      beforeTls13.filter((version) => version !== 'SSLv3'),
      ({ aead, blockBits }) => aead === false && typeof blockBits === 'number',
    ),
    ticketsUsed: any([features.ticketResumption, features.pskResumption]),
  });
  return { view, decided };
}
