import { describe, expect, it } from 'vitest';
import type { Chain, HttpFacts } from '../../../src/model/facts/http.ts';
import type { OpenPort, PortsFacts } from '../../../src/model/facts/ports.ts';
import type { Target } from '../../../src/model/target.ts';
import { softwareFromHttp, softwareFromPorts } from '../../../src/probe/software/probe.ts';

const target: Target = {
  key: 'https://portal.example/ [192.0.2.7]',
  kind: 'web',
  system: 'portal',
  endpoint: { kind: 'web', url: 'https://portal.example/' },
  name: 'portal.example',
  address: '192.0.2.7',
};

type Hop = Chain['hops'][number];
const hop = (url: string, address: string, headers: Hop['headers']): Hop => ({
  url,
  address,
  status: 200,
  headers,
  headersCut: false,
});
const chain = (hops: Hop[], body?: Chain['body']): Chain => ({
  start: hops[0]?.url ?? '',
  hops,
  end: 'answer',
  ...(body === undefined ? {} : { body }),
});
const page = { bytes: 9, cut: false, contentType: 'text/html', title: null, generator: null, passwordField: false };
const brief = (facts: { items: readonly { product: string; version?: string | undefined; port: number }[] }) =>
  facts.items.map(({ product, version, port }) => `${product} ${version ?? '-'} :${port}`);

describe('software from web answers', () => {
  it('reads headers of every hop and the last page, each with its port', () => {
    const facts: HttpFacts = {
      secure: chain(
        [
          hop('https://portal.example/', '192.0.2.7', [
            ['Server', 'nginx/1.22.1'],
            ['X-POWERED-BY', 'PHP/8.1.2'],
            ['X-AspNetMvc-Version', '5.2'],
          ]),
        ],
        { ...page, generator: 'WordPress 6.4.2', title: 'Welcome to nginx!' },
      ),
      plain: chain([hop('http://portal.example:8080/', '192.0.2.7', [['Server', 'nginx/1.22.1']])]),
    };
    expect(brief(softwareFromHttp(facts, target))).toEqual([
      'nginx 1.22.1 :443',
      'php 8.1.2 :443',
      'aspnet-mvc 5.2 :443',
      'wordpress 6.4.2 :443',
      'nginx - :443',
      'nginx 1.22.1 :8080',
    ]);
  });

  it('never lays the software of another address at this one', () => {
    const facts: HttpFacts = {
      secure: chain(
        [
          hop('https://portal.example/', '192.0.2.7', [['Server', 'nginx']]),
          hop('https://login.example/', '192.0.2.99', [['Server', 'Apache/2.2.15']]),
        ],
        { ...page, generator: 'Joomla! 1.5' },
      ),
      plain: null,
    };
    expect(brief(softwareFromHttp(facts, target))).toEqual(['nginx - :443']);
  });

  it('takes two spellings of one IPv6 address for one', () => {
    const facts: HttpFacts = {
      secure: chain([hop('https://[2001:db8::7]/', '2001:0db8:0:0::7', [['Server', 'nginx']])]),
      plain: null,
    };
    expect(brief(softwareFromHttp(facts, { ...target, address: '2001:db8::7' }))).toEqual(['nginx - :443']);
  });

  it("keeps a cookie's name and never its value", () => {
    const facts: HttpFacts = {
      secure: chain([hop('https://portal.example/', '192.0.2.7', [['Set-Cookie', 'PHPSESSID=s3cret; Path=/']])]),
      plain: null,
    };
    const { items } = softwareFromHttp(facts, target);
    expect(items).toMatchObject([{ product: 'php', source: 'http.cookie', text: 'PHPSESSID' }]);
    expect(JSON.stringify(items)).not.toContain('s3cret');
  });

  it('says nothing of a site that tells nothing', () => {
    expect(softwareFromHttp({ secure: null, plain: null }, target)).toEqual({ items: [] });
  });
});

describe('software from open ports', () => {
  const facts = (...open: OpenPort[]): PortsFacts => ({
    engine: 'connect',
    asked: '1-9',
    open,
    closed: '',
    silent: '',
  });

  it('reads each service by its own words', () => {
    const seen = facts(
      { port: 22, service: 'ssh', product: 'openssh', banner: 'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n' },
      { port: 8080, service: 'http', banner: 'HTTP/1.1 200 OK\r\nServer: Jetty(9.4.43)\r\nX-Powered-By: PHP/5.6.1' },
      { port: 4444, banner: 'hello' },
    );
    expect(brief(softwareFromPorts(seen, target))).toEqual([
      'openssh 9.2p1 :22',
      'jetty 9.4.43 :8080',
      'php 5.6.1 :8080',
    ]);
  });

  it("takes nmap's word only where there was no banner", () => {
    const seen = facts(
      { port: 5432, service: 'postgresql', product: 'PostgreSQL DB', version: '9.6.0 or later' },
      { port: 22, service: 'ssh', product: 'openssh', version: '1', banner: 'SSH-2.0-dropbear_2019.78\r\n' },
    );
    const { items } = softwareFromPorts(seen, target);
    expect(items).toMatchObject([
      { product: 'postgresql', source: 'nmap', text: 'PostgreSQL DB 9.6.0 or later' },
      { product: 'dropbear', version: '2019.78', source: 'ssh.banner' },
    ]);
  });

  it('is bounded on a host that answers everywhere', () => {
    const open = Array.from({ length: 5000 }, (_, at) => ({
      port: at + 1,
      service: 'ssh',
      banner: `SSH-2.0-Foo_${at}`,
    }));
    expect(softwareFromPorts(facts(...open), target).items).toHaveLength(500);
  });
});
