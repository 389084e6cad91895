import { shippedIcons } from './favicon-icons.ts';
import { listOf, type Reading } from './reading.ts';

/**
 * The number by which search engines for hosts know a favicon: MurmurHash3 (x86, 32 bits, seed 0) of its base64 in lines of
 * 76 characters, each with its line feed, as a signed integer.
 */
export function faviconHash(icon: Uint8Array): number {
  const base64 = Buffer.from(icon).toString('base64');
  const lines = base64.match(/.{1,76}/g) ?? [];
  return murmur3(Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1'));
}

/** MurmurHash3_x86_32 (Austin Appleby, public domain), signed. */
export function murmur3(bytes: Uint8Array, seed = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length - (bytes.length % 4);
  let hash = seed;
  for (let at = 0; at < whole; at += 4) {
    hash = rotate(hash ^ mixed(view.getUint32(at, true)), 13);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let at = bytes.length - 1; at >= whole; at -= 1) tail = (tail << 8) | (bytes[at] ?? 0);
  if (whole < bytes.length) hash ^= mixed(tail);
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}

const mixed = (block: number) => Math.imul(rotate(Math.imul(block, 0xcc9e2d51), 15), 0x1b873593);
const rotate = (word: number, by: number) => (word << by) | (word >>> (32 - by));

/**
 * Icons by the numbers that search engines publish for them, for a number that a person gives; a scan believes `shippedIcons`
 * alone. An icon is copied easily: a hint, no more.
 */
const published: ReadonlyMap<number, string> = new Map([
  [-297069493, 'tomcat'],
  [116323821, 'spring-boot'],
  [81586312, 'jenkins'],
  [1278323681, 'gitlab'],
  [-305179312, 'confluence'],
  [981867722, 'jira'],
  [442749392, 'msexchange'],
  [1768726119, 'msexchange'],
  [-335242539, 'big-ip'],
  [878647854, 'big-ip'],
  [945408572, 'fortios'],
  [999357577, 'hikvision-web'],
  [-1950415971, 'joomla'],
  [1627330242, 'joomla'],
  [174883135, 'drupal'],
  [-1010568750, 'phpmyadmin'],
  [1624375939, 'zimbra'],
  [475145467, 'zimbra'],
  [2123863676, 'grafana'],
  [75230260, 'kibana'],
  [892542951, 'zabbix'],
  [976235259, 'roundcube'],
  [129457226, 'liferay'],
  [1453890729, 'webmin'],
  [-1414475558, 'iis'],
]);

/** A favicon's hash: `sha256:<hex>` as a scan tells it, or its number alone. */
export function readFavicon(text: string): readonly Reading[] {
  const sha256 = /\b([0-9a-f]{64})\b/i.exec(text)?.[1]?.toLowerCase();
  if (sha256 !== undefined) {
    const product = shippedIcons.get(sha256);
    return listOf(product === undefined ? undefined : { product });
  }
  const number = /^\s*(?:hash[:=]\s*)?(-?\d{1,10})\s*$/i.exec(text)?.[1];
  const product = number === undefined ? undefined : published.get(Number(number) | 0);
  return listOf(product === undefined ? undefined : { product });
}
