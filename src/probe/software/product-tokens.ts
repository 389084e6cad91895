import { cpeNamesOf } from '../../model/software/cpe.ts';
import { osIn, osVersionIn, splitPackage } from './packaged.ts';
import { names } from './product-names.ts';
import { reading, readRow, type Reading, type Row } from './reading.ts';

/** One `name/version` with the comments behind it, as RFC 9110 (10.1.5, 10.2.4) writes products. */
type Token = { readonly name: string; readonly version?: string; readonly comments: readonly string[] };

/** Most products read from one header; real ones name fewer than ten. */
const maxTokens = 20;

/**
 * `Apache/2.4.57 (Debian) OpenSSL/3.0.11 PHP/8.1` read by its grammar, so that a product nobody has listed is named too.
 * Whatever does not fit a row of `phrases` (names with blanks in them) is taken token by token. A runtime that stands first
 * (`Python/3.9 aiohttp/3.7`) steps behind the server it runs.
 */
export function readProductTokens(text: string, phrases: readonly Row[]): readonly Reading[] {
  const phrase = readRow(phrases, text);
  if (phrase !== undefined) return [phrase];
  const found = tokensOf(text).flatMap(readingsOf);
  const served = found.findIndex(({ product }) => !runtimes.has(product));
  return served < 1 ? found : [...found.slice(served), ...found.slice(0, served)];
}

const runtimes: ReadonlySet<string> = new Set(['python', 'perl', 'ruby', 'java-se', 'nodejs']);

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
  const version = known?.unversioned === true ? undefined : versionIn(token.version);
  const split = version === undefined ? undefined : splitPackage(version);
  const comment = token.comments.find((words) => osIn(words) !== undefined);
  const product = reading({
    product: known?.product ?? token.name.toLowerCase(),
    // FIPS is a way OpenSSL was built, not a version of it.
    version: split?.version.replace(/-fips$/i, ''),
    os: split?.os ?? (comment === undefined ? undefined : osIn(comment)) ?? known?.os,
    osVersion: split?.osVersion ?? (comment === undefined ? undefined : osVersionIn(comment)),
    package: split?.package,
    // Some names are the dictionary's as they stand, and need no row of ours.
    guess: known === undefined && cpeNamesOf(token.name.toLowerCase()).length === 0 ? true : undefined,
  });
  return [product, ...token.comments.flatMap(knownInComment)];
}

/** `(Ruby/2.5.1/2018-03-29)`: a comment may hold products, of which only known names are believed. */
function knownInComment(comment: string): readonly Reading[] {
  return [...comment.matchAll(/([A-Za-z][\w.-]*)\/v?(\d[\w.+~-]*)/g)]
    .slice(0, maxTokens)
    .flatMap(([, name, version]) => {
      const word = (name ?? '').toLowerCase();
      const known = names.get(word) ?? (inComments.has(word) ? { product: word } : undefined);
      return known === undefined || known.unversioned === true ? [] : [reading({ product: known.product, version })];
    });
}

const inComments: ReadonlySet<string> = new Set(['ruby', 'php', 'openssl', 'perl']);

/** A version begins with a digit, perhaps after a `v`; anything else (`Prod`, `unknown`) tells none. */
function versionIn(text: string | undefined): string | undefined {
  return text === undefined ? undefined : /^v?(\d[0-9A-Za-z.+~_:-]*)/i.exec(text)?.[1];
}
