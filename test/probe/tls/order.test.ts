import { afterEach, describe, expect, it } from 'vitest';
import { turnedRound } from '../../../src/probe/tls/order.ts';
import { createTlsProbe } from '../../../src/probe/tls/probe.ts';
import { legacyOffer, tls13Offer } from '../../../src/probe/tls/registry/offers.ts';
import { suiteName } from '../../../src/probe/tls/registry/suites.ts';
import { alert, readHello, serverHello, startFake, type Reaction } from '../../servers/tls-fake.ts';
import { openWire, serviceTarget } from '../../servers/tls-wire.ts';

const address = '127.0.63.2';
const port = 8443;
const narrow = { connections: 8, perSecond: 1_000_000 };
const wide = { connections: 64, perSecond: 1_000_000 };
const suites = [0x009c, 0xc02f, 0xc02b, 0x002f, 0xcca8, 0x0035, 0xc013, 0x000a, 0xc009];
const probe = createTlsProbe({ deep: false, verify: false, answerMs: 300 });

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

type Choose = (offered: readonly number[]) => number | undefined;
const byServer: Choose = (offered) => suites.find((suite) => offered.includes(suite));
const byClient: Choose = (offered) => offered.find((suite) => suites.includes(suite));
/** OpenSSL's PrioritizeChaCha: the client's word counts when it begins with ChaCha20. */
const byServerButChaCha: Choose = (offered) => {
  const known = offered.find((suite) => suites.includes(suite) || suiteName(suite).includes('CHACHA20'));
  return known === 0xcca8 ? known : byServer(offered);
};

/** TLS 1.0 to 1.2 with these suites; the facts of each, and how often each was asked. */
async function observe(choose: Choose, limits: typeof narrow, refuse: () => Reaction = () => alert(40)) {
  const asked = new Map<number, number>();
  const fake = await startFake(address, port, (first) => {
    if (first[0] !== 22) return 'close';
    const { version, suites: offered } = readHello(first);
    if (version === 0x0304 || version < 0x0301) return alert(70);
    asked.set(version, (asked.get(version) ?? 0) + 1);
    const suite = choose(offered);
    return suite === undefined ? refuse() : serverHello(version, suite);
  });
  stops.push(fake.stop);
  const target = serviceTarget(address, port);
  const { protocols } = await probe.observe({ target, wire: openWire(limits), signal: AbortSignal.timeout(20_000) });
  const codes = protocols['TLSv1.2']?.suites?.map(({ code }) => Number(code));
  return { protocols, codes, asked: Object.fromEntries(asked) };
}

describe('who decides the order', () => {
  const k = suites.length;

  it('costs one question for a server that does, once for all its versions', async () => {
    const { protocols, codes, asked } = await observe(byServer, narrow);
    expect(codes).toEqual(suites);
    for (const version of ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'] as const) {
      expect(protocols[version]).toMatchObject({ complete: true, order: 'server' });
      expect(protocols[version]?.suites).toEqual(protocols['TLSv1.2']?.suites);
    }
    expect(asked).toEqual({ 0x0301: k + 1, 0x0302: k + 1, 0x0303: k + 2 });
  });

  it('costs nothing for a client that does, and suites stand in our order', async () => {
    const { protocols, codes, asked } = await observe(byClient, narrow);
    expect(codes).toEqual(legacyOffer.filter((suite) => suites.includes(suite)));
    expect(protocols['TLSv1.1']).toMatchObject({ complete: true, order: 'client' });
    expect(asked).toEqual({ 0x0301: k + 1, 0x0302: k + 1, 0x0303: k + 1 });
  });

  it('is the server where it grants ChaCha20 to those who put it first', async () => {
    const { protocols, codes } = await observe(byServerButChaCha, narrow);
    expect(codes).toEqual(suites);
    expect(protocols['TLSv1.2']?.order).toBe('server');
    expect(protocols['TLSv1.0']?.order).toBe('server');
  });

  it('never comes of an offer that ChaCha20 heads', () => {
    for (const offer of [legacyOffer, tls13Offer]) {
      const turned = turnedRound(offer);
      expect(new Set(turned)).toEqual(new Set(offer));
      expect(turned).toHaveLength(offer.length);
      expect(suiteName(turned[0] ?? 0)).not.toContain('CHACHA20');
    }
  });
});

describe('lanes, where limits are wide', () => {
  it('bring the same as one, with a refusal each', async () => {
    const one = await observe(byClient, narrow);
    await stops.pop()?.();
    const four = await observe(byClient, wide);
    expect(four.protocols).toEqual(one.protocols);
    expect(four.asked[0x0303]).toBe(suites.length + 4);
  });

  it('are not taken where the server decides, whose order they would lose', async () => {
    const { codes, protocols, asked } = await observe(byServer, wide);
    expect(codes).toEqual(suites);
    expect(protocols['TLSv1.2']?.order).toBe('server');
    expect(asked[0x0303]).toBe(suites.length + 2);
  });

  it.each(['close', 'reset'] as const)('look into what ends them by a %s as one', async (how) => {
    const { codes, protocols } = await observe(byClient, wide, () => how);
    expect(codes).toEqual(legacyOffer.filter((suite) => suites.includes(suite)));
    expect(protocols['TLSv1.2']).toMatchObject({ complete: true, order: 'client' });
  });

  it('claim nothing complete when answers stop coming', async () => {
    const { codes, protocols } = await observe(byClient, wide, () => 'silence');
    expect(codes).toEqual(legacyOffer.filter((suite) => suites.includes(suite)));
    expect(protocols['TLSv1.2']).not.toHaveProperty('complete');
  });
});
