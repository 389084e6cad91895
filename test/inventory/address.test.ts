import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { embeddedAddress, networkOf, networkText, parseAddress, parseNetwork } from '../../src/inventory/address.ts';
import { normaliseName } from '../../src/inventory/name.ts';
import { slug } from '../../src/inventory/slug.ts';
import { nearest } from '../../src/yaml/nearest.ts';
import { normaliseUrl } from '../../src/inventory/url.ts';

describe('addresses', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:C000:0207', '192.0.2.7'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['::', '::'],
  ])('%s is %s', (text, canonical) => {
    expect(parseAddress(text)?.text).toBe(canonical);
  });

  test.each([
    '192.0.2',
    '192.0.2.256',
    '192.0.02.7',
    '0xc0.0.2.7',
    '3221225991',
    ' 192.0.2.7',
    '192.0.2.7\n',
    '::192.0.2.7',
    '::ffff:192.0.2.07',
    'fe80::1%eth0',
    '1::2::3',
    '12345::',
    'portal.example',
    '',
  ])('%j is none', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  test('every IPv4 address comes back as it was written', () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        expect(parseAddress(text)?.text).toBe(text);
        expect(parseAddress(`::ffff:${text}`)?.text).toBe(text);
      }),
    );
  });

  test('every IPv6 address reads back as itself', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const address = parseAddress(text);
        if (address !== undefined) expect(parseAddress(address.text)).toEqual(address);
      }),
    );
  });

  test('IPv4 addresses inside IPv6 ones are found', () => {
    const embedded = (text: string) => {
      const address = parseAddress(text);
      return address === undefined ? undefined : embeddedAddress(address)?.text;
    };
    expect(embedded('64:ff9b::192.0.2.7')).toBe('192.0.2.7');
    expect(embedded('2002:c000:207:1::1')).toBe('192.0.2.7');
    expect(embedded('::c000:207')).toBe('192.0.2.7');
    expect(embedded('2001:db8::c000:207')).toBeUndefined();
  });
});

test('blocks are read, and brought to their first address', () => {
  const block = (text: string) => {
    const network = parseNetwork(text);
    return network === undefined ? undefined : networkText(networkOf(network));
  };
  expect(
    ['10.1.2.3/8', '10.1.2.3', '10.1.2.3/32', '0.0.0.0/0', '::ffff:10.1.2.3/104', '2001:db8:ff::/33'].map(block),
  ).toEqual(['10.0.0.0/8', '10.1.2.3', '10.1.2.3', '0.0.0.0/0', '10.0.0.0/8', '2001:db8::/33']);
  expect(
    ['10.0.0.0/33', '10.0.0.0/08', '10.0.0.0/', '10.0.0.0/8/8', '10.0.0.0/-1', '::ffff:10.0.0.0/8', '10/8'].map(block),
  ).toEqual(Array.from({ length: 7 }, () => undefined));
});

test('names have one spelling', () => {
  expect(
    ['Portal.Example', 'portal.example.', 'laichâu.example', 'XN--LAICHU-0TA.example', '_dmarc.a.test'].map(
      normaliseName,
    ),
  ).toEqual(['portal.example', 'portal.example', 'xn--laichu-0ta.example', 'xn--laichu-0ta.example', '_dmarc.a.test']);
  const none = [
    '',
    '.',
    'a..b',
    '-a.test',
    'a b',
    'a/b',
    'a:80',
    '*.a.test',
    'a%41.test',
    '192.0.2.7',
    'a.1',
    `${'a'.repeat(64)}.test`,
  ];
  expect(none.map(normaliseName)).toEqual(none.map(() => undefined));
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const name = normaliseName(text);
      if (name !== undefined) expect(normaliseName(name)).toBe(name);
    }),
  );
});

test('URLs have one spelling', () => {
  const one = (text: string) => normaliseUrl(text)?.href;
  expect(one('https://PORTAL.example.:443/A#b')).toBe('https://portal.example/A');
  expect(one('http://[2001:DB8::7]:8080')).toBe('http://[2001:db8::7]:8080/');
  const none = [
    'https://a b/',
    'https:\\\\a.test',
    'https://127.1/',
    'https://0x7f000001/',
    'https://a.test:0/',
    'https://a..b/',
    'https://',
  ];
  expect(none.map(one)).toEqual(none.map(() => undefined));
});

test('what was meant is found among the near, and nothing among the far', () => {
  expect(nearest('so-y-to', ['so-gddt', 'so-y-te'])).toBe('so-y-te');
  expect(nearest('onwer', ['owner', 'operator'])).toBe('owner');
  expect(nearest('truong-hoc', ['so-gddt', 'so-y-te'])).toBeUndefined();
  expect(nearest('6', ['1', '2'])).toBeUndefined();
  expect(slug('Đảng ủy – Sở Y tế!')).toBe('dang-uy-so-y-te');
});
