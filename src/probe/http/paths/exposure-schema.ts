import { Type, type Static } from '@sinclair/typebox';
import { pathGroups, sitePlatforms } from '../../../model/facts/web-paths.ts';
import { closed, list, oneOf, text } from '../../../model/schema.ts';

const name = text(64, { pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' });
/** One that a test holds to be free of backtracking. */
const pattern = text(300, { minLength: 1 });

/** All that is named must hold. */
const proof = Type.Object(
  {
    name,
    /** Statuses under which it counts; 200 and 206 when absent. */
    status: Type.Optional(list(Type.Integer({ minimum: 100, maximum: 599 }), 4, { minItems: 1 })),
    /** Bytes at an offset, hexadecimal: the signature of a file format. At least three. */
    bytes: Type.Optional(
      Type.Object(
        {
          at: Type.Integer({ minimum: 0, maximum: 512 }),
          hex: text(64, { pattern: '^([0-9a-f]{2}){3,32}$' }),
        },
        closed,
      ),
    ),
    /** The body, which is no page, is at least as long. */
    minBytes: Type.Optional(Type.Integer({ minimum: 1 })),
    /** How the text of the body begins; `$` is its end. */
    start: Type.Optional(pattern),
    /** Patterns that the text of the body matches, each: letter case counts, `^` and `$` are those of lines. */
    text: Type.Optional(list(pattern, 6, { minItems: 1 })),
    /** A header and what one of its values matches. */
    header: Type.Optional(Type.Object({ name: text(64), pattern }, closed)),
    /** What of the text may be kept: the first group of the pattern. Only what is no secret. */
    excerpt: Type.Optional(pattern),
    /** The names before `=` are kept, never what stands behind it. */
    keys: Type.Optional(Type.Literal(true)),
  },
  closed,
);

const exposure = Type.Object(
  {
    id: name,
    group: oneOf(pathGroups),
    /** `{host}` stands for the name of the host. */
    path: text(200, { pattern: '^/[!-~]*$' }),
    /** Its group cannot be called clean without its answer. */
    core: Type.Optional(Type.Literal(true)),
    /** What the endpoint must be believed, or may still be, to be asked; absent: anything. */
    on: Type.Optional(list(oneOf(sitePlatforms), sitePlatforms.length, { minItems: 1 })),
    /** Most of the body that is read. */
    read: Type.Integer({ minimum: 64, maximum: 65_536 }),
    /** Ask for that range alone: the file may be large. */
    range: Type.Optional(Type.Literal(true)),
    /** An HTML page proves nothing here, whatever it holds. */
    refusePage: Type.Optional(Type.Literal(true)),
    proofs: list(proof, 6, { minItems: 1 }),
  },
  closed,
);
export type ExposureProof = Static<typeof proof>;
export type Exposure = Static<typeof exposure>;

/** `exposures.yaml`: paths by worth, the most telling first. */
export const exposuresSchema = Type.Object({ paths: list(exposure, 64, { minItems: 1 }) }, closed);
