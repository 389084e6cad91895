import type { SoftwareItem, SoftwareSource } from '../../model/facts/software.ts';
import { isTelling } from './header-words.ts';
import { readBanner } from './read-banner.ts';

/** Headers read by their value alone. */
const byValue: Readonly<Record<string, SoftwareSource>> = {
  server: 'http.server',
  'x-powered-by': 'http.x-powered-by',
  'x-aspnet-version': 'http.x-aspnet-version',
  'x-generator': 'http.x-generator',
  via: 'http.via',
};

/** As which source a text is read, and in which form. */
export type ReadHeader = { readonly source: SoftwareSource; readonly text: string };

/** How a header is read: the source, and the text that it is given. Undefined for a header that tells nothing of software. */
export function headerSource(name: string, value: string): ReadHeader | undefined {
  const key = name.toLowerCase();
  // Of a cookie only its name is read and kept: the value is somebody's session.
  if (key === 'set-cookie' || key === 'cookie')
    return { source: 'http.cookie', text: /^\s*([^=;\s]{1,256})/.exec(value)?.[1] ?? '' };
  const valued = Object.hasOwn(byValue, key) ? byValue[key] : undefined;
  if (valued !== undefined) return { source: valued, text: value };
  if (key === 'x-aspnetmvc-version') return { source: 'http.x-aspnet-version', text: `${name}: ${value}` };
  return isTelling(key) ? { source: 'http.header', text: `${name}: ${value}` } : undefined;
}

/** The products that response headers name. */
export function softwareFromHeaders(
  headers: readonly (readonly [string, string])[],
  port: number,
): readonly SoftwareItem[] {
  return headers.flatMap(([name, value]) => {
    const read = headerSource(name, value);
    return read === undefined ? [] : readBanner(read.source, read.text, port);
  });
}
