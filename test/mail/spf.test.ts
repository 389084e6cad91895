import { describe, expect, test } from 'vitest';
import { isSpf, parseSpf } from '../../src/mail/spf/parse-spf.ts';
import { domainFault, expandDomain } from '../../src/mail/spf/spf-domain.ts';
import { walkSpf } from '../../src/mail/spf/walk-spf.ts';
import { knownFrom } from '../../src/mail/answers.ts';
import { answersOf, type Zone } from './zone.ts';

test.each([
  ['v=spf1', true],
  ['v=spf1 -all', true],
  ['V=SPF1 -all', true],
  ['v=spf10 -all', false],
  ['v=spf1-all', false],
  [' v=spf1 -all', false],
  ['spf2.0/pra -all', false],
])('%j is an SPF record: %s', (record, expected) => {
  expect(isSpf(record)).toBe(expected);
});

test.each([
  ['v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 a mx -all', []],
  ['v=spf1 a:mail.example/24//64 mx/30 mx:example.org//96 ?all', []],
  ['v=spf1 exists:%{ir}.%{v}.arpa.example.org include:_spf.example.org ~all exp=explain._spf.%{d}', []],
  ['v=spf1 x-unknown=anything redirect=_spf.example.org', []],
  ['v=spf1 -ALL A:Example.ORG', []],
  ['v=spf1   a   -all  ', []],
  ['v=spf1 ptr ptr:example.org -all', []],
  ['v=spf1 a, mx -all', ['unknown-mechanism']],
  ['v=spf1 include: -all', ['argument-missing']],
  ['v=spf1 include -all', ['argument-missing']],
  ['v=spf1 include:mail -all', ['bad-domain']],
  ['v=spf1 include:192.0.2.1 -all', ['bad-domain']],
  ['v=spf1 ip4:192.0.2.256 -all', ['bad-address']],
  ['v=spf1 ip4:192.0.2.0/33 -all', ['bad-prefix']],
  ['v=spf1 ip4:192.0.2.0/024 -all', ['bad-prefix']],
  ['v=spf1 ip4=192.0.2.1 -all', []],
  ['v=spf1 ip6:192.0.2.1 -all', ['bad-address']],
  ['v=spf1 ip6:fe80::1%eth0 -all', ['bad-address']],
  ['v=spf1 a/33 -all', ['bad-prefix']],
  ['v=spf1 a: -all', ['argument-missing']],
  ['v=spf1 all:example.org', ['argument-unwanted']],
  ['v=spf1 +mx +ip4:198.51.100.7 !all', ['unknown-mechanism']],
  ['v=spf1 redirect=a.example redirect=b.example', ['repeated-modifier']],
  ['v=spf1 redirect=', ['argument-missing']],
  ['v=spf1 redirect=%{z}.example', ['bad-domain']],
  ['v=spf1 mх -all', ['not-ascii']],
  ['v=spf1 v=spf1 -all', []],
])('%s: %j', (record, expected) => {
  expect(parseSpf(record).faults.map(({ fault }) => fault)).toEqual(expected);
});

describe('domain-spec (RFC 7208 section 7)', () => {
  test.each([
    ['%{d}.example', false],
    ['%{d2}', false],
    ['%{D2R}.example.org', false],
    ['%{l-}.example.org', false],
    ['a%%b.example', false],
    ['%{x}.example', true],
    ['100%.example', true],
    ['example', true],
    ['example.-com', true],
  ])('%s is faulty: %s', (spec, faulty) => {
    expect(domainFault(spec)).toBe(faulty);
  });

  // The examples of section 7.4, with example.com as the current domain.
  test.each([
    ['%{d}', 'email.example.com', 'email.example.com'],
    ['%{d4}', 'email.example.com', 'email.example.com'],
    ['%{d2}', 'email.example.com', 'example.com'],
    ['%{d1}.x', 'email.example.com', 'com.x'],
    ['%{dr}', 'email.example.com', 'com.example.email'],
    ['%{d2r}', 'email.example.com', 'example.email'],
    ['_spf.%{d2}', 'email.example.com', '_spf.example.com'],
    ['%{i}._spf.%{d2}', 'email.example.com', undefined],
    ['%{S}.example', 'email.example.com', undefined],
    ['a..example', 'email.example.com', undefined],
  ])('%s', (spec, current, expected) => {
    expect(expandDomain(spec, current, current)).toBe(expected);
  });
});

const walk = (zone: Zone) => walkSpf('a.example', knownFrom(answersOf(zone, 'a.example')));
const txt = (record: string) => ({ TXT: [record] });

describe('the tree of a record', () => {
  test('lookups are counted over every record, and what needs no DNS is not', () => {
    const walked = walk({
      'a.example': {
        ...txt('v=spf1 ip4:192.0.2.1 a mx include:b.example exists:%{i}.x.example -all exp=e.example'),
        A: '192.0.2.1',
        MX: ['10 a.example'],
      },
      'b.example': { ...txt('v=spf1 a include:c.example ?all'), A: '192.0.2.2' },
      'c.example': txt('v=spf1 ip4:198.51.100.0/24 -all'),
    });
    expect(walked).toMatchObject({ lookups: 6, voids: [], faults: [], all: '-', nobody: false, pending: [] });
    expect(walked.opaque).toEqual(['exists:%{i}.x.example']);
  });

  test('an eleventh lookup is counted', () => {
    const includes = Array.from({ length: 11 }, (_, index) => `i${index}.example`);
    const zone: Zone = {
      'a.example': txt(`v=spf1 ${includes.map((name) => `include:${name}`).join(' ')} -all`),
      ...Object.fromEntries(includes.map((name) => [name, txt('v=spf1 ip4:192.0.2.1 -all')])),
    };
    expect(walk(zone).lookups).toBe(11);
  });

  test('void lookups, and includes without a record', () => {
    const walked = walk({
      'a.example': txt('v=spf1 a:gone.example mx:gone.example include:gone.example exists:gone.example -all'),
    });
    expect(walked.voids).toEqual(['A gone.example', 'MX gone.example', 'TXT gone.example', 'A gone.example']);
    expect(walked.faults).toEqual([{ record: 'a.example', term: 'include:gone.example', fault: 'no-record' }]);
  });

  test('a loop is told and ends', () => {
    const walked = walk({
      'a.example': txt('v=spf1 include:b.example -all'),
      'b.example': txt('v=spf1 include:a.example redirect=b.example'),
    });
    expect(walked.faults.map(({ record, fault }) => [record, fault])).toEqual([
      ['b.example', 'loop'],
      ['b.example', 'loop'],
    ]);
  });

  test('two records are a fault, at the domain and at an include', () => {
    const twice = { TXT: ['v=spf1 -all', 'v=spf1 a -all', 'other'] };
    expect(walk({ 'a.example': twice }).faults).toEqual([{ record: 'a.example', term: '', fault: 'several-records' }]);
    expect(walk({ 'a.example': txt('v=spf1 include:b.example -all'), 'b.example': twice }).faults[0]?.fault).toBe(
      'several-records',
    );
  });

  test('`all` hides what stands behind it, `redirect` included', () => {
    expect(walk({ 'a.example': txt('v=spf1 ~all a mx redirect=b.example') })).toMatchObject({ lookups: 0, all: '~' });
  });

  test('`redirect` brings the policy of the other record; an include does not', () => {
    const other = { 'b.example': txt('v=spf1 -all') };
    expect(walk({ 'a.example': txt('v=spf1 redirect=b.example'), ...other })).toMatchObject({ all: '-', nobody: true });
    expect(walk({ 'a.example': txt('v=spf1 include:b.example'), ...other })).toMatchObject({
      all: null,
      nobody: false,
    });
  });

  test.each([
    ['v=spf1 -all', true],
    ['v=spf1 ~all', false],
    ['v=spf1 a -all', false],
    ['v=spf1', false],
    ['v=spf1 redirect=lost.example', undefined],
  ])('%s lets nobody send: %s', (record, nobody) => {
    expect(walk({ 'a.example': txt(record), 'lost.example': { failed: true } }).nobody).toBe(nobody);
  });

  test('a tree of hostile width ends', () => {
    const names = Array.from({ length: 20 }, (_, index) => `n${index}.example`);
    const wide = `v=spf1 ${names.map((name) => `include:${name}`).join(' ')} -all`;
    const zone: Zone = { 'a.example': txt(wide), ...Object.fromEntries(names.map((name) => [name, txt(wide)])) };
    expect(walk(zone).lookups).toBeGreaterThan(10);
  });

  test('an answer that did not come leaves the tree open and is no fault', () => {
    const walked = walk({ 'a.example': txt('v=spf1 include:b.example -all'), 'b.example': { failed: true } });
    expect(walked).toMatchObject({ faults: [], voids: [], lookups: 1 });
    expect(walked.failed.map(({ code }) => code)).toEqual(['timeout']);
  });
});
