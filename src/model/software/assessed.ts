import { Type, type Static } from '@sinclair/typebox';
import { softwareSources } from '../facts/software.ts';
import type { FeedName } from '../feed.ts';
import { closed, list, oneOf, portNumber, text } from '../schema.ts';

/**
 * How sure a version's vulnerabilities are. `possible`: the version that a banner tells lies in a published range, and
 * nothing shows whether the fix was put in. `likely`: the banner tells a distribution's package, compared by the
 * distribution's own word. `claimed`: by the packages that the owner handed in.
 */
export const certainties = ['possible', 'likely', 'claimed'] as const;
export type Certainty = (typeof certainties)[number];

const orNull = Type.Null();

/** One published vulnerability of a version. */
export const vulnerabilityView = Type.Object(
  {
    id: text(64),
    score: Type.Union([Type.Number(), orNull]),
    /** Probability of exploitation in the next 30 days, 0 to 1. */
    epss: Type.Union([Type.Number(), orNull]),
    exploited: Type.Boolean(),
    /** Day by which CISA wants it mended. */
    due: Type.Union([text(10), orNull]),
    ransomware: Type.Boolean(),
    fixedIn: Type.Union([text(128), orNull]),
    certainty: oneOf(certainties),
  },
  closed,
);
export type VulnerabilityView = Static<typeof vulnerabilityView>;

/** Most vulnerabilities that stand beside one product, the worst. */
export const mostShown = 10;

/** One product as checks read it. */
export const itemView = Type.Object(
  {
    product: text(128),
    /** Null: the product tells its name only. */
    version: Type.Union([text(128), orNull]),
    port: portNumber,
    source: oneOf(softwareSources),
    /** The words it was read from. */
    text: text(1024),
    /** The Linux distribution that the words name, which may patch the version in place. */
    distribution: Type.Union([text(64), orNull]),
    /** The release line of the end-of-life table, and its last day of support (null: none announced). */
    line: Type.Optional(text(32)),
    endOfLife: Type.Optional(Type.Union([text(10), orNull])),
    /** Its makers supported the line on the day of the observation. Absent when that is not known. */
    supported: Type.Optional(Type.Boolean()),
    /** Supported still, with less than half a year to go. */
    endingSoon: Type.Optional(Type.Boolean()),
    /** The version lies in the range of a published vulnerability. Absent when no fresh feed can tell. */
    vulnerable: Type.Optional(Type.Boolean()),
    /** One of them is on CISA's list of exploited ones; on it as used for ransomware; likely to be exploited (EPSS 10 %). */
    exploited: Type.Optional(Type.Boolean()),
    ransomware: Type.Optional(Type.Boolean()),
    likelyExploited: Type.Optional(Type.Boolean()),
    /** How many there are, and the worst of them: exploited first, then by EPSS, then by CVSS. */
    vulnerabilities: Type.Optional(Type.Integer({ minimum: 0 })),
    worst: Type.Optional(list(vulnerabilityView, mostShown)),
    /** Feeds that said so, each with its date. */
    feeds: Type.Optional(text(200)),
    /** The package that the owner handed in, `openssh 1:9.2p1-2+deb12u3`, and the day it is of. */
    /** The list of Windows updates that the owner handed in; it decides nothing. */
    updates: Type.Optional(
      Type.Object({ count: Type.Integer({ minimum: 0 }), date: text(10), file: text(300) }, closed),
    ),
    /** CISA's list of exploited ones names the product in some version; it does not say which. Newest first, three at most. */
    namedByKev: Type.Optional(
      Type.Object(
        {
          count: Type.Integer({ minimum: 1 }),
          newest: list(Type.Object({ id: text(64), due: text(10) }, closed), 3),
        },
        closed,
      ),
    ),
    claimed: Type.Optional(Type.Object({ package: text(200), date: text(10), file: text(300) }, closed)),
  },
  closed,
);
export type SoftwareItemView = Static<typeof itemView>;

/** What was made of one target's software when it was judged, for whoever shows it. */
export type AssessedTarget = {
  readonly target: string;
  readonly items: readonly SoftwareItemView[];
  /** Dates of what was leant on beside the feeds that the items name: support dates, CISA's list. */
  readonly leanedOn?: readonly { readonly feed: FeedName; readonly date: string }[];
};
