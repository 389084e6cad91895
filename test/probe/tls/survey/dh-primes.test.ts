import { checkPrimeSync, getDiffieHellman, hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { knownPrimes } from '../../../../src/probe/tls/registry/dh-primes.ts';

/** The first `bits` bits after the point, and what stands before it, of pi by Machin's formula. */
function pi(bits: number): bigint {
  const one = 1n << BigInt(bits + 64);
  const arctan = (x: bigint) => {
    let sum = 0n;
    let sign = 1n;
    for (let term = one / x, n = 1n; term > 0n; term /= x * x, n += 2n, sign = -sign) sum += sign * (term / n);
    return sum;
  };
  return (4n * (4n * arctan(5n) - arctan(239n))) >> 64n;
}

/** The same of e. */
function e(bits: number): bigint {
  let sum = 0n;
  for (let term = 1n << BigInt(bits + 64), n = 1n; term > 0n; term /= n, n += 1n) sum += term;
  return sum >> 64n;
}

/** RFC 3526 and 7919: ones, then digits of the constant plus the smallest `k` that gives a safe prime, then ones. */
function primeOf(bits: number, k: number, constant: (bits: number) => bigint): bigint {
  const top = 1n << BigInt(bits);
  return top - (1n << BigInt(bits - 64)) - 1n + ((constant(bits - 130) + BigInt(k)) << 64n);
}

const nameOf = (prime: Buffer) => knownPrimes.get(hash('sha256', prime, 'hex'));
const bytesOf = (prime: bigint) => Buffer.from(prime.toString(16), 'hex');

describe('known primes', () => {
  it.each([
    ['RFC 2409 group 1', 768, 149_686, pi],
    ['RFC 2409 group 2', 1024, 129_093, pi],
    ['RFC 3526 group 5', 1536, 741_804, pi],
    ['RFC 3526 group 14', 2048, 124_476, pi],
    ['RFC 3526 group 15', 3072, 1_690_314, pi],
    ['RFC 3526 group 16', 4096, 240_904, pi],
    ['RFC 3526 group 17', 6144, 929_484, pi],
    ['RFC 3526 group 18', 8192, 4_743_158, pi],
    ['RFC 7919 ffdhe2048', 2048, 560_316, e],
    ['RFC 7919 ffdhe3072', 3072, 2_625_351, e],
    ['RFC 7919 ffdhe4096', 4096, 5_736_041, e],
    ['RFC 7919 ffdhe6144', 6144, 15_705_020, e],
    ['RFC 7919 ffdhe8192', 8192, 10_965_728, e],
  ] as const)('%s follows from its formula', (name, bits, k, constant) => {
    const prime = primeOf(bits, k, constant);
    expect(nameOf(bytesOf(prime))).toBe(name);
    if (bits > 2048) return;
    expect(checkPrimeSync(prime) && checkPrimeSync(prime / 2n)).toBe(true);
  });

  it.each([
    ['modp1', 'RFC 2409 group 1'],
    ['modp2', 'RFC 2409 group 2'],
    ['modp5', 'RFC 3526 group 5'],
    ['modp18', 'RFC 3526 group 18'],
  ])('%s of node:crypto is %s', (group, name) => {
    expect(nameOf(getDiffieHellman(group).getPrime())).toBe(name);
  });

  const script = '/usr/share/nmap/scripts/ssl-dh-params.nse';
  it.runIf(existsSync(script))('name every prime that nmap knows', () => {
    const found = readFileSync(script, 'utf8').matchAll(/fromhex\(\[\[([\s0-9A-F]+)\]\]\)\] = "([^"]+)"/g);
    const names = [...found].map(([, digits = '', name = '']) => {
      return [name, nameOf(Buffer.from(digits.replaceAll(/\s/g, ''), 'hex'))] as const;
    });
    expect(names.length).toBeGreaterThan(30);
    expect(names.filter(([, ours]) => ours === undefined)).toEqual([]);
    expect(names.find(([name]) => name.startsWith('nginx/1024'))?.[1]).toBe('nginx 1024');
  });
});
