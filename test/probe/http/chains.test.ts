import { readFileSync, writeFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type RequestListener, type Server } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FailureError } from '../../../src/model/failure.ts';
import type { Permit } from '../../../src/model/permission.ts';
import { startListener } from '../../servers/hostile.ts';
import { makeCertificate, type Identity } from '../../servers/certificates.ts';
import { daemonFolder, startApache, startNginx, type WebDaemon } from '../../servers/web-daemon.ts';
import { observeWeb, permitOnly, wireTo } from './observe-web.ts';

const nginxAt = '127.0.32.1';
const apacheAt = '127.0.32.2';
const nodeAt = '127.0.32.3';
const siblingAt = '127.0.32.4';
const closers: (() => Promise<void>)[] = [];
let certificate: Identity;

const many = Array.from({ length: 120 }, (_, at) => `add_header X-Many-${at} v always;`).join('\n');
const nginxConfig = (folder: string) => `
  ssl_certificate ${folder}/portal.test.crt; ssl_certificate_key ${folder}/portal.test.key;
  server { listen ${nginxAt}:80; return 301 https://$host$request_uri; }
  server {
    listen ${nginxAt}:443 ssl http2; default_type text/html; charset utf-8;
    add_header Strict-Transport-Security "max-age=31536000; includeSubDomains" always;
    add_header Set-Cookie "sid=1; Secure; HttpOnly"; add_header Set-Cookie "lang=vi";
    location = /sni { return 200 "<title>$ssl_server_name $host</title>"; }
    location = /down { return 302 http://portal.test/again; }
    location = /many { ${many} return 200 ok; }
    location = /login { return 200 "<meta name='Generator' content='Cổng 1.0'><TITLE>Cổng&nbsp;thông tin
      &#273;iện tử</TITLE><form><INPUT TYPE=password></form>"; }
    location = /missing { return 404; }
    location / { return 200 "<title>home</title>"; }
  }
  server { listen ${nginxAt}:8443 ssl; ssl_protocols TLSv1; ssl_ciphers ALL:@SECLEVEL=0;
    location / { default_type text/html; return 200 "<title>old</title>"; } }`;
const apacheConfig = `
  Listen ${apacheAt}:8080
  Header always set X-Frame-Options SAMEORIGIN
  Header always add X-Frame-Options DENY
  Redirect 308 /go http://${apacheAt}:8080/there`;

const answers: RequestListener = (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
  const left = Number(searchParams.get('left') ?? '0');
  if (pathname === '/steps' && left > 0) {
    response.writeHead(307, { location: `/steps?left=${left - 1}` }).end();
  } else if (pathname === '/sibling') {
    response.writeHead(302, { location: `http://sibling.test:${String(request.socket.localPort)}/` }).end();
  } else if (pathname === '/gzip') {
    response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' });
    response.end(gzipSync('<title>nén</title><input type="password">'));
  } else if (pathname === '/secret-encoding') {
    response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'x-own' }).end('????');
  } else if (pathname === '/1258') {
    response.writeHead(200, { 'content-type': 'text/html; charset=windows-1258' });
    response.end(Buffer.from([...Buffer.from('<title>'), 0xd0, 0xe3, ...Buffer.from('</title>')]));
  } else if (pathname === '/unfollowed') {
    response.writeHead(304, { location: '/elsewhere' }).end();
  } else {
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<title>${request.headers.host ?? ''}</title>`);
  }
};

function listen(server: Server, address: string, port: number): Promise<void> {
  closers.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  );
  return new Promise((resolve) => server.listen(port, address, resolve));
}

beforeAll(async () => {
  const folder = daemonFolder('nginx');
  certificate = await makeCertificate({ name: 'portal.test', algorithm: 'RSA-2048' });
  writeFileSync(join(folder, 'portal.test.crt'), certificate.certPem);
  writeFileSync(join(folder, 'portal.test.key'), certificate.keyPem);
  const started: WebDaemon[] = [
    await startNginx(nginxConfig(folder), { host: nginxAt, port: 443 }, folder),
    await startApache(apacheConfig, { host: apacheAt, port: 8080 }),
  ];
  for (const { stop } of started) closers.push(stop);
  await listen(createServer(answers), nodeAt, 80);
  await listen(createServer(answers), siblingAt, 80);
  await listen(createTlsServer({ cert: certificate.certPem, key: certificate.keyPem }, answers), siblingAt, 443);
});
afterAll(async () => {
  for (const close of closers) await close();
});

const portal = (path: string) => ({ url: `https://portal.test${path}`, address: nginxAt, name: 'portal.test' });

describe('nginx with https and a redirect from http', () => {
  it('follows both chains and asks once for the URL where they meet', async () => {
    const wire = wireTo(permitOnly(nginxAt));
    const { secure, plain } = await observeWeb({ ...portal('/sni?q=1'), wire });
    expect(secure).toMatchObject({
      start: 'https://portal.test/sni?q=1',
      end: 'answer',
      hops: [{ status: 200, address: nginxAt }],
      body: { title: 'portal.test portal.test', contentType: 'text/html; charset=utf-8' },
    });
    expect(plain).toMatchObject({ start: 'http://portal.test/sni?q=1', end: 'answer', body: secure?.body });
    expect(plain?.hops.map(({ url, status, location }) => [url, status, location])).toEqual([
      ['http://portal.test/sni?q=1', 301, 'https://portal.test/sni?q=1'],
      ['https://portal.test/sni?q=1', 200, undefined],
    ]);
    expect(wire.costs()[0]?.connections).toBe(2);
  });

  it('keeps header case, order and duplicates, and of a cookie all but its value', async () => {
    const { secure } = await observeWeb(portal('/'));
    expect(secure?.hops[0]?.headers.slice(-3)).toEqual([
      ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'],
      ['Set-Cookie', 'sid=*; Secure; HttpOnly'],
      ['Set-Cookie', 'lang=**'],
    ]);
  });

  it('reads the words of a Vietnamese login page', async () => {
    const { secure } = await observeWeb(portal('/login'));
    expect(secure?.body).toMatchObject({
      title: 'Cổng thông tin điện tử',
      generator: 'Cổng 1.0',
      passwordField: true,
      cut: false,
    });
  });

  it('shows a downgrade inside the secure chain', async () => {
    const { secure } = await observeWeb(portal('/down'));
    expect(secure?.hops.map(({ url }) => url)).toEqual([
      'https://portal.test/down',
      'http://portal.test/again',
      'https://portal.test/again',
    ]);
  });

  it('takes an error page for an answer, and keeps its headers', async () => {
    const { secure } = await observeWeb(portal('/missing'));
    expect(secure).toMatchObject({ end: 'answer', hops: [{ status: 404 }] });
    const names = secure?.hops[0]?.headers.map(([name]) => name);
    expect(names).toContain('Strict-Transport-Security');
    expect(names).not.toContain('Set-Cookie');
  });

  it('keeps a hundred headers and more', async () => {
    const { secure } = await observeWeb(portal('/many'));
    expect(secure?.hops[0]?.headers.filter(([name]) => name.startsWith('X-Many-'))).toHaveLength(120);
    expect(secure?.hops[0]?.headersCut).toBe(false);
  });

  it('still reads a server that speaks TLS 1.0 only', async () => {
    const facts = await observeWeb({ ...portal('/'), url: 'https://portal.test:8443/' });
    expect(facts).toMatchObject({ secure: { end: 'answer', body: { title: 'old' } }, plain: null });
  });

  it('sends no SNI for a bare address', async () => {
    const { secure } = await observeWeb({ url: `https://${nginxAt}/sni`, address: nginxAt });
    expect(secure?.body?.title).toBe(nginxAt);
  });

  it('follows the named http URL of an endpoint on another port', async () => {
    const facts = await observeWeb({
      ...portal('/'),
      url: 'https://portal.test:8443/',
      httpUrl: 'http://portal.test/sni',
    });
    expect(facts.plain?.hops.map(({ url }) => url)).toEqual(['http://portal.test/sni', 'https://portal.test/sni']);
  });
});

it('reads apache: both values of a header sent twice, and a 308', async () => {
  const { plain, secure } = await observeWeb({ url: `http://${apacheAt}:8080/go`, address: apacheAt });
  expect(secure).toBeNull();
  expect(plain?.hops.map(({ status }) => status)).toEqual([308, 404]);
  const frames = plain?.hops[1]?.headers.filter(([name]) => name === 'X-Frame-Options');
  expect(frames).toEqual([
    ['X-Frame-Options', 'SAMEORIGIN'],
    ['X-Frame-Options', 'DENY'],
  ]);
});

describe('redirects', () => {
  it.each([
    [10, 'answer'],
    [11, 'too-many'],
  ])('%i of them end as %s after eleven hops', async (left, end) => {
    const wire = wireTo(permitOnly(nodeAt));
    const facts = await observeWeb({ url: `http://${nodeAt}/steps?left=${left}`, address: nodeAt, wire });
    expect(facts.plain).toMatchObject({ end });
    expect(facts.plain?.hops).toHaveLength(11);
    expect(wire.costs()[0]?.connections).toBeLessThanOrEqual(24);
  });

  it('a 3xx that browsers do not follow is an answer', async () => {
    const { plain } = await observeWeb({ url: `http://${nodeAt}/unfollowed`, address: nodeAt });
    expect(plain).toMatchObject({ end: 'answer', hops: [{ status: 304, location: `http://${nodeAt}/elsewhere` }] });
  });

  const toSibling = { url: 'http://own.test/sibling', address: nodeAt, name: 'own.test' };
  const named: Permit = ({ name, address }) =>
    address === nodeAt || (address === siblingAt && name === 'sibling.test')
      ? { allowed: true, authorisation: 'test', limits: { connections: 9, perSecond: 99 } }
      : { allowed: false, reason: 'out of scope' };

  it('to another name are not followed without a resolver', async () => {
    const { plain } = await observeWeb({ ...toSibling, wire: wireTo(named) });
    expect(plain).toMatchObject({ end: 'left-scope', hops: [{ location: 'http://sibling.test/' }] });
  });

  it('to another name are followed to the first address in scope', async () => {
    const asked: string[] = [];
    const resolve = (name: string) => {
      asked.push(name);
      return Promise.resolve(['127.0.32.98', 'not an address', siblingAt]);
    };
    const { plain } = await observeWeb({ ...toSibling, wire: wireTo(named), options: { resolve } });
    expect(plain).toMatchObject({ end: 'answer', hops: [{ address: nodeAt }, { address: siblingAt }] });
    expect(plain?.body?.title).toBe('sibling.test');
    expect(asked).toEqual(['sibling.test']);
  });

  it('to a name that resolves out of scope are not followed', async () => {
    const resolve = () => Promise.resolve(['127.0.32.98', '169.254.169.254']);
    const wire = wireTo(named);
    const { plain } = await observeWeb({ ...toSibling, wire, options: { resolve } });
    expect(plain).toMatchObject({ end: 'left-scope' });
    expect(wire.costs().map(({ address }) => address)).toEqual([nodeAt]);
  });

  it('to a name that does not resolve fail, with the hop kept', async () => {
    const resolve = () => Promise.reject(new FailureError('dns', 'no answer'));
    const { plain } = await observeWeb({ ...toSibling, wire: wireTo(named), options: { resolve } });
    expect(plain).toMatchObject({ end: 'failed', failure: { code: 'dns' }, hops: [{ status: 302 }] });
  });
});

describe('bodies', () => {
  const body = async (path: string) =>
    (await observeWeb({ url: `http://${nodeAt}${path}`, address: nodeAt })).plain?.body;

  it('compressed against our wish are inflated', async () => {
    expect(await body('/gzip')).toMatchObject({ title: 'nén', passwordField: true });
  });

  it('in an encoding we cannot read say nothing, rather than "no password field"', async () => {
    expect(await body('/secret-encoding')).toBeUndefined();
  });

  it('are read in the charset of their header', async () => {
    expect((await body('/1258'))?.title).toBe('Đă');
  });
});

describe('one side that fails does not hide the other', () => {
  it('http refused beside https that answers is a fact', async () => {
    await listen(createTlsServer({ cert: certificate.certPem, key: certificate.keyPem }, answers), '127.0.32.5', 443);
    const facts = await observeWeb({ url: 'https://a.test/', address: '127.0.32.5', name: 'a.test' });
    expect(facts).toMatchObject({
      secure: { end: 'answer' },
      plain: { end: 'failed', hops: [], failure: { code: 'refused' } },
    });
  });

  it('https that talks garbage fails as tls, never as an answer without headers', async () => {
    const listener = await startListener('127.0.32.6', Buffer.from('HTTP/1.0 400 Bad Request\r\n\r\n'), 443);
    const facts = await observeWeb({ url: 'https://a.test/', address: '127.0.32.6', name: 'a.test' });
    await listener.close();
    expect(facts).toMatchObject({
      secure: { end: 'failed', hops: [], failure: { code: 'tls' } },
      plain: { failure: { code: 'refused' } },
    });
  });

  it('a TLS handshake that never ends is a timeout', async () => {
    const listener = await startListener('127.0.32.6', undefined, 8443);
    const options = { handshakeMs: 200 };
    const observed = observeWeb({ url: 'https://a.test:8443/', address: '127.0.32.6', name: 'a.test', options });
    await expect(observed).rejects.toMatchObject({ failure: { code: 'timeout' } });
    await listener.close();
  });

  it('both refused is a Failure', async () => {
    const observed = observeWeb({ url: 'https://a.test/', address: '127.0.32.7', name: 'a.test' });
    await expect(observed).rejects.toMatchObject({ failure: { code: 'refused' } });
  });

  it('nothing permitted is a Failure, and nothing is sent', async () => {
    const wire = wireTo(permitOnly());
    const observed = observeWeb({ ...portal('/'), wire });
    await expect(observed).rejects.toMatchObject({ failure: { code: 'not-permitted' } });
    expect(wire.costs()).toEqual([]);
  });

  it('http outside the permitted ports is said so beside the https chain', async () => {
    const only443: Permit = ({ port }) =>
      port === 443
        ? { allowed: true, authorisation: 'test', limits: { connections: 2, perSecond: 99 } }
        : { allowed: false, reason: 'port' };
    const facts = await observeWeb({ ...portal('/'), wire: wireTo(only443) });
    expect(facts).toMatchObject({ secure: { end: 'answer' }, plain: { failure: { code: 'not-permitted' } } });
  });

  it('the deadline of the target ends a silent chain as a timeout and keeps the other', async () => {
    const listener = await startListener('127.0.32.8', undefined, 443);
    // It comes when the plain chain has long been let go of.
    const deadline = new AbortController();
    const server = createServer(answers).on('connection', (socket) =>
      socket.on('close', () => {
        setTimeout(() => {
          deadline.abort(new DOMException('over', 'TimeoutError'));
        }, 1000);
      }),
    );
    await listen(server, '127.0.32.8', 80);
    const { signal } = deadline;
    const facts = await observeWeb({ url: 'https://a.test/', address: '127.0.32.8', name: 'a.test', signal });
    await listener.close();
    expect(facts).toMatchObject({ secure: { failure: { code: 'timeout' } }, plain: { end: 'answer' } });
  });
});

it('only wire/undici.ts imports undici, and nothing here opens a socket past the wire', () => {
  const sources = ['answer', 'chain', 'connection', 'loose-exchange', 'page', 'probe', 'scope'].map((name) =>
    readFileSync(new URL(`../../../src/probe/http/${name}.ts`, import.meta.url), 'utf8'),
  );
  expect(sources.join('')).not.toMatch(/from 'undici'|from 'node:(http|https|dns)'|net\.connect|createConnection/);
});
