import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseAnchors } from '../../../src/probe/dns/dnssec/anchors.ts';
import { readKey } from '../../../src/probe/dns/dnssec/rdata.ts';
import { namesKey, rsaBits } from '../../../src/probe/dns/dnssec/verify.ts';

const shipped = parseAnchors(readFileSync('src/feeds/root-anchors.ds', 'utf8')) ?? [];

it('the shipped anchors are those of the root: 20326 and 38696, SHA-256', () => {
  expect(shipped.map(({ keyTag, algorithm, digestType }) => [keyTag, algorithm, digestType])).toEqual([
    [20326, 8, 2],
    [38696, 8, 2],
  ]);
});

it('they agree with the key and the DS that Debian ships with BIND', () => {
  expect(existsSync('/etc/bind/bind.keys')).toBe(true);
  const text = readFileSync('/etc/bind/bind.keys', 'utf8');
  const [, base64 = ''] = /initial-key 257 3 8 "([^"]+)"/.exec(text) ?? [];
  const key = readKey(Buffer.concat([Buffer.from([1, 1, 3, 8]), Buffer.from(base64, 'base64')]));
  const [, hex = ''] = /initial-ds 38696 8 2 "([^"]+)"/.exec(text) ?? [];
  if (key === undefined) throw new Error('no key');
  expect(key.tag).toBe(20326);
  expect(rsaBits(key)).toBe(2048);
  expect(shipped.some((one) => namesKey(one, '.', key))).toBe(true);
  expect(shipped[1]?.digest.toString('hex')).toBe(hex.replace(/\s/g, '').toLowerCase());
});

it.each(['', '; nothing', 'vn. IN DS 1 8 2 AABB', '. IN DS x 8 2 AABB', '. IN DNSKEY 257 3 8 AwEA'])(
  'refuses %j',
  (text) => {
    expect(parseAnchors(text)).toBeUndefined();
  },
);
