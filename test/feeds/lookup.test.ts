import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFeeds } from '../../src/feeds/open.ts';
import { softwareKey, type KnownSoftware, type SoftwareQuery } from '../../src/model/vulnerability.ts';
import { writeAll } from './made/files.ts';
import { anyOf, makeCve, makePage, match } from './made/nvd.ts';
import { place, take } from './place.ts';

let here: ReturnType<typeof place>;
beforeEach(() => {
  here = place();
});
afterEach(() => {
  here.remove();
});

async function ask(query: SoftwareQuery): Promise<KnownSoftware> {
  const feeds = await openFeeds(here.feeds);
  try {
    const answer = feeds.ask([query])[softwareKey(query)];
    if (answer === undefined) throw new Error('no answer');
    return answer;
  } finally {
    feeds.close();
  }
}

const nginx = (version: string): SoftwareQuery => ({
  product: 'nginx',
  version,
  cpe: `cpe:2.3:a:f5:nginx:${version}:*:*:*:*:*:*:*`,
});
const openssh = (version: string, debian: string): SoftwareQuery => ({
  product: 'openssh',
  version,
  cpe: `cpe:2.3:a:openbsd:openssh:${version}:*:*:*:*:*:*:*`,
  purl: `pkg:deb/debian/openssh@${encodeURIComponent(debian)}?distro=debian-12`,
});

async function nvdOf(configurations: readonly unknown[], more: Readonly<Record<string, unknown>> = {}): Promise<void> {
  writeFileSync(here.file('nvd'), makePage([makeCve('CVE-2026-1000', configurations, more)]));
  await take(here.feeds, [here.file('nvd')]);
}

describe('feeds together', () => {
  it('make one entry of a vulnerability: range, score, probability, exploitation', async () => {
    await take(here.feeds, await writeAll(here.file('all')));
    const known = await ask(nginx('1.18.0'));
    expect(known.vulnerabilities).toEqual([
      expect.objectContaining({
        id: 'CVE-2021-23017',
        cvss: {
          version: '3.1',
          score: 9.8,
          severity: 'critical',
          vector: expect.stringMatching(/^CVSS:3\.1/) as string,
        },
        epss: { score: 0.71542, percentile: 0.987 },
        kev: {
          added: '2026-01-10',
          due: '2026-01-31',
          ransomware: true,
          action: 'Apply updates per vendor instructions.',
        },
        matched: { feed: 'nvd', rule: 'f5:nginx >=0.6.18 <1.20.1', how: 'range' },
        fixedIn: '1.20.1',
      }),
    ]);
    expect(known.namedByKev.map(({ id }) => id)).toEqual(['CVE-2021-23017']);
    expect((await ask(nginx('1.20.1'))).total).toBe(0);
    // Two digits of three: neither inside nor outside.
    expect(await ask(nginx('1.20'))).toMatchObject({ total: 0, undecided: 1 });
  });

  it('let only a complete feed that knows the product speak by its silence', async () => {
    await take(here.feeds, await writeAll(here.file('all')));
    expect((await ask(nginx('1.29.0'))).askedOf).toEqual([]);
    const years = Array.from({ length: 25 }, (_none, index) =>
      makeCve(`CVE-${2002 + index}-1000`, [anyOf(match('cpe:2.3:a:f5:nginx:0.1.0:*:*:*:*:*:*:*'))]),
    );
    writeFileSync(here.file('whole'), makePage(years));
    await take(here.feeds, [here.file('whole')]);
    expect(await ask(nginx('1.29.0'))).toMatchObject({ askedOf: ['nvd'], total: 0, undecided: 0 });
    expect((await ask({ ...nginx('1'), cpe: 'cpe:2.3:a:nobody:nothing:1:*:*:*:*:*:*:*' })).askedOf).toEqual([]);
  });

  it("give the distribution's own word beside the maker's range", async () => {
    await take(here.feeds, await writeAll(here.file('all')));
    const byId = (known: KnownSoftware) =>
      Object.fromEntries(known.vulnerabilities.map((one) => [one.id, [one.matched.feed, one.distribution?.status]]));
    // The banner's version has no epoch; the tracker's have.
    const fixed = await ask(openssh('9.2p1', '9.2p1-2+deb12u3'));
    expect(byId(fixed)).toEqual({ 'CVE-2024-6387': ['nvd', 'fixed'], 'CVE-2025-11111': ['debian', 'open'] });
    expect(fixed.undecided).toBe(1);
    expect(fixed.askedOf).toContain('debian');
    const open = await ask(openssh('9.2p1', '1:9.2p1-2+deb12u2'));
    expect(byId(open)['CVE-2024-6387']).toEqual(['nvd', 'open']);
  });

  it('find packages and JavaScript libraries by their own names', async () => {
    await take(here.feeds, await writeAll(here.file('all')));
    const jquery = (version: string): SoftwareQuery => ({
      product: 'jquery',
      version,
      purl: `pkg:npm/jquery@${version}`,
    });
    const known = await ask(jquery('3.3.1'));
    expect(known.vulnerabilities.map(({ id, matched }) => [id, matched.feed, matched.rule])).toEqual([
      ['CVE-2020-11022', 'osv', 'npm/jquery >=1.2.0 <3.5.0'],
    ]);
    expect((await ask(jquery('3.5.0'))).total).toBe(0);
    expect((await ask({ product: 'jquery', version: '1.8.0' })).vulnerabilities.map(({ id }) => id)).toEqual([
      'CVE-2020-11022',
      'retire:jquery <2.999.999',
    ]);
    // Named as an exception by the feed.
    expect((await ask({ product: 'jquery', version: '1.12.4-aem' })).vulnerabilities).toHaveLength(1);
  });
});

describe('the NVD', () => {
  const web = 'cpe:2.3:a:maker:web:*:*:*:*:*:*:*:*';
  const query: SoftwareQuery = { product: 'web', version: '1.5', cpe: 'cpe:2.3:a:maker:web:1.5:*:*:*:*:*:*:*' };
  const first = async () => (await ask(query)).vulnerabilities[0];

  it('makes a platform that a banner does not show a condition', async () => {
    const windows = match('cpe:2.3:o:microsoft:windows:-:*:*:*:*:*:*:*', {}, false);
    await nvdOf([
      {
        operator: 'AND',
        nodes: [
          { operator: 'OR', negate: false, cpeMatch: [match(web, { versionEndExcluding: '2' })] },
          { operator: 'OR', negate: false, cpeMatch: [windows] },
        ],
      },
    ]);
    expect(await first()).toMatchObject({ onlyWith: 'microsoft:windows', matched: { rule: 'maker:web <2' } });
    const platform = await ask({
      product: 'windows',
      version: '10',
      cpe: 'cpe:2.3:o:microsoft:windows:10:*:*:*:*:*:*:*',
    });
    expect(platform.total).toBe(0);
  });

  it('joins the matches of an AND node, and editions and targets are conditions too', async () => {
    const plugin = match('cpe:2.3:a:maker:plugin:*:*:*:*:*:wordpress:*:*', { versionEndExcluding: '2' });
    await nvdOf([{ nodes: [{ operator: 'AND', negate: false, cpeMatch: [match(web), plugin] }] }]);
    expect(await first()).toMatchObject({ onlyWith: 'maker:plugin' });
    const other = await ask({ product: 'plugin', version: '1', cpe: 'cpe:2.3:a:maker:plugin:1:*:*:*:*:*:*:*' });
    expect(other.vulnerabilities[0]?.onlyWith).toBe('maker:web and on wordpress');
  });

  it('prefers the alternative without conditions', async () => {
    const onWindows = 'cpe:2.3:a:maker:web:*:*:*:*:*:windows:*:*';
    await nvdOf([anyOf(match(onWindows, { versionEndExcluding: '2' }), match(web, { versionEndExcluding: '1.6' }))]);
    expect(await first()).toMatchObject({ fixedIn: '1.6' });
    expect(await first()).not.toHaveProperty('onlyWith');
  });

  it('leaves out what is rejected or negated', async () => {
    await nvdOf([anyOf(match(web))], { vulnStatus: 'Rejected' });
    expect((await ask(query)).total).toBe(0);
    await nvdOf([{ nodes: [{ operator: 'OR', negate: true, cpeMatch: [match(web)] }] }]);
    expect((await ask(query)).total).toBe(0);
  });

  it('takes the word of the newest file', async () => {
    const body = (end: string) => makeCve('CVE-2026-1000', [anyOf(match(web, { versionEndExcluding: end }))]);
    writeFileSync(here.file('a'), makePage([body('2')], { timestamp: '2026-11-01T00:00:00.000' }));
    writeFileSync(here.file('b'), makePage([body('1.2')], { timestamp: '2026-11-20T00:00:00.000' }));
    await take(here.feeds, [here.file('a'), here.file('b')]);
    expect((await ask(query)).total).toBe(0);
  });
});
