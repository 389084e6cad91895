import { expect, it } from 'vitest';
import { hashName } from '../../../src/probe/dns/dnssec/nsec3.ts';

const digits = '0123456789abcdefghijklmnopqrstuv';
const base32 = (bytes: Buffer) =>
  [...bytes]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .match(/.{5}/g)
    ?.map((five) => digits[parseInt(five, 2)])
    .join('');

/** RFC 5155, appendix A: salt aabbccdd, 12 iterations. */
it.each([
  ['example', '0p9mhaveqvm6t7vbl5lop2u3t2rp3tom'],
  ['a.example', '35mthgpgcu1qg68fab165klnsnk3dpvl'],
  ['ai.example', 'gjeqe526plbf1g8mklp59enfd789njgi'],
  ['*.w.example', 'r53bq7cc2uvmubfu5ocmm6pers9tk9en'],
])('hashes %s as the standard does', (name, expected) => {
  const hash = hashName(name, Buffer.from('aabbccdd', 'hex'), 12);
  expect(base32(hash ?? Buffer.alloc(0))).toBe(expected);
});
