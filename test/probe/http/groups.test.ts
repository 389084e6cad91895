import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../../servers/certificates.ts';
import { observeWeb, permitOnly, wireTo } from './observe-web.ts';

const identity = await makeCertificate({ name: 'groups.test' });
const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

/** An https server with these groups alone. */
async function serve(address: string, ecdhCurve: string) {
  const server = createServer({ cert: identity.certPem, key: identity.keyPem, ecdhCurve }, (_request, response) => {
    response.end('here');
  });
  servers.push(server);
  await once(server.listen(0, address), 'listening');
  const url = `https://groups.test:${(server.address() as AddressInfo).port}/`;
  const wire = wireTo(permitOnly(address));
  const { secure } = await observeWeb({ url, address, name: 'groups.test', wire });
  const connections = wire.costs()[0]?.connections;
  return { status: secure?.hops.at(-1)?.status, failure: secure?.failure?.code, connections };
}

describe('the groups that http asks for', () => {
  it('are common ones, and a server without any is read over a second connection', async () => {
    const plain = await serve('127.86.1.1', 'X25519');
    const older = await serve('127.86.1.2', 'secp256r1');
    const hybrid = await serve('127.86.1.3', 'X25519MLKEM768');
    expect([plain.status, older.status, hybrid.status]).toEqual([200, 200, 200]);
    expect(older.connections).toBe(plain.connections);
    expect(hybrid.connections).toBe(2 * (plain.connections ?? 0));
  });
});
