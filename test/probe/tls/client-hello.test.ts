import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { legacyOffer, tls13Offer } from '../../../src/probe/tls/registry/offers.ts';
import { clientHello, helloShape, type HelloProtocol } from '../../../src/probe/tls/wire/client-hello.ts';
import { versionNumber } from '../../../src/probe/tls/wire/version.ts';
import { readHello } from '../../servers/tls-fake.ts';

const protocols: readonly HelloProtocol[] = ['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];
const suites = fc.uniqueArray(fc.integer({ min: 0, max: 0xffff }), { minLength: 1, maxLength: 450 });
const name = fc.option(fc.domain(), { nil: undefined });

describe('clientHello', () => {
  it('builds what a strict reader reads back', () => {
    fc.assert(
      fc.property(fc.constantFrom(...protocols), suites, name, (protocol, offer, sni) => {
        const hello = readHello(clientHello(helloShape(protocol, { sni }), offer));
        expect(hello.version).toBe(versionNumber(protocol));
        expect(hello.suites).toEqual(offer);
        const asked = hello.extensions.get(0)?.subarray(5).toString('ascii');
        expect(asked).toBe(protocol === 'SSLv3' ? undefined : sni);
      }),
    );
  });

  it('is never of a length that hangs old load balancers', () => {
    for (let count = 1; count < 300; count += 1) {
      for (const protocol of ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'] as const) {
        const length = clientHello(helloShape(protocol), legacyOffer.slice(0, count)).length - 5;
        expect(length < 256 || length > 511, `${protocol} ${count} ${length}`).toBe(true);
      }
    }
  });

  it('carries no extension in SSLv3', () => {
    const hello = readHello(clientHello(helloShape('SSLv3', { sni: 'lab.test' }), legacyOffer));
    expect(hello.extensions.size).toBe(0);
    expect(hello.recordVersion).toBe(0x0300);
  });

  it('sends TLS 1.3 with an empty key_share and its version alone', () => {
    const hello = readHello(clientHello(helloShape('TLSv1.3'), tls13Offer));
    expect(hello.extensions.get(51)?.toString('hex')).toBe('0000');
    expect(hello.extensions.get(43)?.toString('hex')).toBe('020304');
  });

  it('names Ed25519 and Ed448 among the signature schemes, without which such servers look empty', () => {
    const schemes = readHello(clientHello(helloShape('TLSv1.2'), legacyOffer))
      .extensions.get(13)
      ?.toString('hex');
    expect(schemes).toContain('0807');
    expect(schemes).toContain('0808');
  });

  it('differs in its random each time', () => {
    const shape = helloShape('TLSv1.2');
    expect(clientHello(shape, [0x2f])).not.toEqual(clientHello(shape, [0x2f]));
  });
});
