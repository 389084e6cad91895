import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:tls';
import { afterEach, expect, it } from 'vitest';
import type { Permit } from '../../../src/model/permission.ts';
import { findIssuer } from '../../../src/probe/dns/issuer.ts';
import { createWire } from '../../../src/probe/wire/dial.ts';
import { makeCertificate, type Identity } from '../../servers/certificates.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(identity: Identity, address: string): Promise<number> {
  const server = createServer({ cert: identity.certPem, key: identity.keyPem });
  servers.push(server);
  server.listen(0, address);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const permit: Permit = () => ({ allowed: true, authorisation: 'a', limits: { connections: 2, perSecond: 100 } });
const wire = createWire({ zone: 'internet', userAgent: 'test', permit });
const signal = AbortSignal.timeout(10_000);

it('tells who issued the certificate of the domain’s own address', async () => {
  const root = await makeCertificate({ name: 'CA thử nghiệm', isCa: true });
  const port = await serve(await makeCertificate({ name: 'tot.gov.vn', issuer: root }), '127.0.33.1');
  expect(await findIssuer(wire, 'tot.gov.vn', ['127.0.33.1'], signal, port)).toEqual({
    address: '127.0.33.1',
    organisation: null,
    commonName: 'CA thử nghiệm',
    byWildcard: false,
    selfSigned: false,
  });
});

it('tells a self-signed one, a closed port and a domain without address apart', async () => {
  const port = await serve(await makeCertificate({ name: 'tot.gov.vn' }), '127.0.33.2');
  expect(await findIssuer(wire, 'tot.gov.vn', ['127.0.33.2'], signal, port)).toMatchObject({ selfSigned: true });
  await expect(findIssuer(wire, 'tot.gov.vn', ['127.0.33.3'], signal, port)).rejects.toMatchObject({
    failure: { code: 'refused' },
  });
  await expect(findIssuer(wire, 'tot.gov.vn', [], signal)).rejects.toMatchObject({ failure: { code: 'dns' } });
});
