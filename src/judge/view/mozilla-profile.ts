import { Type, type Static } from '@sinclair/typebox';
import { tlsProtocols, type DhParameters, type TlsFacts, type TlsProtocol } from '../../model/facts/tls.ts';
import { closed, oneOf, text } from '../../model/schema.ts';
import type { CertificateView } from './certificate.ts';
import { mozillaProfiles, type MozillaProfile } from './mozilla-guideline.ts';
import type { GroupFacts, GroupView } from './tls-groups.ts';
import { anySuite, beforeTls13 } from './tls-seen.ts';

/** One thing that a server accepts and a profile does not. */
export const mozillaDifference = Type.Object(
  {
    about: oneOf(['protocol', 'suite', 'group', 'dh', 'key', 'signature']),
    /** `TLSv1.0`, the suite's name, `secp192r1`, `1024`, `rsa 1024`, `sha1`. */
    saw: text(80),
  },
  closed,
);
export type MozillaDifference = Static<typeof mozillaDifference>;

/** A service held against one profile. */
export type MozillaComparison = {
  readonly differences: readonly MozillaDifference[];
  /** Everything was seen, so that nothing else can differ. */
  readonly complete: boolean;
};

export type MozillaFacts = {
  /** The strictest profile that the service keeps to. Absent: what was not seen could break it. */
  mozillaProfile?: (typeof mozillaProfileWords)[number];
  /** What differs from the profile intermediate, which Mozilla recommends to all; absent with the profile. */
  mozillaDifferences?: MozillaDifference[];
};

/** Profiles, strictest first, and the word for a service that keeps to none. */
export const mozillaProfileWords = ['modern', 'intermediate', 'old', 'none'] as const;

type Seen = Pick<TlsFacts, 'protocols' | 'dh'> & {
  readonly groups: GroupFacts;
  readonly leaves: readonly CertificateView[] | undefined;
};

/**
 * Holds a service against one profile. What it accepts may be stronger than the profile asks, never weaker: old clients
 * that it turns away, other curves of 128 bits and more, and Ed25519 in the place of ECDSA are no difference. Lifetime of
 * certificates, stapling, order of suites and HSTS are not compared; they have checks of their own.
 */
function compareWithMozilla(seen: Seen, profile: MozillaProfile): MozillaComparison {
  return {
    differences: [
      ...versionsBeyond(seen.protocols, profile),
      ...suitesBeyond(seen.protocols, profile),
      ...unique(
        (seen.groups.groups ?? []).filter((group) => isWeak(group, profile)).map(({ name }) => name),
        'group',
      ),
      ...dhBeyond(seen.dh ?? [], profile),
      ...(seen.leaves ?? []).flatMap((leaf) => certificateBeyond(leaf, profile)),
    ],
    complete: isComplete(seen),
  };
}

/** The strictest profile that a service keeps to, and what keeps it from intermediate. */
export function describeMozilla(seen: Seen): MozillaFacts {
  const intermediate = compareWithMozilla(seen, mozillaProfiles.intermediate).differences.slice(0, 64);
  for (const name of ['modern', 'intermediate', 'old'] as const) {
    const { differences, complete } = compareWithMozilla(seen, mozillaProfiles[name]);
    if (differences.length > 0) continue;
    return complete ? { mozillaProfile: name, mozillaDifferences: intermediate } : {};
  }
  return { mozillaProfile: 'none', mozillaDifferences: intermediate };
}

type About = MozillaDifference['about'];

function unique(words: readonly string[], about: About): MozillaDifference[] {
  return [...new Set(words)].map((saw) => ({ about, saw }));
}

function versionsBeyond(protocols: TlsFacts['protocols'], { versions }: MozillaProfile): MozillaDifference[] {
  const beyond = tlsProtocols.filter((version) => protocols[version]?.offered === true && !versions.has(version));
  return unique(beyond, 'protocol');
}

/** Suites of versions that the profile has; a version that it has not is a difference already. */
function suitesBeyond(protocols: TlsFacts['protocols'], { versions, suites }: MozillaProfile): MozillaDifference[] {
  const accepted = [...versions].flatMap((version: TlsProtocol) => {
    const seen = protocols[version];
    return seen?.offered === true ? (seen.suites ?? []) : [];
  });
  return unique(
    accepted.map(({ name }) => name).filter((name) => !suites.has(name)),
    'suite',
  );
}

function isWeak({ name, strength }: GroupView, { dhBits }: MozillaProfile): boolean {
  const [, ffdhe] = /^ffdhe(\d+)$/.exec(name) ?? [];
  if (ffdhe !== undefined) return dhBits === null || Number(ffdhe) < dhBits;
  return strength !== undefined && strength < 128;
}

function dhBeyond(dh: readonly DhParameters[], { dhBits }: MozillaProfile): MozillaDifference[] {
  const beyond = dh.filter(({ bits }) => dhBits === null || bits < dhBits);
  return unique(
    beyond.map(({ bits }) => String(bits)),
    'dh',
  );
}

const goodHashes: ReadonlySet<string> = new Set(['sha256', 'sha384', 'sha512', 'intrinsic']);

function certificateBeyond(leaf: CertificateView, { rsaBits }: MozillaProfile): MozillaDifference[] {
  const { keyType, keyBits, signatureHash } = leaf;
  const enough = keyType.startsWith('rsa')
    ? rsaBits !== null && (keyBits === undefined || keyBits >= rsaBits)
    : keyType.startsWith('ed') || (keyType === 'ec' && (keyBits === undefined || keyBits >= 256));
  return [
    ...(enough ? [] : unique([[keyType, keyBits].filter((part) => part !== undefined).join(' ')], 'key')),
    ...(signatureHash === undefined || goodHashes.has(signatureHash) ? [] : unique([signatureHash], 'signature')),
  ];
}

function isComplete({ protocols, dh, groups, leaves }: Seen): boolean {
  const finite = anySuite(protocols, beforeTls13, ({ keyExchange = '' }) => keyExchange.startsWith('dhe'));
  return (
    tlsProtocols.every((version) => {
      const seen = protocols[version];
      return seen !== undefined && (!seen.offered || (seen.suites !== undefined && seen.complete === true));
    }) &&
    groups.groupsComplete === true &&
    (groups.groups ?? []).every(({ strength }) => strength !== undefined) &&
    (finite === false || dh !== undefined) &&
    leaves?.every(({ keyType, keyBits, signatureHash }) => {
      return signatureHash !== undefined && (keyType.startsWith('ed') || keyBits !== undefined);
    }) === true
  );
}
