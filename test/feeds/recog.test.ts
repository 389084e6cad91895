import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readState } from '../../src/feeds/folder.ts';
import { openFeeds } from '../../src/feeds/open.ts';
import { compilePattern } from '../../src/feeds/readers/recog-pattern.ts';
import type { SoftwareSource } from '../../src/model/facts/software.ts';
import { now, place, take } from './place.ts';

let here: ReturnType<typeof place>;
beforeEach(() => {
  here = place();
});
afterEach(() => {
  here.remove();
});

const file = (matches: string, ...fingerprints: readonly string[]) =>
  `<?xml version="1.0"?>\n<fingerprints matches="${matches}">${fingerprints.join('\n')}</fingerprints>\n`;
const fingerprint = (pattern: string, params: Readonly<Record<string, string | number>>, flags = '') =>
  `<fingerprint pattern="${pattern}"${flags === '' ? '' : ` flags="${flags}"`}><description>d</description>${Object.entries(
    params,
  )
    .map(([name, value]) =>
      typeof value === 'number'
        ? `<param pos="${value}" name="${name}"/>`
        : `<param pos="0" name="${name}" value="${value}"/>`,
    )
    .join('')}</fingerprint>`;

const files: Readonly<Record<string, string>> = {
  ssh: file(
    'ssh.banner',
    fingerprint('^nothing$', { 'service.certainty': '0.0', 'service.product': 'x' }),
    fingerprint('^OpenSSH_([\\d.]+p\\d) Debian', {
      'service.product': 'OpenSSH',
      'service.version': 1,
      'service.cpe23': 'cpe:/a:openbsd:openssh:{service.version}',
    }),
    fingerprint('^openssh_(\\S+)', { 'service.product': 'Some SSH', 'service.version': 1 }, 'REG_ICASE'),
    // What RE2 does not know, and what no engine that backtracks would survive.
    fingerprint('(?&lt;=a)b', { 'service.product': 'look-behind' }),
    fingerprint('^(a+)+$', { 'service.product': 'trap' }),
  ),
  http: file(
    'http_header.server',
    fingerprint('^Apache(?:/([012][\\d.]*)\\s*(.*))?$', {
      'service.product': 'HTTPD',
      'service.version': 1,
      'service.cpe23': 'cpe:/a:apache:http_server:{service.version}',
    }),
  ),
  imap: file('imap4.banner', fingerprint('^[dD]ovecot (?:\\(Debian\\) )?ready\\.$', { 'service.product': 'Dovecot' })),
  mysql: file(
    'mysql.banner',
    fingerprint('^5\\.5\\.5-([\\d.]+)-MariaDB', { 'service.product': 'MariaDB', 'service.version': 1 }),
  ),
};

async function look(source: SoftwareSource, text: string, at = now) {
  const feeds = await openFeeds(here.feeds);
  try {
    return feeds.fingerprints(at)?.(source, text);
  } finally {
    feeds.close();
  }
}

describe("recog's fingerprints", () => {
  beforeEach(async () => {
    const paths = Object.entries(files).map(([name, text]) => {
      writeFileSync(here.file(name), text);
      return here.file(name);
    });
    await take(here.feeds, paths, { date: '2026-11-15T00:00:00.000Z' });
    // Eight were written, and one is not RE2's.
    expect(readState(here.feeds).recog?.entries).toBe(7);
  });

  it.each([
    ['ssh.banner', 'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n', 'openssh', '9.2p1'],
    ['ssh.banner', 'SSH-2.0-OPENSSH_X', 'some-ssh', undefined],
    ['http.server', 'Apache/2.4.57 (Debian)', 'apache-http-server', '2.4.57'],
    ['http.server', 'Apache', 'apache-http-server', undefined],
    ['imap.banner', '* OK [CAPABILITY IMAP4rev1 SASL-IR] Dovecot (Debian) ready.\r\n', 'dovecot', undefined],
    ['mysql.banner', '\x64\0\0\0\x0a5.5.5-10.11.19-MariaDB-0+deb12u1\0\x03\0', 'mariadb', '10.11.19'],
  ] as const)('%s %j is %s %s', async (source, text, product, version) => {
    expect(await look(source, text)).toEqual({
      by: 'recog',
      date: '2026-11-15',
      product,
      ...(version === undefined ? {} : { version }),
      description: 'd',
    });
  });

  it.each([
    ['ssh.banner', 'SSH-2.0-nothing'],
    ['ssh.banner', ''],
    ['ftp.banner', '220 Apache'],
    ['http.cookie', 'PHPSESSID'],
  ] as const)('%s %j is nothing', async (source, text) => {
    expect(await look(source, text)).toBeUndefined();
  });

  it('decide nothing a year after their day', async () => {
    expect(await look('http.server', 'Apache', '2027-11-14T00:00:00.000Z')).toBeDefined();
    expect(await look('http.server', 'Apache', '2027-11-16T00:00:00.000Z')).toBeUndefined();
  });
});

it.each(['^(a+)+$', '^(?:a|aa)+$', '(a*)*b', '^(?:[a-z]+\\s?)+$', '(?:(?:a{1,30}){1,30})c'])(
  'the pattern %s takes no time that grows out of hand',
  (pattern) => {
    const run = compilePattern({ pattern, ignoreCase: false });
    // 2^1000 steps for an engine that goes back and tries again.
    expect(run?.(`${'a'.repeat(1000)}!`)).toBeUndefined();
  },
);

it.each(['(?<=a)b', '(?=a)', '(a)\\1', '', '(', '(?:a{1,1000}){1,1000}'])('the pattern %s is refused', (pattern) => {
  expect(compilePattern({ pattern, ignoreCase: false })).toBeUndefined();
});

it('a pattern longer than any of a person is refused', () => {
  expect(compilePattern({ pattern: 'a'.repeat(2001), ignoreCase: false })).toBeUndefined();
});
