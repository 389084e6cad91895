import { names } from './product-names.ts';
import { osIn, reading, readRow, splitPackage, type Reading, type Row } from './reading.ts';

/** One `name/version` with the comments behind it, as RFC 9110 (10.1.5, 10.2.4) writes products. */
type Token = { readonly name: string; readonly version?: string; readonly comments: readonly string[] };

/** Most products read from one header; real ones name fewer than ten. */
const maxTokens = 20;

/**
 * `Apache/2.4.57 (Debian) OpenSSL/3.0.11 PHP/8.1` read by its grammar, so that a product nobody has listed is named too.
 * Whatever does not fit a row of `phrases` (names with blanks in them) is taken token by token.
 */
export function readProductTokens(text: string, phrases: readonly Row[]): readonly Reading[] {
  const phrase = readRow(phrases, text);
  if (phrase !== undefined) return [phrase];
  return tokensOf(text).flatMap(readingsOf);
}

const grammar = /([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:\/([!#$%&'*+.^_`|~0-9A-Za-z:@-]+))?|\(([^()]*)\)/g;

function tokensOf(text: string): readonly Token[] {
  const tokens: { name: string; version?: string; comments: string[] }[] = [];
  for (const [, name, version, comment] of text.matchAll(grammar)) {
    if (name !== undefined) {
      if (tokens.length === maxTokens) break;
      tokens.push({ name, ...(version === undefined ? {} : { version }), comments: [] });
    } else if (comment !== undefined) tokens.at(-1)?.comments.push(comment);
  }
  return tokens;
}

function readingsOf(token: Token, at: number): readonly Reading[] {
  const known = names.get(token.name.toLowerCase());
  if (known === null) return [];
  // Behind the first product, a bare word that is no known name is prose, not a product.
  if (known === undefined && at > 0 && token.version === undefined) return [];
  if (!/[a-z]/i.test(token.name)) return [];
  const version = versionIn(token.version);
  const split = version === undefined ? undefined : splitPackage(version);
  const product = reading({
    product: known?.product ?? token.name.toLowerCase(),
    vendor: known?.vendor,
    version: known?.unversioned === true ? undefined : split?.version,
    os: split?.os ?? token.comments.map(osIn).find((os) => os !== undefined) ?? known?.os,
  });
  return [product, ...token.comments.flatMap(knownInComment)];
}

/** `(Ruby/2.5.1/2018-03-29)`: a comment may hold products, of which only known names are believed. */
function knownInComment(comment: string): readonly Reading[] {
  return [...comment.matchAll(/([A-Za-z][\w.-]*)\/v?(\d[\w.+~-]*)/g)]
    .slice(0, maxTokens)
    .flatMap(([, name, version]) => {
      const known = names.get((name ?? '').toLowerCase());
      return known === undefined || known === null || known.unversioned === true
        ? []
        : [reading({ product: known.product, vendor: known.vendor, version, os: undefined })];
    });
}

/** A version begins with a digit, perhaps after a `v`; anything else (`Prod`, `unknown`) tells none. */
function versionIn(text: string | undefined): string | undefined {
  return text === undefined ? undefined : /^v?(\d[0-9A-Za-z.+~_:-]*)/.exec(text)?.[1];
}
