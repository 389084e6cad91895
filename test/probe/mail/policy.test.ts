import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import type { Target } from '../../../src/model/target.ts';
import { fetchPolicy } from '../../../src/probe/mail/policy.ts';
import { createWire } from '../../../src/probe/wire/dial.ts';
import { openWire } from '../../servers/tls-wire.ts';
import { caExtensions, createPki, leafExtensions, type Issued } from '../../servers/tls-pki.ts';

const folder = mkdtempSync(join(tmpdir(), 'rasoat-policy-'));
const issue = createPki(folder);
const root = issue('root', { extensions: caExtensions() });
const right = issue('right', { issuer: root, extensions: leafExtensions('DNS:mta-sts.a.vn') });
const other = issue('other', { issuer: root, extensions: leafExtensions('DNS:www.a.vn') });
const self = issue('self', { extensions: leafExtensions('DNS:mta-sts.a.vn') });
const address = '127.62.3.1';
const port = 8443;
const target: Target = {
  key: 'a.vn [mail]',
  kind: 'mail',
  system: 'x',
  endpoint: { kind: 'mail', domain: 'a.vn' },
  name: 'a.vn',
};
const open: { close: () => Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Serves one certificate; `act` sees each connection, and what was asked is returned. */
async function serve(certificate: Issued | undefined, act: (socket: Socket) => void): Promise<() => string> {
  const sockets = new Set<Socket>();
  let heard = '';
  const onConnection = (socket: Socket | TLSSocket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', (bytes: Buffer) => {
      heard += bytes.toString('latin1');
      act(socket);
    });
  };
  const server =
    certificate === undefined
      ? createTcpServer(onConnection)
      : createServer({ cert: certificate.pem, key: readFileSync(certificate.key) }, onConnection);
  server.on('tlsClientError', () => undefined);
  server.listen(port, address);
  await once(server, 'listening');
  open.push({
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  });
  return () => heard;
}

const answer = (head: string, body: string) => (socket: Socket) =>
  socket.end(`HTTP/1.1 ${head}\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`);

const look = (addresses: readonly string[] = [address], wire = openWire()) =>
  fetchPolicy(
    'a.vn',
    addresses,
    { target, wire, signal: new AbortController().signal },
    { port, extraRoots: [root.pem], answerMs: 700 },
  );

const policy = 'version: STSv1\r\nmode: none\r\nmax_age: 1\r\n';

it('one GET of the policy, by its name, under a certificate that a sender would accept', async () => {
  const heard = await serve(right, answer('200 OK', policy));
  expect(await look()).toEqual({
    url: `https://mta-sts.a.vn:${port}/.well-known/mta-sts.txt`,
    address,
    certificate: { trusted: true, trustError: null, nameMatches: true },
    status: 200,
    contentType: 'text/plain',
    body: policy,
  });
  expect(heard()).toMatch(/^GET \/\.well-known\/mta-sts\.txt HTTP\/1\.1\r\n/);
  expect(heard()).toMatch(/\r\nhost: mta-sts\.a\.vn:8443\r\n/i);
});

it.each([
  ['of another name', other, { trusted: true, nameMatches: false }],
  ['of nobody we trust', self, { trusted: false, nameMatches: true }],
] as const)('a certificate %s: nothing is asked', async (_name, certificate, verdict) => {
  const heard = await serve(certificate, answer('200 OK', policy));
  expect(await look()).toMatchObject({ certificate: verdict, failure: { code: 'tls' } });
  expect(heard()).toBe('');
});

it('a redirect is recorded and not followed', async () => {
  await serve(right, answer('302 Found\r\nLocation: https://mta-sts.a.vn:8443/', ''));
  const seen = await look();
  expect(seen).toMatchObject({ status: 302 });
  expect(seen.body).toBeUndefined();
});

it('of an endless body 64 kB are kept', async () => {
  await serve(right, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n');
    const timer = setInterval(() => socket.write('x'.repeat(20_000)), 5);
    socket.on('close', () => {
      clearInterval(timer);
    });
  });
  const seen = await look();
  expect(seen).toMatchObject({ status: 200, cut: true });
  expect(seen.body).toHaveLength(65_536);
});

it.each([
  ['silence before the handshake', undefined, () => undefined, 'timeout'],
  ['another protocol', undefined, (socket: Socket) => socket.end('220 mail\r\n'), 'tls'],
  ['no answer', right, () => undefined, 'timeout'],
  ['an answer that is no HTTP', right, (socket: Socket) => socket.end('hello\r\n'), 'protocol'],
] as const)('%s', async (_name, certificate, act, code) => {
  await serve(certificate, act);
  expect(await look()).toMatchObject({ address, failure: { code } });
});

it('nobody listens, nobody permits, nobody is named', async () => {
  expect(await look()).toMatchObject({ failure: { code: 'refused' } });
  expect(await look([])).toMatchObject({ failure: { code: 'dns' } });
  const shut = createWire({
    zone: 'lab',
    userAgent: 'x',
    permit: () => ({ allowed: false, reason: 'no-authorisation' }),
  });
  expect(await look([address], shut)).toMatchObject({ failure: { code: 'not-permitted' } });
  expect(shut.costs()).toMatchObject([{ connections: 0 }]);
});
