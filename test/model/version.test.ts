import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareOf, compareVersions, versionSchemes, type VersionScheme } from '../../src/model/version/compare.ts';
import { compareDebian } from '../../src/model/version/debian.ts';
import { compareRpmPart } from '../../src/model/version/rpm.ts';

/** Versions of each scheme in their order, oldest first. */
const chains: Readonly<Record<VersionScheme, readonly (readonly string[])[]>> = {
  upstream: [
    ['1.3.6rc1', '1.3.6rc2', '1.3.6', '1.3.6a', '1.3.6b', '1.3.7'],
    ['2.4.9', '2.4.10', '2.4.57', '2.4.57.1', '2.10'],
    ['9.4.43.v20210629', '9.4.44.v20210927', '10.0.6'],
    ['8.8.15_GA_3869', '8.8.15_GA_4508', '9.0.0_GA_3924'],
    ['6.48beta12', '6.48rc1', '6.48', '6.48.6'],
  ],
  semver: [
    [
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '2.0.0',
      '2.1.0',
      '2.1.1',
    ],
  ],
  openssl: [
    [
      '0.9.8zh',
      '1.0.1',
      '1.0.1u',
      '1.0.2-beta1',
      '1.0.2',
      '1.0.2a',
      '1.0.2k',
      '1.0.2z',
      '1.0.2za',
      '1.0.2zb',
      '1.1.0',
      '1.1.1-pre9',
      '1.1.1',
      '1.1.1w',
      '3.0.0',
      '3.0.11',
      '3.5.1',
    ],
  ],
  'patch-level': [
    ['7.9', '7.9p1', '8.9p1', '9.2p1', '9.2p2', '9.3', '9.3p2', '10.0p1', '10.0p2'],
    ['9.8.2rc1', '9.8.2', '9.11.4', '9.11.4-P1', '9.11.4-P2', '9.18.19'],
    ['4.2.8p9', '4.2.8p15'],
  ],
  dotted: [
    ['10.0.14393.4169', '10.0.17763.1', '10.0.20348.1', '10.0.20348.1234', '10.0.26100'],
    ['15.0.1497.2', '15.1.2507.35', '15.2.986.5', '15.2.1118.7', '15.2.1118.40'],
    ['11.2.0.4.0', '12.1.0.2.0', '19.0.0.0.0'],
  ],
  date: [
    ['20221231', '2023.1.1', '20230102', '2023.10.1'],
    ['18.04', '20.04', '20.10', '22.04'],
  ],
  java: [
    [
      '1.6.0_45',
      '1.7.0_80',
      '1.8.0',
      '8u101',
      '1.8.0_292',
      '8u301',
      '9.0.4',
      '11-ea',
      '11',
      '11.0.2',
      '11.0.2+7',
      '11.0.2+9',
      '17.0.9',
      '17.0.10',
      '21+35',
    ],
  ],
  debian: [
    [
      '1.0~rc1-1',
      '1.0-1',
      '1.0-1+deb12u1',
      '1.0-1+deb12u2',
      '1.0-1.1',
      '1.0-2~bpo12+1',
      '1.0-2',
      '1.0.1-1',
      '1:0.5-1',
      '1:9.2p1-2+deb12u3',
    ],
  ],
  rpm: [
    ['1.0~rc1-1', '1.0-1', '1.0-2.el7', '1.0-2.el8', '1.0-10.el7', '1.0^20230101-1', '1.0.1-1', '1.10-1', '1:0.5-1'],
  ],
};

describe.each(versionSchemes)('%s', (scheme) => {
  it.each(chains[scheme])('orders %s ...', (...chain) => {
    chain.forEach((left, at) => {
      chain.forEach((right, other) => {
        expect([left, right, compareVersions(scheme, left, right)]).toEqual([left, right, Math.sign(at - other)]);
      });
    });
  });

  // Real versions, real ones with something changed, and noise of the same letters.
  const real = fc.constantFrom(...chains[scheme].flat());
  const piece = fc.constantFrom(
    '0',
    '1',
    '2',
    '10',
    '.',
    '-',
    '+',
    '~',
    '^',
    ':',
    '_',
    'a',
    'z',
    'p1',
    'rc1',
    'beta',
    'u5',
  );
  const changed = fc
    .tuple(real, fc.nat(12), piece, fc.nat(3))
    .map(([text, at, insert, cut]) => text.slice(0, at) + insert + text.slice(at + cut));
  const noise = fc.array(piece, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
  const version = fc.oneof(real, changed, noise).filter((text) => compareVersions(scheme, text, text) !== undefined);
  const order = (a: string, b: string) => compareVersions(scheme, a, b) ?? Number.NaN;

  it('is reflexive, total and antisymmetric', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(order(a, a)).toBe(0);
        expect([-1, 0, 1]).toContain(order(a, b));
        expect(order(a, b) + order(b, a)).toBe(0);
      }),
      { numRuns: 1500 },
    );
  });

  // RPM does not compare a release that one side lacks (`1.0` = `1.0-1`, and `1.0-` lacks it too), which is meant, and no order.
  const whole = scheme === 'rpm' ? version.filter((text) => /-[^-]+$/.test(text)) : version;
  it('is transitive', () => {
    fc.assert(
      fc.property(whole, whole, whole, (a, b, c) => {
        const [first, second, third] = [a, b, c].sort(order);
        expect(order(first ?? '', second ?? '')).toBeLessThanOrEqual(0);
        expect(order(second ?? '', third ?? '')).toBeLessThanOrEqual(0);
        expect(order(first ?? '', third ?? '')).toBeLessThanOrEqual(0);
        if (order(a, b) === 0) expect(order(a, c)).toBe(order(b, c));
      }),
      { numRuns: 1500 },
    );
  });

  it('says nothing of what is no version', () => {
    for (const text of ['', 'main', 'z'.repeat(5000), '1'.repeat(5000)]) {
      if (scheme === 'rpm' && text === 'main') continue;
      expect(compareVersions(scheme, text, '1.2.3')).toBeUndefined();
    }
  });
});

describe('one version written in several ways', () => {
  it.each<[string, string, string]>([
    ['java-se', '1.8.0_292', '8u292'],
    ['openssl', '1.0.2k-fips', '1.0.2k'],
    ['bind', '9.11.4-P2', '9.11.4p2'],
    ['nginx', '1.22', '1.22.0'],
    ['ubuntu', '22.04', '22.4'],
  ])('%s: %s is %s', (product, a, b) => {
    expect(compareOf(product, a, b)).toBe(0);
  });
});

const piece = fc.constantFrom('0', '1', '2', '10', '007', '.', '+', '~', 'a', 'Z', 'deb', 'ubuntu', 'rc');
const tail = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(''));

describe.runIf(existsSync('/usr/bin/dpkg'))('beside dpkg', () => {
  it('orders as dpkg --compare-versions does', () => {
    const version = fc
      .tuple(
        fc.constantFrom('', '1:', '0:'),
        fc.nat(20),
        tail,
        fc.constantFrom('', '-1', '-0ubuntu1', '-2+deb12u3', '-1~bpo'),
      )
      .map(([epoch, first, middle, revision]) => `${epoch}${first}${middle}${revision}`);
    const pairs = fc.sample(fc.tuple(version, version), { numRuns: 120, seed: 7 });
    for (const [a, b] of pairs) {
      const holds = (relation: string) => spawnSync('dpkg', ['--compare-versions', a, relation, b]).status === 0;
      const theirs = holds('lt') ? -1 : holds('eq') ? 0 : 1;
      expect([a, b, compareDebian(a, b)]).toEqual([a, b, theirs]);
    }
  });
});

describe.runIf(existsSync('/usr/bin/rpm'))('beside rpm', () => {
  it('orders as rpmvercmp does', () => {
    const version = fc
      .tuple(fc.nat(20), fc.array(fc.oneof(piece, fc.constantFrom('^', '_', '~~')), { maxLength: 6 }))
      .map(([first, rest]) => `${first}${rest.join('')}`);
    const pairs = fc.sample(fc.tuple(version, version), { numRuns: 400, seed: 11 });
    const script = pairs.map(([a, b]) => `print(rpm.vercmp("${a}","${b}"))`).join(' ');
    const { stdout } = spawnSync('rpm', ['--eval', `%{lua: ${script}}`], { encoding: 'utf8' });
    const theirs = (stdout.match(/-?\d/g) ?? []).map(Number);
    expect(theirs).toHaveLength(pairs.length);
    expect(pairs.map(([a, b]) => [a, b, compareRpmPart(a, b)])).toEqual(pairs.map(([a, b], at) => [a, b, theirs[at]]));
  });
});
