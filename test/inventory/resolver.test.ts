import { expect, it } from 'vitest';
import { parseResolver } from '../../src/inventory/resolver.ts';

it.each([
  ['192.0.2.53', { address: '192.0.2.53', port: 53 }],
  ['192.0.2.53:5353', { address: '192.0.2.53', port: 5353 }],
  ['2001:DB8::53', { address: '2001:db8::53', port: 53 }],
  ['[2001:db8::53]:5353', { address: '2001:db8::53', port: 5353 }],
  ['[2001:db8::53]', { address: '2001:db8::53', port: 53 }],
])('reads %s', (text, expected) => {
  expect(parseResolver(text)).toEqual(expected);
});

it.each(['', 'dns.example', '192.0.2.53:0', '192.0.2.53:99999', '192.0.2.53:', '[192.0.2.53', '192.0.2.0/24', ':53'])(
  'refuses %j',
  (text) => {
    expect(parseResolver(text)).toBeUndefined();
  },
);
