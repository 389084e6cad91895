import { Type, type Static } from '@sinclair/typebox';
import type { NamedCode, TlsFacts } from '../../model/facts/tls.ts';
import { closed, oneOf, text } from '../../model/schema.ts';
import { any, anySuite, beforeTls13, seenOnly } from './tls-seen.ts';

/** The two answers that a server gives about groups: one up to TLS 1.2, one for TLS 1.3. */
export const eras = ['TLSv1.2', 'TLSv1.3'] as const;
export type Era = (typeof eras)[number];

/** One accepted group for key exchange (RFC 8422, RFC 7919, RFC 8446 4.2.7). */
export const groupView = Type.Object(
  {
    protocol: oneOf(eras),
    name: text(64),
    code: text(6),
    /** Bits of security against computers that there are (NIST SP 800-57 part 1 rev. 5, table 2); absent for an unknown one. */
    strength: Type.Optional(Type.Integer({ minimum: 0, maximum: 256 })),
    /** With ML-KEM (FIPS 203), alone or beside a curve. */
    postQuantum: Type.Boolean(),
  },
  closed,
);
export type GroupView = Static<typeof groupView>;

/** Each key absent: it cannot be told. */
export type GroupFacts = {
  /** A key exchange that needs a group is accepted: TLS 1.3, or ECDHE. */
  groupsUsed?: boolean;
  /** Accepted groups that were seen. */
  groups?: GroupView[];
  /** A group that is not in `groups` is refused. */
  groupsComplete?: true;
  /** A group that every present client knows: x25519, P-256, P-384, P-521, x448, or a hybrid with one of them. */
  modernGroup?: boolean;
  postQuantumGroup?: boolean;
};

/** Derives what is known of groups. */
export function describeGroups({ groups, protocols }: Pick<TlsFacts, 'groups' | 'protocols'>): GroupFacts {
  const used: Readonly<Record<Era, boolean | undefined>> = {
    'TLSv1.2': anySuite(protocols, beforeTls13, ({ keyExchange = '' }) => keyExchange.startsWith('ecdhe')),
    'TLSv1.3': protocols['TLSv1.3']?.offered,
  };
  const views = eras.flatMap((era) => {
    const seen = used[era] === false ? [] : (groups?.[era]?.supported ?? []);
    return seen.map((group) => describeGroup(era, group));
  });
  const complete = eras.every((era) => used[era] === false || groups?.[era]?.complete === true);
  const among = (matches: (group: GroupView) => boolean) => (views.some(matches) ? true : complete ? false : undefined);
  return seenOnly<GroupFacts>({
    groupsUsed: views.length > 0 ? true : any(eras.map((era) => used[era])),
    groups: views.length > 0 || complete ? views : undefined,
    groupsComplete: complete ? true : undefined,
    modernGroup: among(({ name }) => modern.test(name)),
    postQuantumGroup: among(({ postQuantum }) => postQuantum),
  });
}

const modern = /^(x25519|x448|secp(256|384|521)r1)$|^(X25519|SecP256r1|SecP384r1)MLKEM/;

function describeGroup(protocol: Era, { name, code }: NamedCode): GroupView {
  const strength = strengthOf(name);
  return {
    protocol,
    name,
    code,
    ...(strength === undefined ? {} : { strength }),
    postQuantum: /MLKEM\d/.test(name),
  };
}

const byName: Readonly<Record<string, number>> = {
  ...{ x25519: 128, x448: 224, curveSM2: 128, X25519Kyber768Draft00: 128, SecP256r1Kyber768Draft00: 128 },
  ...{ ffdhe2048: 112, ffdhe3072: 128, ffdhe4096: 128, ffdhe6144: 128, ffdhe8192: 192 },
};

/** Half the bits of a curve; the category of ML-KEM where it is stronger than the curve beside it. */
function strengthOf(name: string): number | undefined {
  const [, kem] = /MLKEM(512|768|1024)$/.exec(name) ?? [];
  if (kem !== undefined) return Number(kem) / 4;
  const [, bits] = /^(?:sect|secp|brainpoolP|GC)(\d{3})/.exec(name) ?? [];
  return bits === undefined ? byName[name] : Math.min(256, Math.floor(Number(bits) / 2));
}
