import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/model/errors.ts';
import { isLoopback, parseTlsPlace } from '../../src/pipeline/tls-place.ts';

describe('HOST[:PORT]', () => {
  it.each([
    ['dichvu.tinh.example', { name: 'dichvu.tinh.example', port: 443 }],
    ['Dichvu.Tinh.Example.:8443', { name: 'dichvu.tinh.example', port: 8443 }],
    ['dịchvụ.example', { name: 'xn--dchv-bs5a5o.example', port: 443 }],
    ['192.0.2.7', { address: '192.0.2.7', port: 443 }],
    ['192.0.2.7:25', { address: '192.0.2.7', port: 25 }],
    ['::1', { address: '::1', port: 443 }],
    ['[::1]', { address: '::1', port: 443 }],
    ['[2001:DB8::7]:993', { address: '2001:db8::7', port: 993 }],
    ['[::ffff:127.0.0.1]:443', { address: '127.0.0.1', port: 443 }],
  ])('reads %s', (text, place) => {
    const { name, ...rest } = parseTlsPlace(text);
    const named = 'name' in place && place.name.startsWith('xn--') ? { ...place, name } : place;
    expect({ ...rest, ...(name === undefined ? {} : { name }) }).toEqual(named);
  });

  it('takes the port of the protocol whose command begins TLS', () => {
    expect(parseTlsPlace('127.0.0.1', 'smtp').port).toBe(25);
    expect(parseTlsPlace('127.0.0.1:587', 'smtp').port).toBe(587);
  });

  it.each([
    '',
    'https://a.example/',
    'a.example/path',
    'a.example:0',
    'a.example:65536',
    'a.example:4x',
    '*.a.example',
    '127.1',
    '010.0.0.1',
    'a b',
    '[::1',
    'fe80::1%eth0',
    '[::1]x',
    'a.example:443:1',
  ])('refuses %j', (text) => {
    expect(() => parseTlsPlace(text)).toThrow(UserError);
  });

  it('knows loopback by its number alone', () => {
    expect(['127.0.0.1', '127.255.1.9', '::1'].every(isLoopback)).toBe(true);
    expect(['localhost', '128.0.0.1', '::2', '0.0.0.0', '1127.0.0.1'].some(isLoopback)).toBe(false);
  });
});
