import { Tokenizer, TokenParser, TokenType } from '@streamparser/json';
import { UserError } from '../model/errors.ts';
import type { Bytes } from './bytes.ts';
import { mostDepth, mostEntryBytes } from './limits.ts';
import { reasonOf, refuse } from './refuse.ts';

/** Where a value stood: the keys from the top down. */
export type JsonPath = readonly (string | number)[];

/**
 * Reads one JSON document piece by piece and gives the values at `paths` (`$.vulnerabilities.*`) as each is complete, so that
 * memory holds one entry at a time. Throws UserError for what is no JSON, is cut off, nests too deep or has an entry too
 * large.
 */
export async function eachJsonValue(
  bytes: Bytes,
  name: string,
  paths: readonly string[],
  take: (value: unknown, path: JsonPath) => void,
): Promise<void> {
  const tokenizer = new Tokenizer();
  const parser = new TokenParser({ paths: [...paths], keepStack: false });
  let depth = 0;
  let since = 0;
  parser.onValue = ({ value, key, stack }) => {
    since = 0;
    take(value, [...stack.slice(1).map((one) => one.key ?? ''), key ?? '']);
  };
  tokenizer.onToken = (token) => {
    if (token.token === TokenType.LEFT_BRACE || token.token === TokenType.LEFT_BRACKET) {
      depth += 1;
      if (depth > mostDepth) refuse(name, 'too-deep', { most: mostDepth });
    } else if (token.token === TokenType.RIGHT_BRACE || token.token === TokenType.RIGHT_BRACKET) depth -= 1;
    parser.write(token);
  };
  try {
    for await (const chunk of bytes) {
      tokenizer.write(chunk);
      since += chunk.length;
      if (since > mostEntryBytes) refuse(name, 'entry-too-large', { most: mostEntryBytes });
    }
    if (!ends(tokenizer) || !parser.isEnded) refuse(name, 'truncated');
  } catch (error) {
    if (error instanceof UserError) throw error;
    refuse(name, 'not-json', { reason: reasonOf(error).slice(0, 200) });
  }
}

/** Whether the text may end where it does. */
function ends(tokenizer: Tokenizer): boolean {
  try {
    tokenizer.end();
    return true;
  } catch {
    return false;
  }
}
