import { hostPlace, urlPort } from './endpoint.ts';

/**
 * Reads a web address in its one spelling: host in lower case and ASCII without a dot at its end, no default port, no
 * fragment. Undefined for what is none, for one that a browser would silently mend (spaces, backslashes), and for an
 * address in an odd form (`http://127.1/`).
 */
export function normaliseUrl(text: string): URL | undefined {
  if (/[\s\\\u0000-\u001f]/.test(text)) return undefined;
  const url = URL.parse(text);
  if (url === null) return undefined;
  const place = hostPlace(url.hostname);
  if (place === undefined || urlPort(url) === 0) return undefined;
  if (place.literal !== undefined && !text.toLowerCase().includes(url.hostname) && !url.hostname.startsWith('[')) {
    return undefined;
  }
  if (place.name !== undefined && place.name !== url.hostname) url.hostname = place.name;
  if (url.hash !== '' || text.endsWith('#')) url.hash = '';
  return url;
}
