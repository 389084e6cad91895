import { describe, expect, it } from 'vitest';
import type { HelloAnswer } from '../../../../src/probe/tls/answer.ts';
import { chainsOf, seenFlights } from '../../../../src/probe/tls/chain/seen-flights.ts';
import type { SeenProtocols, SeenVersion } from '../../../../src/probe/tls/seen.ts';
import { helloShape } from '../../../../src/probe/tls/wire/client-hello.ts';

function flight(chain: readonly string[]): HelloAnswer {
  const hello = {
    version: 0x0303,
    suite: 0x002f,
    compression: 0,
    retry: false,
    sessionIdBytes: 0,
    extensions: new Map<number, Buffer>(),
  };
  return { kind: 'hello', hello, chain: chain.map((name) => Buffer.from(name)), rest: { done: true } };
}

function version(protocol: SeenVersion['protocol'], ...chains: string[][]): SeenVersion {
  const flights = chains.map(flight);
  const plan = { shape: helloShape(protocol), atOnce: 64 };
  return { protocol, first: flight([]), plan, suites: [0x002f], complete: true, hellos: [], agreed: [], flights };
}

function sorted(versions: readonly SeenVersion[], sni: string | undefined) {
  const seen: SeenProtocols = { facts: { protocols: {} }, versions, chains: [] };
  const { named, nameless } = seenFlights(seen, sni);
  const names = (flights: readonly HelloAnswer[]) => chainsOf(flights).map(([leaf]) => leaf?.toString());
  return { named: names(named), nameless: names(nameless) };
}

describe('flights that were read', () => {
  const both = [version('TLSv1.2', ['own'], []), version('SSLv3', ['fallback'])];

  it('at SSLv3, which carries no name, are those of a client without one', () => {
    expect(sorted(both, 'lab.test')).toEqual({ named: ['own'], nameless: ['fallback'] });
  });

  it('are all the same where no name is asked for', () => {
    expect(sorted(both, undefined)).toEqual({ named: ['own', 'fallback'], nameless: [] });
  });

  it('at SSLv3 alone are all there is', () => {
    expect(sorted([version('SSLv3', ['fallback'])], 'lab.test')).toEqual({ named: ['fallback'], nameless: [] });
  });
});
