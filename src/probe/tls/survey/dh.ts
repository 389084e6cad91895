import { hash } from 'node:crypto';
import type { DhParameters } from '../../../model/facts/tls.ts';
import { knownPrimes } from '../registry/dh-primes.ts';
import { keyExchangeOf } from '../registry/key-exchange.ts';
import type { SeenProtocols } from '../seen.ts';
import { parseServerKeyExchange } from '../wire/server-key-exchange.ts';

/**
 * Parameters of finite-field key exchange in the flights that were read, each once; [] when every version was looked at
 * to its end and none has such a suite; undefined otherwise. Primes of more than 65,536 bits are no fact.
 */
export function dhFacts(seen: SeenProtocols): DhParameters[] | undefined {
  const { versions } = seen;
  const facts = new Map<string, DhParameters>();
  for (const { protocol, flights } of versions) {
    for (const { hello, rest } of flights) {
      const kind = keyExchangeOf(hello.suite);
      if (rest?.keyExchange === undefined || (kind !== 'dhe' && kind !== 'dhe-export')) continue;
      const prime = parseServerKeyExchange(rest.keyExchange, kind, hello.version)?.prime;
      const bits = prime === undefined ? 0 : bitsOf(prime);
      if (prime === undefined || bits > 65_536) continue;
      const primeSha256 = hash('sha256', prime, 'hex');
      const isExport = kind === 'dhe-export';
      facts.set(`${protocol} ${primeSha256} ${String(isExport)}`, {
        protocol,
        bits,
        knownAs: knownPrimes.get(primeSha256) ?? null,
        primeSha256,
        export: isExport,
      });
    }
  }
  if (facts.size === 0) return hasNone(seen) ? [] : undefined;
  return [...facts.values()].slice(0, 16);
}

/** Each version before TLS 1.3 was refused, or all its suites are known and none is DHE. */
function hasNone({ facts, versions }: SeenProtocols): boolean {
  return (['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2'] as const).every((protocol) => {
    if (facts.protocols[protocol]?.offered === false) return true;
    const version = versions.find((seen) => seen.protocol === protocol);
    return version?.complete === true && version.suites.every((suite) => !keyExchangeOf(suite).startsWith('dhe'));
  });
}

/** Bits of a big-endian number without leading zero bytes. */
function bitsOf(prime: Buffer): number {
  return prime.length * 8 - Math.clz32(prime[0] ?? 0) + 24;
}
