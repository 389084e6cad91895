import type { Hop } from '../../model/facts/http.ts';
import { maskCookie } from './mask-cookie.ts';

const maxHeaders = 200;
const maxName = 256;
const maxValue = 8192;

/**
 * Headers as they are stored: order, case and duplicates kept, sizes bounded; `headersCut` tells of any loss. The values
 * of cookies are masked here, before anything is kept of them.
 */
export function recordHeaders(raw: readonly string[]): Pick<Hop, 'headers' | 'headersCut'> {
  const headers: [string, string][] = [];
  let headersCut = raw.length > maxHeaders * 2;
  for (let at = 0; at + 1 < raw.length && headers.length < maxHeaders; at += 2) {
    const name = raw[at] ?? '';
    const sent = raw[at + 1] ?? '';
    const value = /^\s*set-cookie2?\s*$/i.test(name) ? maskCookie(sent) : sent;
    if (name.length > maxName || value.length > maxValue) headersCut = true;
    headers.push([name.slice(0, maxName), value.slice(0, maxValue)]);
  }
  return { headers, headersCut };
}

/** The first value of a header in a raw list (name, value, name, value), trimmed; undefined when it is not there. */
export function firstHeader(raw: readonly string[], name: string): string | undefined {
  for (let at = 0; at + 1 < raw.length; at += 2) {
    if (raw[at]?.trim().toLowerCase() === name) return raw[at + 1]?.trim();
  }
  return undefined;
}
