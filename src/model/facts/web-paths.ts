import { Type, type Static } from '@sinclair/typebox';
import { failureSchema } from '../failure.ts';
import { closed, instant, list, oneOf, text } from '../schema.ts';

/** What a path is asked for; one question of the checks each. */
export const pathGroups = [
  'version-control',
  'environment',
  'backup',
  'database-dump',
  'configuration',
  'php-information',
  'server-status',
  'actuator',
  'api-documentation',
  'tomcat-manager',
  'database-console',
  'error-log',
  'admin-console',
  'platform-interface',
  'sample-application',
  'directory-listing',
] as const;
export type PathGroup = (typeof pathGroups)[number];

/** What an endpoint is believed to run, by the headers, cookies and generator of its pages. */
export const sitePlatforms = ['nginx', 'apache', 'iis', 'php', 'java', 'dotnet', 'other'] as const;
export type SitePlatform = (typeof sitePlatforms)[number];

/** An answer as far as it is kept: never its body. */
const answerParts = {
  url: text(2048),
  status: Type.Integer({ minimum: 100, maximum: 999 }),
  contentType: Type.Union([text(256), Type.Null()]),
  /** Bytes of the body that were read, as sent. */
  bytes: Type.Integer({ minimum: 0 }),
  /** The body was longer than was read. */
  cut: Type.Boolean(),
  /** Where a redirect leads. */
  location: Type.Optional(text(2048)),
  /** First 16 hexadecimal digits of the SHA-256 of what was read. */
  digest: text(16),
  /** A filter's page, by the mark it is known by. */
  filter: Type.Optional(text(64)),
};

/** What an error page gives away: kind and product, and the telling line, masked. */
export const errorSign = Type.Object(
  {
    url: text(2048),
    status: Type.Integer({ minimum: 100, maximum: 999 }),
    kind: oneOf(['stack-trace', 'debug-page', 'version']),
    product: text(64),
    excerpt: text(200),
  },
  closed,
);
export type ErrorSign = Static<typeof errorSign>;

const pathKey = {
  /** Name of the path in `src/probe/http/paths/exposures.yaml`. */
  id: text(64),
  group: oneOf(pathGroups),
  /** Its group cannot be called clean without an answer from here. */
  core: Type.Boolean(),
};

/** The proof of content that held. Secrets are never kept: of a file with values, the names of its keys at most. */
export const proofSchema = Type.Object(
  {
    name: text(64),
    excerpt: Type.Optional(text(200)),
    keys: Type.Optional(list(text(64), 24)),
  },
  closed,
);
export type Proof = Static<typeof proofSchema>;

export const pathAnswer = Type.Object(
  {
    ...pathKey,
    ...answerParts,
    /** Answered as a path that does not exist is answered: then nothing is proved. */
    likeMissing: Type.Boolean(),
    proof: Type.Optional(proofSchema),
  },
  closed,
);
export type PathAnswer = Static<typeof pathAnswer>;

/**
 * Why a path has no answer: `robots` the site's robots.txt asks not to, or could not be read; `platform` the endpoint
 * runs something else; `left-out` no room in the budget, or asking was ended; `failed` asked, and no answer came.
 */
export const pathUnanswered = Type.Object(
  {
    ...pathKey,
    url: text(2048),
    why: oneOf(['robots', 'platform', 'left-out', 'failed']),
    failure: Type.Optional(failureSchema),
  },
  closed,
);
export type PathUnanswered = Static<typeof pathUnanswered>;

export const robotsFacts = Type.Object(
  {
    url: text(2048),
    /** Null: no answer, see `failure`. */
    status: Type.Union([Type.Integer({ minimum: 100, maximum: 999 }), Type.Null()]),
    failure: Type.Optional(failureSchema),
    bytes: Type.Integer({ minimum: 0 }),
    cut: Type.Boolean(),
    /** The answer holds rules of robots.txt (RFC 9309). */
    present: Type.Boolean(),
    /** Paths of all `disallow` lines in the order given, each once; the first 200. */
    disallow: list(text(256), 200),
  },
  closed,
);
export type RobotsFacts = Static<typeof robotsFacts>;

/** A security.txt as it stands, unjudged (RFC 9116). */
export const securityTxtFile = Type.Object(
  {
    url: text(2048),
    contentType: Type.Union([text(256), Type.Null()]),
    bytes: Type.Integer({ minimum: 0 }),
    cut: Type.Boolean(),
    /** The bytes are UTF-8. */
    utf8: Type.Boolean(),
    /** Some line ends with a carriage return that no line feed follows. */
    strayReturn: Type.Boolean(),
    /** It is wrapped in an OpenPGP cleartext signature; the signature is not verified. */
    signed: Type.Boolean(),
    /** Line, name as written, value. */
    fields: list(Type.Tuple([Type.Integer({ minimum: 1 }), text(64), text(1024)]), 100),
    /** Lines that are neither field, comment nor empty. */
    malformed: list(Type.Integer({ minimum: 1 }), 100),
  },
  closed,
);
export type SecurityTxtFile = Static<typeof securityTxtFile>;

const securityTxtFacts = Type.Object(
  {
    /** Every URL asked for it, in order. */
    asked: list(
      Type.Object(
        {
          url: text(2048),
          status: Type.Optional(Type.Integer({ minimum: 100, maximum: 999 })),
          filter: Type.Optional(text(64)),
          failure: Type.Optional(failureSchema),
        },
        closed,
      ),
      4,
    ),
    /** The first that was found; absent: none of the answers is one. */
    file: Type.Optional(securityTxtFile),
  },
  closed,
);
export type SecurityTxtFacts = Static<typeof securityTxtFacts>;

/**
 * The site's icon: the one that its page names on the same origin, else `/favicon.ico`. Hashes are of the image as sent, and
 * absent where the answer is none, or is longer than is read.
 */
const iconFacts = Type.Object(
  {
    url: text(2048),
    /** The page names it. */
    named: Type.Boolean(),
    status: Type.Optional(Type.Integer({ minimum: 100, maximum: 999 })),
    bytes: Type.Optional(Type.Integer({ minimum: 0 })),
    format: Type.Optional(oneOf(['ico', 'png', 'gif', 'jpeg', 'webp', 'svg'])),
    sha256: Type.Optional(text(64, { pattern: '^[0-9a-f]{64}$' })),
    /** MurmurHash3 of its base64, as search engines for hosts publish it; signed, 32 bits. */
    mmh3: Type.Optional(Type.Integer({ minimum: -2_147_483_648, maximum: 2_147_483_647 })),
    /** Why there is no answer, as of other paths. */
    why: Type.Optional(oneOf(['robots', 'left-out', 'failed'])),
    failure: Type.Optional(failureSchema),
  },
  closed,
);
export type IconFacts = Static<typeof iconFacts>;

/** That a document with a state-secrecy mark was met, and nothing of it. */
export const secrecyMark = Type.Object({ at: instant(), pathHash: text(64, { pattern: '^[0-9a-f]{64}$' }) }, closed);
export type SecrecyMark = Static<typeof secrecyMark>;

/** Well-known paths of a web endpoint, and what they answered. */
export const webPaths = Type.Object(
  {
    /**
     * Null: none of the bodies that were read bears one. Else the observation ended there: `at` when, `pathHash` the
     * SHA-256 of the URL's path in hexadecimal.
     */
    secrecyMark: Type.Union([secrecyMark, Type.Null()]),
    /** `https://portal.example/`; absent when no origin was there to ask. */
    origin: Type.Optional(text(2048)),
    platform: list(oneOf(sitePlatforms), sitePlatforms.length),
    /** What a path that cannot exist answers. */
    missing: Type.Optional(Type.Object(answerParts, closed)),
    robots: Type.Optional(robotsFacts),
    securityTxt: Type.Optional(securityTxtFacts),
    icon: Type.Optional(iconFacts),
    answered: list(pathAnswer, 64),
    unanswered: list(pathUnanswered, 64),
    /** Error pages met on the way that tell more than they should. */
    errors: list(errorSign, 32),
  },
  closed,
);
export type WebPaths = Static<typeof webPaths>;
