import type { ErrorCode } from 'yaml';
import { message, type Message } from '../model/text.ts';

/** What the `yaml` package found wrong, in the user's words. */
export function yamlFaultMessage(code: ErrorCode): Message {
  switch (code) {
    case 'TAB_AS_INDENT':
      return message('inventory.yaml-tab');
    case 'BAD_INDENT':
      return message('inventory.yaml-indent');
    case 'MISSING_CHAR':
      return message('inventory.yaml-missing-character');
    case 'MULTIPLE_DOCS':
      return message('inventory.yaml-documents');
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return message('inventory.yaml-colon');
    case 'BAD_SCALAR_START':
      return message('inventory.yaml-quote-needed');
    case 'BAD_DQ_ESCAPE':
      return message('inventory.yaml-escape');
    case 'RESOURCE_EXHAUSTION':
      return message('inventory.yaml-too-deep', { limit: 32 });
    case 'BAD_ALIAS':
    case 'ALIAS_PROPS':
    case 'MULTIPLE_ANCHORS':
      return message('inventory.yaml-alias');
    case 'BAD_DIRECTIVE':
      return message('inventory.yaml-directive');
    case 'MULTIPLE_TAGS':
    case 'TAG_RESOLVE_FAILED':
    case 'BAD_COLLECTION_TYPE':
      return message('inventory.yaml-tag', { tag: '!' });
    case 'BLOCK_IN_FLOW':
    case 'UNEXPECTED_TOKEN':
    case 'BAD_PROP_ORDER':
    case 'DUPLICATE_KEY':
    case 'IMPOSSIBLE':
    case 'KEY_OVER_1024_CHARS':
    case 'NON_STRING_KEY':
      return message('inventory.yaml-unexpected');
  }
}
