import { Type, type Static } from '@sinclair/typebox';
import { feedNames } from '../../model/feed.ts';
import { closed, instant, list, oneOf, text } from '../../model/schema.ts';
import { mostFiles } from '../limits.ts';
import { borderOf } from '../../model/border.ts';

/** Names of the entries beside the parts. */
export const manifestName = 'manifest.json';
export const signatureName = 'manifest.sig';

/** Name of the n-th part. */
export function partName(index: number): string {
  return `parts/${String(index + 1).padStart(4, '0')}`;
}

export const bundleFormat = 'rasoat-feeds/1';

const sha256 = text(64, { pattern: '^[0-9a-f]{64}$' });
const size = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });

/** One file of a feed as it was imported: the official file, or what somebody gave. */
export const partSchema = Type.Object(
  {
    sha256,
    bytes: size,
    /** Name of the file it was, for people. */
    name: text(200, { minLength: 1, pattern: '^[^/\\\\\\u0000-\\u001f]+$' }),
    /** Where it was downloaded from. */
    address: Type.Optional(text(500, { pattern: '^https?://' })),
  },
  closed,
);
export type Part = Readonly<Static<typeof partSchema>>;

/** `manifest.json` of a bundle; its canonical form (RFC 8785) is what the signature covers. */
export const manifestSchema = Type.Object(
  {
    format: Type.Literal(bundleFormat),
    created: instant(),
    tool: text(100, { minLength: 1 }),
    feeds: list(
      Type.Object(
        {
          name: oneOf(feedNames),
          date: instant(),
          dateFrom: oneOf(['content', 'server', 'given']),
          entries: Type.Integer({ minimum: 0 }),
          parts: list(partSchema, mostFiles, { minItems: 1 }),
        },
        closed,
      ),
      feedNames.length,
      { minItems: 1 },
    ),
  },
  closed,
);
export type Manifest = Static<typeof manifestSchema>;

const validate = borderOf<Manifest>(manifestSchema);

/** The manifest, or what is wrong with it, in words of the schema. */
export function checkManifest(value: unknown): { readonly manifest: Manifest } | { readonly fault: string } {
  if (validate(value)) {
    const names = value.feeds.map(({ name }) => name);
    return new Set(names).size === names.length ? { manifest: value } : { fault: 'a feed stands twice' };
  }
  const [error] = validate.errors ?? [];
  return { fault: `${error?.instancePath ?? ''} ${error?.message ?? ''}`.trim() };
}
