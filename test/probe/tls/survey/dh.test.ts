import { getDiffieHellman } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HelloAnswer } from '../../../../src/probe/tls/answer.ts';
import type { SeenProtocols, SeenVersion } from '../../../../src/probe/tls/seen.ts';
import { dhFacts } from '../../../../src/probe/tls/survey/dh.ts';
import { vector } from '../../../../src/probe/tls/wire/bytes.ts';
import { helloShape, type HelloProtocol } from '../../../../src/probe/tls/wire/client-hello.ts';
import { versionNumber } from '../../../../src/probe/tls/wire/version.ts';

const modp2 = getDiffieHellman('modp2').getPrime();

function flight(protocol: HelloProtocol, suite: number, prime: Buffer): HelloAnswer {
  const hello = {
    version: versionNumber(protocol),
    suite,
    compression: 0,
    retry: false,
    sessionIdBytes: 0,
    extensions: new Map(),
  };
  const keyExchange = Buffer.concat([vector(2, prime), vector(2, Buffer.of(2)), vector(2, Buffer.alloc(16, 5))]);
  return { kind: 'hello', hello, rest: { keyExchange, done: true } };
}

function version(protocol: HelloProtocol, flights: readonly HelloAnswer[], complete = true): SeenVersion {
  const first = flights[0] ?? flight(protocol, 0x002f, modp2);
  const plan = { shape: helloShape(protocol), atOnce: 400 };
  const suites = flights.length === 0 ? [0x002f] : flights.map(({ hello }) => hello.suite);
  return { protocol, first, plan, suites, complete, hellos: [], agreed: [], flights };
}

function seen(versions: readonly SeenVersion[]): SeenProtocols {
  const older = ['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2'] as const;
  const refused = older.filter((protocol) => versions.every((version) => version.protocol !== protocol));
  const protocols = Object.fromEntries(refused.map((protocol) => [protocol, { offered: false }]));
  return { facts: { protocols }, versions, chains: [] };
}

describe('dhFacts', () => {
  it('tells export parameters from others, each once a version', () => {
    const export512 = Buffer.concat([Buffer.of(0, 0x01), Buffer.alloc(63, 0xab)]);
    const flights = [
      flight('TLSv1.0', 0x0033, modp2),
      flight('TLSv1.0', 0x0014, export512),
      flight('TLSv1.0', 0x0039, modp2),
    ];
    expect(dhFacts(seen([version('TLSv1.0', flights), version('SSLv3', flights.slice(0, 1))]))).toMatchObject([
      { protocol: 'TLSv1.0', bits: 1024, knownAs: 'RFC 2409 group 2', export: false },
      { protocol: 'TLSv1.0', bits: 505, knownAs: null, export: true },
      { protocol: 'SSLv3', bits: 1024, export: false },
    ]);
  });

  it('says none only when every version was seen to its end', () => {
    expect(dhFacts(seen([version('TLSv1.2', [])]))).toEqual([]);
    expect(dhFacts(seen([version('TLSv1.2', [], false)]))).toBeUndefined();
    expect(dhFacts({ facts: { protocols: {} }, versions: [], chains: [] })).toBeUndefined();
  });
});
