import { decodeEntities } from './html-entities.ts';
import type { Tag } from './html-tags.ts';

/** An attribute as text that can be stored: references replaced, ends trimmed, at most `max` units; null when it is not there. */
export function attributeOf(tag: Tag, name: string, max: number): string | null {
  const raw = tag.attributes.get(name);
  if (raw === undefined) return null;
  // A reference is longer than what it stands for, so nothing behind this length can matter.
  const value = decodeEntities(raw.slice(0, max * 8), 'attribute')
    .replaceAll('\0', '\ufffd')
    .trim();
  return value.slice(0, max).toWellFormed();
}

/** The attribute in lower case, for words that HTML compares without case. */
export function wordOf(tag: Tag, name: string, max: number): string | null {
  return attributeOf(tag, name, max)?.toLowerCase() ?? null;
}

/** Parts of a URL in which applications without cookies carry the session. */
const sessions = /([;?&](?:jsessionid|phpsessid|aspsessionid\w{0,16}|session_?id|sid)=)[^&#;?]+/gi;

/** A URL as written, without what would be a secret or a file in it; null when the attribute is not there. */
export function referenceOf(tag: Tag, name: string): string | null {
  const value = attributeOf(tag, name, 1024);
  return value === null ? null : withoutSession(/^data:/i.test(value) ? value.slice(0, 64) : value);
}

export function withoutSession(url: string): string {
  return url.replace(sessions, '$1*').slice(0, 1024);
}

/** `javascript:` as browsers find it: blanks and control bytes before it and line ends within it count for nothing. */
export function isScriptUrl(value: string | null): boolean {
  return value !== null && /^[\0-\x20]*javascript:/i.test(value.slice(0, 200).replace(/[\t\n\r]/g, ''));
}

/** Scheme and host of a reference as written; blank for one that has none, so that it is the page's own. */
export function writtenOrigin(url: string): string {
  return /^\s*(?:[a-z][a-z0-9+.-]{0,30}:)?(?:[/\\]{2}[^/\\?#]{0,300})?/i.exec(url)?.[0].trim().toLowerCase() ?? '';
}
