import { createRequire } from 'node:module';
import type { ErrorCode } from 'yaml';
import { message, type Message } from '../model/text.ts';
import { deepest, type Fault } from './fault.ts';

/** Loaded when something is in doubt: most texts are not, and it is seventy files. */
const load = createRequire(import.meta.url);

/** What the `yaml` package objects to, in the user's words. It is slow and asked only of a text that is in doubt. */
export function explain(text: string): readonly Fault[] {
  const document = parse(text);
  if (document === undefined) return [{ offset: 0, message: message('yaml.too-deep', { limit: deepest }) }];
  // Past the first error the parser guesses, save that a tab is a tab.
  return document.errors
    .filter(({ code }, index) => index === 0 || code === 'TAB_AS_INDENT')
    .map(({ code, pos }) => ({ offset: pos[0], message: wordsFor(code) }));
}

/** The parser recurses: a file of brackets alone can exhaust the stack. */
function parse(text: string) {
  const { parseDocument } = load('yaml') as typeof import('yaml');
  try {
    return parseDocument(text, {
      version: '1.2',
      schema: 'core',
      merge: false,
      resolveKnownTags: false,
      uniqueKeys: false,
      prettyErrors: false,
      // Not 'silent': that would drop a second document without a word.
      logLevel: 'error',
    });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function wordsFor(code: ErrorCode): Message {
  switch (code) {
    case 'TAB_AS_INDENT':
      return message('yaml.tab');
    case 'BAD_INDENT':
      return message('yaml.indent');
    case 'MISSING_CHAR':
      return message('yaml.missing-character');
    case 'MULTIPLE_DOCS':
      return message('yaml.documents');
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return message('yaml.colon');
    case 'BAD_SCALAR_START':
      return message('yaml.quote-needed');
    case 'BAD_DQ_ESCAPE':
      return message('yaml.escape');
    case 'RESOURCE_EXHAUSTION':
      return message('yaml.too-deep', { limit: deepest });
    case 'BAD_ALIAS':
    case 'ALIAS_PROPS':
    case 'MULTIPLE_ANCHORS':
      return message('yaml.alias');
    case 'BAD_DIRECTIVE':
      return message('yaml.directive');
    case 'MULTIPLE_TAGS':
    case 'TAG_RESOLVE_FAILED':
    case 'BAD_COLLECTION_TYPE':
      return message('yaml.tag', { tag: '!' });
    case 'BLOCK_IN_FLOW':
    case 'UNEXPECTED_TOKEN':
    case 'BAD_PROP_ORDER':
    case 'DUPLICATE_KEY':
    case 'IMPOSSIBLE':
    case 'KEY_OVER_1024_CHARS':
    case 'NON_STRING_KEY':
      return message('yaml.unexpected');
  }
}
