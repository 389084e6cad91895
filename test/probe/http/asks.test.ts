import { writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStandIns } from '../../../src/feeds/stand-ins.ts';
import { challengeIn } from '../../../src/judge/view/challenge.ts';
import { deriveHttp, type HttpView } from '../../../src/judge/view/http.ts';
import { httpFacts, type HttpFacts } from '../../../src/model/facts/http.ts';
import type { WebQuestion } from '../../../src/model/facts/web-asks.ts';
import type { Target } from '../../../src/model/target.ts';
import { askSite } from '../../../src/probe/http/asks/ask-site.ts';
import { NoNameError } from '../../../src/probe/http/scope.ts';
import { makeCertificate } from '../../servers/certificates.ts';
import { daemonFolder, startApache, startNginx } from '../../servers/web-daemon.ts';
import { observeWeb, permitOnly, wireTo, type ObserveWeb } from './observe-web.ts';

const nginxAt = '127.0.87.1';
const unlikeAt = '127.0.87.2';
const traceAt = '127.0.87.3';
const quietAt = '127.0.87.4';
const nodeAt = '127.0.87.5';
const nobodyAt = '127.0.87.9';
const six = '::1';
const port = 18487;
const closers: (() => Promise<void>)[] = [];
const standIns = await readStandIns();
const isFacts = new Ajv({ allErrors: true, strict: false }).compile(httpFacts);

const nginxConfig = (folder: string) => `
  default_type text/html;
  ssl_certificate ${folder}/portal.crt; ssl_certificate_key ${folder}/portal.key;
  server { listen ${nginxAt}:80 default_server; return 301 https://$host:${port}$request_uri; }
  server { listen ${nginxAt}:${port} ssl default_server; listen [${six}]:${port} ssl default_server; server_tokens off;
    return 200 "<title>Welcome to nginx!</title>"; }
  server { listen ${nginxAt}:${port} ssl; listen [${six}]:${port} ssl; server_name portal.test; server_tokens off;
    add_header Alt-Svc 'h3=":443"; ma=3600, h2="alt.test:443"';
    gzip on; gzip_types text/html; gzip_min_length 1;
    location / { return 200 "<title>Cổng thông tin</title><input type=password>"; } }
  server { listen ${nginxAt}:${port} ssl; server_name www.portal.test; return 301 https://portal.test:${port}/; }
  server { listen ${unlikeAt}:${port} ssl default_server; ssl_certificate ${folder}/other.crt;
    ssl_certificate_key ${folder}/other.key; location / { return 200 "<title>Bản cũ</title>"; } }`;

const apache = (address: string, trace: 'on' | 'off') => `
  Listen ${address}:80
  TraceEnable ${trace}
  DocumentRoot /usr/share/apache2/icons
  <Location "/">
    Require all granted
  </Location>`;

/** A site whose CORS repeats what it hears, by the path asked. */
const careless: RequestListener = (request, response) => {
  const { origin } = request.headers;
  const { pathname } = new URL(request.url ?? '/', 'http://x');
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  const allows = {
    '/any': true,
    '/null': origin === 'null',
    '/prefix': origin?.startsWith(`https://${host}`) === true,
    '/none': false,
  }[pathname];
  if (allows === true && origin !== undefined) {
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Allow-Credentials', 'true');
  }
  if (pathname === '/busy' && request.method === 'OPTIONS') response.writeHead(429, { 'Retry-After': '120' }).end();
  else if (pathname === '/filter' && origin !== undefined)
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>Request Rejected</title>');
  else if (pathname === '/repair')
    response
      .writeHead(200, { 'Content-Type': 'text/html' })
      .end('<h1>Hệ thống đang nâng cấp, vui lòng quay lại sau</h1>');
  else if (pathname === '/away')
    response
      .writeHead(200, { 'Content-Type': 'text/html' })
      .end(`<meta http-equiv=refresh content="0; url='http://login.test/'">`);
  else if (pathname === '/gone') response.writeHead(500).end();
  else response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>app</title>');
};

let nodePort = 0;
beforeAll(async () => {
  const folder = daemonFolder('asks');
  const save = async (file: string, names: readonly string[]) => {
    const { certPem, keyPem } = await makeCertificate({ name: names[0] ?? file, names });
    writeFileSync(join(folder, `${file}.crt`), certPem);
    writeFileSync(join(folder, `${file}.key`), keyPem);
  };
  await Promise.all([save('portal', ['portal.test', 'www.portal.test']), save('other', ['other.test'])]);
  const daemons = await Promise.all([
    startNginx(nginxConfig(folder), { host: nginxAt, port }, folder),
    startApache(apache(traceAt, 'on'), { host: traceAt, port: 80 }),
    startApache(apache(quietAt, 'off'), { host: quietAt, port: 80 }),
  ]);
  const node: Server = createServer(careless);
  await once(node.listen(0, nodeAt), 'listening');
  nodePort = (node.address() as AddressInfo).port;
  closers.push(...daemons.map(({ stop }) => stop));
  closers.push(async () => {
    node.closeAllConnections();
    await new Promise((done) => node.close(done));
  });
});
afterAll(async () => {
  for (const close of closers) await close();
});

type Looked = {
  readonly facts: HttpFacts;
  readonly view: HttpView;
  /** Code and detail of each reason, by the place of the fact that was not seen. */
  readonly why: Readonly<Record<string, string>>;
  readonly details: Readonly<Record<string, string>>;
};

/** Observes with all questions, and what judging makes of it. */
async function look(web: ObserveWeb): Promise<Looked> {
  const facts = await observeWeb({ ...web, options: { parts: [askSite], ...web.options } });
  expect([isFacts(facts), isFacts.errors]).toEqual([true, null]);
  const target: Target = {
    key: web.url,
    kind: 'web',
    system: 'sys',
    endpoint: { kind: 'web', url: web.url },
    address: web.address,
    ...(web.name === undefined ? {} : { name: web.name }),
    ...(web.siblings === undefined ? {} : { siblings: web.siblings }),
  };
  const derived = deriveHttp(facts, { at: '2026-11-25T00:00:00.000Z', target, reference: { standIns } });
  return {
    facts,
    view: derived.view,
    why: Object.fromEntries(derived.unseen.map(({ at, failure }) => [at, failure.code])),
    details: Object.fromEntries(derived.unseen.map(({ at, failure }) => [at, failure.detail])),
  };
}

const asked = (facts: HttpFacts, word: WebQuestion) =>
  facts.asks?.questions.filter(({ question }) => question === word) ?? [];

const portal = { url: `https://portal.test:${port}/`, address: nginxAt, name: 'portal.test' } as const;
const allNginx = wireTo(permitOnly(nginxAt, unlikeAt, nobodyAt, six));
const found = (name: string) =>
  name === 'www.portal.test' ? Promise.resolve([nginxAt]) : Promise.reject(new NoNameError(name));

describe('a portal on nginx', () => {
  it('Given the same site on ::1, another on a third address and nobody on a fourth, then each is told apart', async () => {
    const { view, facts } = await look({
      ...portal,
      httpUrl: 'http://portal.test/',
      siblings: [unlikeAt, nobodyAt, six],
      wire: allNginx,
      options: { resolve: found },
    });
    expect(asked(facts, 'sibling').map(({ address }) => address)).toEqual([six, unlikeAt, nobodyAt]);
    expect(view.siblings).toMatchObject([
      { address: six, differences: [] },
      { address: unlikeAt, differences: ['server', 'title', 'certificate'] },
      { address: nobodyAt, differences: ['silent'] },
    ]);
    expect(view.siblingsComplete).toBe(true);
    expect(view.ipv6).toEqual({ published: true, answers: true });
    expect(view.twin).toEqual({ host: 'www.portal.test', leads: 'one-place' });
    expect(view.traceEchoed).toBe(false);
    expect(view.methods).toEqual({ advertised: [], changing: [], dav: null });
    expect(view.corsStranger).toMatchObject({ allowOrigin: null, letsIn: false });
    expect(view.compression).toBe('gzip');
    expect(view.http3).toBe(true);
    expect(view.altServices).toContainEqual({ protocol: 'h2', authority: 'alt.test:443', maxAge: 86_400 });
    expect(view.upgrade).toMatchObject({ status: 301, permanent: true });
    expect(view.redirects).toBe(1);
    expect(view.byAddress).toMatchObject([
      {
        url: `https://${nginxAt}:${port}/`,
        shows: 'default-page',
        product: 'nginx',
        certificateNames: ['portal.test', 'www.portal.test'],
      },
      { url: `http://${nginxAt}/`, shows: 'redirect' },
    ]);
    expect(facts.requests).toEqual({ made: 12, most: 40, leftOut: 0 });
  });

  it('Given addresses out of scope, then they are not asked and nothing is claimed of them', async () => {
    const { view, why, facts } = await look({ ...portal, siblings: [unlikeAt], wire: wireTo(permitOnly(nginxAt)) });
    expect(asked(facts, 'sibling')[0]).toMatchObject({ failure: { code: 'not-permitted' } });
    expect(view).not.toHaveProperty('siblings');
    expect(why).toMatchObject({ '/http/siblings': 'not-permitted', '/http/twin': 'not-permitted' });
  });

  it('Given a name without twin, then there is none to speak of', async () => {
    const resolve = (name: string) => Promise.reject(new NoNameError(name));
    const { view } = await look({ ...portal, siblings: [], options: { resolve } });
    expect([view.twin, view.siblings]).toEqual([null, null]);
    expect(view.ipv6).toEqual({ published: false });
  });
});

describe('Apache', () => {
  it('Given TraceEnable on, then TRACE is proven by the mark that came back', async () => {
    const { view, facts } = await look({ url: `http://${traceAt}/`, address: traceAt });
    expect(view.traceEchoed).toBe(true);
    expect(asked(facts, 'trace')[0]?.sent?.[1]).toMatch(/^rasoat-[0-9a-f]{12}$/);
    expect(view.methods?.advertised).toContain('TRACE');
    expect(view.methods?.changing).toEqual(['TRACE']);
  });

  it('Given TraceEnable off, then it is seen to be off', async () => {
    const { view } = await look({ url: `http://${quietAt}/`, address: quietAt });
    expect(view.traceEchoed).toBe(false);
    expect(view.methods?.changing).toEqual([]);
  });
});

describe('an application that answers oddly', () => {
  const at = (path: string) => look({ url: `http://app.test:${nodePort}${path}`, address: nodeAt, name: 'app.test' });
  const letIn = ({ corsStranger, corsLookalike, corsNull }: HttpView) =>
    [corsStranger, corsLookalike, corsNull].map((answer) => answer?.letsIn);

  it.each([
    ['/any', [true, true, true]],
    ['/null', [false, false, true]],
    ['/prefix', [false, true, false]],
    ['/none', [false, false, false]],
  ] as const)('CORS by %s', async (path, expected) => {
    expect(letIn((await at(path)).view)).toEqual(expected);
  });

  it('Given 429 with Retry-After, then the rest is left out with that reason', async () => {
    const { facts, why } = await at('/busy');
    expect(facts.requests).toMatchObject({ made: 3, stopped: { code: 'blocked' } });
    expect(asked(facts, 'trace')[0]).toMatchObject({ leftOut: true, failure: { code: 'blocked' } });
    expect(why).toMatchObject({
      '/http/traceEchoed': 'blocked',
      '/http/corsNull': 'blocked',
      '/http/methods': 'blocked',
    });
  });

  it.each([
    ['/repair', 'blocked', /maintenance page/],
    ['/away', 'undecided', /login\.test/],
    ['/gone', 'protocol', /status 500/],
  ] as const)('Given %s, then the page is not judged, and the reason is said', async (path, code, detail) => {
    const { view, why, details } = await at(path);
    expect(view).not.toHaveProperty('page');
    expect(why).toMatchObject({ '/http/page': code });
    expect(details['/http/page']).toMatch(detail);
  });

  it('Given no page at all, then no question is put', async () => {
    const { facts, why } = await at('/gone');
    expect(facts.asks).toEqual({ questions: [] });
    expect(why).toMatchObject({ '/http/traceEchoed': 'protocol', '/http/corsStranger': 'protocol' });
  });

  it('Given the table of stand-in pages, then a maintenance page ends the asking before it begins', async () => {
    const standIn = (...[hop, body]: Parameters<typeof challengeIn>) => {
      const failure = challengeIn(hop, body, standIns);
      return failure === null ? null : { failure, filter: true };
    };
    const { facts } = await look({
      url: `http://app.test:${nodePort}/repair`,
      address: nodeAt,
      name: 'app.test',
      options: { standIn },
    });
    expect(facts.requests).toMatchObject({ made: 1, stopped: { code: 'blocked' } });
    expect(facts.asks?.questions.every(({ leftOut }) => leftOut)).toBe(true);
  });
});
