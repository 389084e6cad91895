import { expect, it } from 'vitest';
import type { CertificateFacts, TlsFacts } from '../../src/model/facts/tls.ts';
import type { Observation } from '../../src/model/observation.ts';
import { createNeighbours } from '../../src/judge/neighbours.ts';
import { deriveTls } from '../../src/judge/view/tls.ts';
import { at, seen, target, tlsFacts } from './build.ts';

const key = 'a'.repeat(64);
const leaf = (keySha256?: string): CertificateFacts => ({
  sha256: 'f'.repeat(64),
  subject: 'CN=a',
  issuer: 'CN=b',
  serial: '1',
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2027-01-01T00:00:00.000Z',
  names: [],
  keyType: 'rsa',
  isCa: false,
  selfIssued: false,
  ...(keySha256 === undefined ? {} : { keySha256 }),
});
const service = (sslv2: boolean, ...keys: readonly (string | undefined)[]): TlsFacts => ({
  ...tlsFacts,
  protocols: { ...tlsFacts.protocols, SSLv2: { offered: sslv2 } },
  chains: keys.map((one) => [leaf(one)]),
});
const seenAt = (place: string, facts: TlsFacts): Observation => ({ ...seen('tls', facts), target: place });

function holders(own: TlsFacts, others: readonly Observation[]): readonly string[] | undefined {
  const { add, all } = createNeighbours();
  for (const other of others) add(other);
  return deriveTls(own, { at, target, reference: {}, neighbours: all }).view.sslv2KeyHolders;
}

it('names those that hold the key and accept SSLv2, each once, and never the service itself', () => {
  const others = [
    seenAt('old', service(true, key, key)),
    seenAt('off', service(false, key)),
    seenAt('other', service(true, 'b'.repeat(64))),
    seenAt(target.key, service(true, key)),
  ];
  expect(holders(service(false, key), others)).toEqual(['old']);
  expect(holders(service(false, 'c'.repeat(64)), others)).toEqual([]);
});

it('an observation from before keys were told apart decides nothing', () => {
  expect(holders(service(false, undefined), [])).toBeUndefined();
});

it('one that accepts SSLv2 and whose key was not read leaves it open, unless another is found', () => {
  const unread = seenAt('mute', { ...service(true), chains: [] });
  expect(holders(service(false, key), [unread])).toBeUndefined();
  expect(holders(service(false, key), [unread, seenAt('old', service(true, key))])).toEqual(['old']);
});

it('until the run is over it is not known', () => {
  const { view, unseen } = deriveTls(service(false, key), { at, target, reference: {} });
  expect(view.sslv2KeyHolders).toBeUndefined();
  expect(unseen.some((one) => one.at === '/tls/sslv2KeyHolders')).toBe(true);
});
