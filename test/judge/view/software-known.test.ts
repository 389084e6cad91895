import { describe, expect, it } from 'vitest';
import type { SoftwareItem } from '../../../src/model/facts/software.ts';
import type { FeedStates } from '../../../src/model/feed.ts';
import type { PackageEvidence } from '../../../src/model/software/evidence.ts';
import { evidenceFor } from '../../../src/model/software/evidence.ts';
import { softwareQueryOf } from '../../../src/model/software-query.ts';
import { softwareKey, type KnownSoftware, type KnownVulnerability } from '../../../src/model/vulnerability.ts';
import { deriveSoftware } from '../../../src/judge/view/software.ts';
import { context, host } from './given.ts';

const at = '2026-09-01T00:00:00.000Z';
const state = (date: string) => ({
  date: `${date}T00:00:00.000Z`,
  dateFrom: 'content' as const,
  importedAt: at,
  entries: 1,
  complete: true,
  sha256: 'a'.repeat(64),
});
const fresh: FeedStates = {
  nvd: state('2026-08-20'),
  kev: state('2026-08-21'),
  epss: state('2026-08-22'),
  debian: state('2026-08-23'),
};

const weakness = (id: string, rest: Partial<KnownVulnerability> = {}): KnownVulnerability => ({
  id,
  matched: { feed: 'nvd', rule: 'the test', how: 'range' },
  ...rest,
});
const kev = { added: '2026-01-01', due: '2026-01-22', ransomware: true, action: 'mend' };
const cvss = (score: number) => ({ version: '3.1' as const, score, severity: 'high' as const, vector: 'x' });
const answer = (...vulnerabilities: KnownVulnerability[]): KnownSoftware => ({
  askedOf: ['nvd'],
  vulnerabilities,
  total: vulnerabilities.length,
  undecided: 0,
  namedByKev: [],
});

const apache: SoftwareItem = {
  product: 'apache-http-server',
  version: '2.4.49',
  source: 'http.server',
  port: 443,
  text: 'Apache/2.4.49 (Unix)',
};
const debianSsh: SoftwareItem = {
  product: 'openssh',
  version: '9.2p1',
  os: 'debian',
  osVersion: '12',
  package: '9.2p1-2+deb12u2',
  source: 'ssh.banner',
  port: 22,
  text: 'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u2',
};

function judge(
  item: SoftwareItem,
  known: KnownSoftware | undefined,
  given: { readonly feeds?: FeedStates; readonly packages?: readonly PackageEvidence[] } = {},
) {
  const query = softwareQueryOf(item, evidenceFor(item.product, given.packages, at));
  const software = known === undefined || query === undefined ? {} : { software: { [softwareKey(query)]: known } };
  const target = { ...host(), ...(given.packages === undefined ? {} : { packages: given.packages }) };
  const { view, unseen } = deriveSoftware(
    { items: [item] },
    context(target, { feeds: given.feeds ?? fresh, ...software }, at),
  );
  const why = unseen.find((one) => one.at === '/software/assessed/0/vulnerable')?.failure;
  return { item: view.assessed?.[0], why };
}

describe('what the feeds know of a version', () => {
  it('is possible from a banner alone, worst first, with the feeds and their dates', () => {
    const known = answer(
      weakness('CVE-2021-1', { cvss: cvss(9.8) }),
      weakness('CVE-2021-2', { cvss: cvss(5), epss: { score: 0.9, percentile: 1 } }),
      weakness('CVE-2021-3', { cvss: cvss(4), kev }),
    );
    const { item } = judge(apache, known);
    expect(item).toMatchObject({
      vulnerable: true,
      exploited: true,
      ransomware: true,
      likelyExploited: true,
      vulnerabilities: 3,
      feeds: 'nvd 2026-08-20, kev 2026-08-21, epss 2026-08-22',
    });
    expect(item?.worst?.map(({ id, certainty }) => `${id} ${certainty}`)).toEqual([
      'CVE-2021-3 possible',
      'CVE-2021-2 possible',
      'CVE-2021-1 possible',
    ]);
  });

  it('none, by a complete feed that knows the product, is a word; by none it is not', () => {
    expect(judge(apache, answer()).item).toMatchObject({ vulnerable: false, exploited: false, likelyExploited: false });
    const silent = judge(apache, { ...answer(), askedOf: [] });
    expect(silent.item).not.toHaveProperty('vulnerable');
    expect(silent.why).toMatchObject({ code: 'undecided' });
    expect(judge(apache, { ...answer(), undecided: 2 }).item).not.toHaveProperty('vulnerable');
    expect(judge(apache, undefined).why).toMatchObject({ code: 'feed-old' });
  });

  it('a feed past its limit decides nothing, and its date is told', () => {
    const old = { ...fresh, nvd: state('2026-07-01') };
    const { item, why } = judge(apache, answer(weakness('CVE-2021-1')), { feeds: old });
    expect(item).not.toHaveProperty('vulnerable');
    expect(why).toMatchObject({ code: 'feed-old' });
    expect(why?.detail).toContain('2026-07-01');
  });

  it('without a fresh list of exploited ones nothing is said of exploitation', () => {
    const { item } = judge(apache, answer(weakness('CVE-2021-1', { kev })), { feeds: { nvd: state('2026-08-20') } });
    expect(item).toMatchObject({ vulnerable: true });
    expect(item).not.toHaveProperty('exploited');
    expect(item).not.toHaveProperty('likelyExploited');
  });
});

describe('a version that a distribution packaged', () => {
  const word = (status: 'fixed' | 'open' | 'not-affected') => ({
    release: 'bookworm',
    package: 'openssh',
    status,
    fixedIn: '1:9.2p1-2+deb12u3',
  });

  it('is left open where only ranges of the makers match', () => {
    const { item, why } = judge(debianSsh, answer(weakness('CVE-2024-6387')));
    expect(item).not.toHaveProperty('vulnerable');
    expect(why?.detail).toContain('may have mended it');
  });

  it('is likely weak where the distribution says that the package is below its fix', () => {
    const known = {
      ...answer(weakness('CVE-2024-6387', { distribution: word('open') })),
      askedOf: ['nvd', 'debian'] as const,
    };
    expect(judge(debianSsh, known).item?.worst).toMatchObject([{ certainty: 'likely', fixedIn: '1:9.2p1-2+deb12u3' }]);
  });

  it('is not weak where the distribution says that it holds the fix or never had the fault', () => {
    for (const status of ['fixed', 'not-affected'] as const) {
      const known = {
        ...answer(weakness('CVE-2024-6387', { distribution: word(status) })),
        askedOf: ['nvd', 'debian'] as const,
      };
      expect(judge(debianSsh, known).item).toMatchObject({ vulnerable: false });
    }
  });

  it('the package that the owner handed in stands before the banner, with its own date', () => {
    const packages: readonly PackageEvidence[] = [
      {
        file: 'dpkg.txt',
        from: 'dpkg',
        date: '2026-08-15',
        release: '12',
        packages: [{ name: 'openssh-server', version: '1:9.2p1-2+deb12u7' }],
      },
    ];
    const known = { ...answer(weakness('CVE-2025-1', { distribution: word('open') })), askedOf: ['debian'] as const };
    expect(judge(debianSsh, known, { packages }).item).toMatchObject({
      version: '9.2p1',
      claimed: { package: 'openssh-server 1:9.2p1-2+deb12u7', date: '2026-08-15', file: 'dpkg.txt' },
      worst: [{ certainty: 'claimed' }],
    });
    const stale = packages.map((one) => ({ ...one, date: '2026-05-01' }));
    expect(judge(debianSsh, answer(), { packages: stale }).item).not.toHaveProperty('claimed');
  });
});
