import { once } from 'node:events';
import { request } from 'node:https';
import { connect } from 'node:net';
import { connect as tlsConnect, type PeerCertificate } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseInventory } from '../../../src/inventory/read.ts';
import { makeAuthority } from './certificates.ts';
import { compareWithTruth } from './compare.ts';
import { machineName, makeCountry, personalityIn, portsOf, wholeCountry, type CountryOptions } from './country.ts';
import { provinceInventory, targetKeyOf } from './inventory.ts';
import { serveCountry, type CountryServer } from './serve.ts';
import { truthOf } from './truth.ts';

const small: CountryOptions = { seed: 5, provinces: 3, systems: 60, endpoints: 180, servers: 3 };
const whole = makeCountry(wholeCountry);
const ports = portsOf(2);
const places = makeCountry(small)
  .flatMap(({ systems }) => systems.flatMap((system) => system.places))
  .map((place) => ({ ...place, one: personalityIn(small, place.address) }));

describe('the country', () => {
  it('is of the size asked for, to the endpoint, and the same whenever it is made', () => {
    const systems = whole.flatMap((province) => province.systems);
    expect([whole.length, systems.length]).toEqual([34, 20_000]);
    expect(systems.reduce((sum, system) => sum + system.places.length, 0)).toBe(60_000);
    expect(Math.min(...systems.map((system) => system.places.length))).toBeGreaterThan(0);
    expect(makeCountry(small)).toEqual(makeCountry(small));
    expect(makeCountry({ ...small, seed: 6 })).not.toEqual(makeCountry(small));
  });

  it('has machines in the shares that it is drawn by', () => {
    const addresses = new Set(
      whole.flatMap(({ systems }) => systems.flatMap((one) => one.places.map(({ address }) => address))),
    );
    const counts = Map.groupBy(addresses, (address) => personalityIn(wholeCountry, address).reach);
    const share = (reach: 'answers' | 'slow' | 'drops') => ((counts.get(reach)?.length ?? 0) / addresses.size) * 100;
    expect(share('answers')).toBeCloseTo(84, -0.5);
    expect(share('slow')).toBeCloseTo(6, 0);
    expect(share('drops')).toBeCloseTo(3, 0);
  });

  it('gives each province an inventory that is valid and covers its own block alone', () => {
    const blocks = makeCountry(small).map((province) => {
      const { inventory } = parseInventory(
        'tinh.yaml',
        provinceInventory(small, province, { connections: 4, perSecond: 25 }),
      );
      expect(inventory.systems.length).toBe(province.systems.length);
      return inventory.authorisations[0]?.scope.networks;
    });
    expect(blocks).toEqual([['127.100.0.0/15'], ['127.102.0.0/15'], ['127.104.0.0/15']]);
  });
});

describe('its machines', () => {
  let server: CountryServer;
  beforeAll(async () => {
    server = await serveCountry(small, 2, { log: true });
  });
  afterAll(async () => {
    await server.stop();
  });

  /** A machine that answers, drawn with this wish. */
  const machine = (wish: (one: ReturnType<typeof personalityIn>) => boolean) => {
    const found = places.find(({ one }) => wish(one));
    if (found === undefined) throw new Error('no such machine in this country');
    return found;
  };
  const answers = (one: ReturnType<typeof personalityIn>) => one.reach === 'answers';

  it('show the certificate they were drawn with, made from the seed', async () => {
    const root = makeAuthority(small.seed).root;
    const errors: Record<string, string> = {};
    const keys: Record<string, string> = {};
    for (const certificate of ['good', 'expired', 'self-signed', 'other-name'] as const) {
      const { address } = machine((one) => answers(one) && one.certificate === certificate);
      const shown = await handshake(address, { ca: root, servername: machineName(address) });
      errors[certificate] = shown.error;
      keys[certificate] = shown.certificate.pubkey?.toString('hex') ?? '';
    }
    expect(errors).toEqual({
      good: '',
      expired: 'CERT_HAS_EXPIRED',
      'self-signed': 'DEPTH_ZERO_SELF_SIGNED_CERT',
      'other-name': 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
    const { address } = machine((one) => answers(one) && one.certificate === 'good');
    await server.stop();
    server = await serveCountry(small, 2, { log: true });
    const again = await handshake(address, { ca: root, servername: machineName(address) });
    expect(again.certificate.pubkey?.toString('hex')).toBe(keys['good']);
  });

  it('speak the versions they were drawn with', async () => {
    const offered = async (protocols: 'modern' | 'plain' | 'old', version: 'TLSv1' | 'TLSv1.3') => {
      const { address } = machine((one) => answers(one) && one.protocols === protocols);
      const only = { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' } as const;
      return (await handshake(address, { ...only, rejectUnauthorized: false })).spoke;
    };
    expect(await offered('modern', 'TLSv1.3')).toBe(true);
    expect(await offered('modern', 'TLSv1')).toBe(false);
    expect(await offered('plain', 'TLSv1.3')).toBe(false);
    expect(await offered('old', 'TLSv1')).toBe(true);
  });

  it('send the headers they were drawn with', async () => {
    const hsts = async (headers: 'all' | 'none' | 'no-hsts') => {
      const { address } = machine((one) => answers(one) && one.headers === headers && one.protocols !== 'old');
      const asked = request({
        host: address,
        port: ports.tls,
        path: '/',
        rejectUnauthorized: false,
        agent: false,
      }).end();
      const [response] = (await once(asked, 'response')) as [import('node:http').IncomingMessage];
      response.resume();
      return [response.statusCode, response.headers['strict-transport-security'], response.headers['x-frame-options']];
    };
    expect(await hsts('all')).toEqual([200, 'max-age=31536000; includeSubDomains', 'DENY']);
    expect(await hsts('no-hsts')).toEqual([200, undefined, 'DENY']);
    expect(await hsts('none')).toEqual([200, undefined, undefined]);
  });

  it('are silent or reset where they were drawn so, and log who came', async () => {
    await expect.poll(() => server.served().open).toBe(0);
    server.visits();
    const reset = connect({ host: machine((one) => one.reach === 'resets').address, port: ports.tls });
    const [error] = (await once(reset, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNRESET');
    const silent = connect({ host: machine((one) => one.reach === 'silent').address, port: ports.tls });
    silent.write('GET / HTTP/1.0\r\n\r\n');
    const heard = await Promise.race([
      once(silent, 'data').then(() => 'words'),
      new Promise((resolve) => setTimeout(resolve, 300, 'silence')),
    ]);
    expect(heard).toBe('silence');
    silent.destroy();
    const came: string[][] = [];
    const all = () => {
      came.push(...server.visits().map(({ address, from }) => [address, from]));
      return came;
    };
    await expect.poll(all).toEqual([
      [machine((one) => one.reach === 'resets').address, '127.0.0.1'],
      [machine((one) => one.reach === 'silent').address, '127.0.0.1'],
    ]);
  });
});

describe('the truth', () => {
  const rows = (change: (outcome: string, check: string) => string) => (sql: string) =>
    Promise.resolve(
      makeCountry(small).flatMap((province) =>
        province.systems.flatMap((system) =>
          system.places.flatMap((place): (string | null)[][] => {
            const truth = truthOf(small, place);
            const key = targetKeyOf(small, province.ports, place);
            if (sql.includes('from observation')) return [[key, 'outcomes' in truth ? null : (truth.unseen[0] ?? '')]];
            if (!('outcomes' in truth)) return [[key, 'hsts', 'not-observed']];
            return Object.entries(truth.outcomes).map(([check, outcome]) => [key, check, change(outcome, check)]);
          }),
        ),
      ),
    );

  it('agrees with what says the same, and sees one outcome that is another', async () => {
    expect(
      await compareWithTruth(
        small,
        rows((outcome) => outcome),
      ),
    ).toEqual({ compared: 180, wrong: [] });
    const { wrong } = await compareWithTruth(
      small,
      rows((outcome, check) => (check === 'cert-expiry' ? 'pass' : outcome)),
    );
    expect(wrong.length).toBe(
      places.filter(
        ({ one, kind }) => one.certificate === 'expired' && kind !== 'clear' && /answers|slow/.test(one.reach),
      ).length,
    );
    expect(wrong[0]).toContain('cert-expiry is pass, not fail');
  });
});

function handshake(
  host: string,
  options: object,
): Promise<{ readonly spoke: boolean; readonly error: string; readonly certificate: PeerCertificate }> {
  return new Promise((resolve) => {
    const socket = tlsConnect({ host, port: ports.tls, ...options, rejectUnauthorized: false });
    socket.once('secureConnect', () => {
      const error = socket.authorizationError as unknown as string | null;
      resolve({ spoke: true, error: error ?? '', certificate: socket.getPeerCertificate() });
      socket.destroy();
    });
    socket.once('error', (error: Error) => {
      resolve({ spoke: false, error: error.message, certificate: {} as PeerCertificate });
    });
  });
}
