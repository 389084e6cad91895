import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../src/model/failure.ts';
import { readDelegation, readKey, readSignature } from '../../../src/probe/dns/dnssec/rdata.ts';
import { isSignedBy, rsaBits } from '../../../src/probe/dns/dnssec/verify.ts';
import { proveAbsent } from '../../../src/probe/dns/dnssec/prove.ts';
import { answersQuestion, decodeAnswer, encodeQuery } from '../../../src/probe/dns/message.ts';
import { compareNames, nameToWire } from '../../../src/probe/dns/name.ts';
import { walkRecords } from '../../../src/probe/dns/walk.ts';

const bytes = fc.uint8Array({ maxLength: 600 }).map((array) => Buffer.from(array));
/** Bytes that begin like an answer to `a.vn A`, so that the readers get past the head. */
const answers = fc
  .tuple(fc.nat(6), fc.nat(4), fc.nat(4), fc.uint8Array({ maxLength: 300 }))
  .map(([count, authority, additional, rest]) => {
    const head = encodeQuery(7, { name: 'a.vn', type: 'A' }, { recursion: true, dnssec: true, edns: false });
    head.writeUInt16BE(0x8180, 2);
    head.writeUInt16BE(count, 6);
    head.writeUInt16BE(authority, 8);
    head.writeUInt16BE(additional, 10);
    return Buffer.concat([head, Buffer.from(rest)]);
  });
/** A record that is whole: a pointer to the question's name, a type, and any data. */
const records = fc
  .array(fc.tuple(fc.constantFrom(1, 2, 5, 6, 15, 16, 28, 33, 41, 43, 46, 47, 48, 50, 52, 257, 65_280), bytes), {
    maxLength: 4,
  })
  .map((all) => {
    const head = encodeQuery(7, { name: 'a.vn', type: 'A' }, { recursion: true, dnssec: true, edns: false });
    head.writeUInt16BE(0x8180, 2);
    head.writeUInt16BE(all.length, 6);
    const parts = all.map(([type, data]) => {
      const fixed = Buffer.from([0xc0, 0x0c, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0]);
      fixed.writeUInt16BE(type, 2);
      fixed.writeUInt16BE(data.length, 10);
      return Buffer.concat([fixed, data]);
    });
    return Buffer.concat([head, ...parts]);
  });

/** The answer, or the failure that stands for bytes that are none; anything else thrown is a fault. */
function read(message: Buffer) {
  try {
    return decodeAnswer(message);
  } catch (error) {
    if (error instanceof FailureError && error.failure.code === 'protocol') return undefined;
    throw error;
  }
}

describe('any bytes', () => {
  it.each([
    ['at random', bytes],
    ['after a good head', answers],
    ['as the data of records', records],
  ] as const)('%s are an answer or a failure, never a fault', (_, some) => {
    fc.assert(
      fc.property(some, (message) => {
        const answer = read(message);
        const all = answer === undefined ? [] : [...answer.answers, ...answer.authorities];
        for (const { rdata } of all) {
          readSignature(rdata);
          readDelegation(rdata);
          const key = readKey(rdata);
          if (key !== undefined) {
            rsaBits(key);
            expect(isSignedBy(key, message, rdata)).toBe(false);
          }
        }
        proveAbsent('x.a.vn', 'A', 'a.vn', all);
        walkRecords(message);
        return answersQuestion(message, 7, { name: 'a.vn', type: 'A' }) || true;
      }),
      { numRuns: 2000 },
    );
  });

  it('that answer another question, or nobody’s, are not taken for the answer', () => {
    const question = { name: 'a.vn', type: 'A' } as const;
    const answer = encodeQuery(7, question, { recursion: true, dnssec: true, edns: true });
    answer.writeUInt16BE(answer.readUInt16BE(2) | 0x8000, 2);
    expect(answersQuestion(answer, 7, question)).toBe(true);
    expect(answersQuestion(answer, 8, question)).toBe(false);
    expect(answersQuestion(answer, 7, { name: 'b.vn', type: 'A' })).toBe(false);
    expect(answersQuestion(answer, 7, { name: 'a.vn', type: 'AAAA' })).toBe(false);
    answer.writeUInt16BE(answer.readUInt16BE(2) & 0x7fff, 2);
    expect(answersQuestion(answer, 7, question)).toBe(false);
  });
});

describe('names', () => {
  const label = fc.stringMatching(/^[a-z0-9*_-]{1,5}$/);
  const name = fc.array(label, { maxLength: 5 }).map((labels) => labels.join('.') || '.');

  it('are put in the order of RFC 4034, 6.1', () => {
    const inOrder = ['example', 'a.example', 'yljkjljk.a.example', 'z.a.example', 'zabc.a.example', 'z.example'];
    expect(inOrder.toReversed().sort(compareNames)).toEqual(inOrder);
  });

  it('have one order, both ways', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(Math.sign(compareNames(a, b))).toBe(-Math.sign(compareNames(b, a)) + 0 || 0);
        expect(compareNames(a, b) === 0).toBe(a === b);
      }),
    );
  });

  it('fit the wire or are none', () => {
    expect(nameToWire('A.vn')).toEqual(Buffer.from('\u0001a\u0002vn\0', 'latin1'));
    expect(nameToWire(`${'a'.repeat(64)}.vn`)).toBeUndefined();
    expect(nameToWire(Array<string>(64).fill('abc').join('.'))).toBeUndefined();
  });
});
