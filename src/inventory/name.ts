import { domainToASCII } from 'node:url';

const label = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

/**
 * The one spelling of a DNS name: ASCII (IDNA), lower case, no dot at the end. Undefined for what is no name: an
 * address, a wildcard, a URL, an empty label, a label over 63 or a name over 253 characters (RFC 1035 2.3.4).
 */
export function normaliseName(text: string): string | undefined {
  const bare = text.endsWith('.') ? text.slice(0, -1) : text;
  // domainToASCII reads its input as a URL's host: it would drop a path and decode %41.
  if (bare === '' || /[\s/\\:@?#%[\]*]/.test(bare)) return undefined;
  const ascii = plainAscii.test(bare) ? bare.toLowerCase() : domainToASCII(bare);
  const labels = ascii.split('.');
  if (ascii === '' || ascii.length > 253 || !labels.every((part) => label.test(part))) return undefined;
  return /^\d+$/.test(labels.at(-1) ?? '') ? undefined : ascii;
}

/** Names that IDNA leaves as they are, save for case; `xn--` ones are checked by domainToASCII. */
const plainAscii = /^(?!.*xn--)[\w.-]+$/i;
