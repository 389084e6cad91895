import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { softwareSources, type SoftwareItem } from '../../../src/model/facts/software.ts';
import type { EndOfLifeTable } from '../../../src/model/reference.ts';
import { productClasses } from '../../../src/judge/view/product-class.ts';
import { releaseLineOf } from '../../../src/judge/view/release-line.ts';
import { deriveSoftware, softwareView } from '../../../src/judge/view/software.ts';
import { context, host } from './given.ts';

const lines = (...cycles: readonly (readonly [string, string | null])[]) => ({
  title: 'x',
  lines: cycles.map(([cycle, endOfLife]) => ({ cycle, endOfLife })),
});
const table: EndOfLifeTable = {
  asOf: '2026-08-22',
  source: 'the test',
  products: {
    nginx: lines(['1.31', null], ['1.28', '2026-04-14'], ['1.2', '2013-04-24']),
    php: lines(['8.2', '2026-12-31'], ['7.4', '2022-11-28']),
    drupal: lines(['7', '2025-01-05']),
    mysql: lines(['8.0', '2026-04-30']),
  },
};

const item = (product: string, version?: string, rest: Partial<SoftwareItem> = {}): SoftwareItem => ({
  product,
  ...(version !== undefined && { version }),
  source: 'http.server',
  port: 443,
  text: `${product}/${version ?? ''}`,
  ...rest,
});

function derive(items: readonly SoftwareItem[], at?: string) {
  const { view, unseen } = deriveSoftware({ items: [...items] }, context(host(), { endOfLife: table }, at));
  // What is said of support alone, once: `assessed` repeats the lists, and vulnerabilities have a test of their own.
  const support = unseen.filter(({ at: place }) => /^\/software\/(?!assessed).*\/supported$/.test(place));
  return { view, why: support.map(({ at: place, failure }) => `${place}: ${failure.detail}`) };
}

describe('support', () => {
  it('Given a line past its end, then it is not supported, and the dates stand beside it', () => {
    expect(derive([item('nginx', '1.28.3')]).view.webServers).toEqual([
      {
        product: 'nginx',
        version: '1.28.3',
        port: 443,
        source: 'http.server',
        text: 'nginx/1.28.3',
        distribution: null,
        line: '1.28',
        endOfLife: '2026-04-14',
        supported: false,
        endingSoon: false,
      },
    ]);
  });

  it('counts the last day in, by the clock of the observation', () => {
    const supported = (at: string) => derive([item('php', '8.2.1')], at).view.runtimes?.[0]?.supported;
    expect(supported('2026-12-31T23:59:59.000Z')).toBe(true);
    expect(supported('2027-01-01T00:00:00.000Z')).toBe(false);
  });

  it.each([
    ['no version', [item('nginx')], undefined, /tells no version/],
    ['a version that the table does not know', [item('nginx', '1.99.0')], undefined, /does not know nginx 1\.99\.0/],
    ['a product that the table does not know', [item('jetty', '9.4')], undefined, /does not know jetty/],
    ['a table too old', [item('nginx', '1.28.3')], '2027-08-23T00:00:00.000Z', /too old/],
    ['a name out of Object.prototype', [item('nginx', '1.28.3'), item('constructor', '1')], undefined, null],
  ])('Given %s, then nothing is claimed and the reason is given', (_name, items, at, reason) => {
    const { view, why } = derive(items, at);
    if (reason === null) expect(why).toEqual([]);
    else {
      expect(view.webServers?.[0]).not.toHaveProperty('supported');
      expect(why).toEqual([expect.stringMatching(/^\/software\/webServers\/0\/supported: /)]);
      expect(why[0]).toMatch(reason);
    }
  });

  it('Given no table, then nothing is claimed', () => {
    const { view, unseen } = deriveSoftware({ items: [item('nginx', '1.28.3')] }, context(host(), {}));
    expect(view.webServers?.[0]).not.toHaveProperty('supported');
    expect(unseen.map(({ at }) => at)).toContain('/software/webServers/0/supported');
  });
});

describe('distributions mend old versions in place', () => {
  it.each([
    ['nginx/1.28.3 (Ubuntu)', 'ubuntu'],
    ['Apache/2.4.6 (CentOS) nginx/1.28.3', 'centos'],
    ['nginx/1.28.3-1+deb10u2', 'debian'],
    ['nginx 1.28.3.el7', 'rhel'],
    ['nginx/1.28.3 (Red Hat Enterprise Linux)', 'rhel'],
  ])('Given %s, then an ended line is left open', (text, distribution) => {
    const { view, why } = derive([item('nginx', '1.28.3', { text })]);
    expect(view.webServers?.[0]).toMatchObject({ distribution });
    expect(view.webServers?.[0]).not.toHaveProperty('supported');
    expect(why[0]).toContain(`packaged by ${distribution}`);
  });

  it.each(['nginx/1.28.3', 'nginx/1.28.3 (Model8)', 'nginx 1.28.3 rebuilt'])('%s names no distribution', (text) => {
    expect(derive([item('nginx', '1.28.3', { text })]).view.webServers?.[0]?.supported).toBe(false);
  });

  it('Given a neighbour on the same port that names one, then it holds for both; on another port it does not', () => {
    const apache = item('apache-http-server', '2.4.57', { text: 'Apache/2.4.57 (Debian)' });
    const php = item('php', '7.4.33', { source: 'http.x-powered-by' });
    expect(derive([apache, php]).view.runtimes?.[0]).not.toHaveProperty('supported');
    expect(derive([apache, { ...php, port: 8443 }]).view.runtimes?.[0]?.supported).toBe(false);
  });

  it('Given a content management system, then the system below does not matter', () => {
    const apache = item('apache-http-server', '2.4.57', { text: 'Apache/2.4.57 (Debian)' });
    expect(
      derive([apache, item('drupal', '7.90', { source: 'html.generator' })]).view.applications?.[0]?.supported,
    ).toBe(false);
  });

  it('a supported line stays supported, whoever packages it', () => {
    expect(derive([item('php', '8.2.1', { os: 'debian' })]).view.runtimes?.[0]).toMatchObject({
      supported: true,
      distribution: 'debian',
    });
  });
});

describe('what is listed', () => {
  it('a name without version gives way to the same name with one, and one of each is kept', () => {
    const { view } = derive([
      item('php', undefined, { source: 'http.cookie' }),
      item('php', '8.2.1'),
      item('php', '8.2.1', { source: 'nmap' }),
    ]);
    expect(view.runtimes?.map(({ version }) => version)).toEqual(['8.2.1']);
  });

  it('an empty list of facts gives empty lists: looked at, nothing told', () => {
    for (const list of Object.values(derive([]).view)) expect(list).toEqual([]);
  });

  it('versions in greetings are listed, those of SSH and of headers are not', () => {
    const { view } = derive([
      item('proftpd', '1.3.5', { source: 'ftp.banner' }),
      item('openssh', '9.2p1', { source: 'ssh.banner' }),
      item('nginx', '1.31.4'),
      item('exim', undefined, { source: 'smtp.banner' }),
    ]);
    expect(view.bannerVersions?.map(({ product }) => product)).toEqual(['proftpd']);
  });
});

describe('releaseLineOf', () => {
  const cycles = ['1.2', '1.22', '7', '8.19', '2012', '2012 R2', '15.0', '1.1.1'].map((cycle) => ({
    cycle,
    endOfLife: null,
  }));

  it.each([
    ['1.22.1', '1.22'],
    ['1.2', '1.2'],
    ['1.20.1', undefined],
    ['7.17.3', '7'],
    ['8.19.0-SNAPSHOT', '8.19'],
    ['8.1', undefined],
    ['2012 R2', '2012 R2'],
    ['2012-r2', '2012 R2'],
    ['2012', '2012'],
    ['15.00.2000.5', '15.0'],
    ['1.1.1w', '1.1.1'],
    ['1', undefined],
    ['', undefined],
  ])('%s belongs to %s', (version, cycle) => {
    expect(releaseLineOf(version, cycles)?.cycle).toBe(cycle);
    expect(releaseLineOf(version, cycles.toReversed())?.cycle).toBe(cycle);
  });
});

describe('for any facts', () => {
  const validate = new Ajv2020({ strict: false }).compile(softwareView);
  const any = fc.record(
    {
      product: fc.oneof(
        fc.constantFrom('nginx', 'php', 'drupal', '__proto__', 'toString'),
        fc.string({ maxLength: 128 }),
      ),
      version: fc.oneof(fc.constantFrom('1.28.3', '7.4', ''), fc.string({ maxLength: 128 })),
      os: fc.constantFrom('debian', 'windows'),
      source: fc.constantFrom(...softwareSources),
      port: fc.integer({ min: 1, max: 65_535 }),
      text: fc.string({ unit: 'binary', maxLength: 200 }),
    },
    { requiredKeys: ['product', 'source', 'port', 'text'] },
  );

  it('derives a view that fits its schema, with a reason for each support that is absent', () => {
    fc.assert(
      fc.property(fc.array(any, { maxLength: 6 }), (items) => {
        const { view, unseen } = deriveSoftware({ items }, context(host(), { endOfLife: table }));
        expect(validate(view), JSON.stringify(validate.errors)).toBe(true);
        const open = [...productClasses, 'assessed' as const].flatMap((name) =>
          (view[name] ?? []).flatMap((each, index) =>
            (['supported', 'endingSoon', 'vulnerable', 'exploited', 'ransomware', 'likelyExploited'] as const).flatMap(
              (field) => (each[field] === undefined ? [`/software/${name}/${index}/${field}`] : []),
            ),
          ),
        );
        expect(unseen.map(({ at }) => at).sort()).toEqual(open.sort());
      }),
      { numRuns: 300 },
    );
  });
});
