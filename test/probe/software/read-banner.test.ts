import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { softwareFacts, softwareSources, type SoftwareSource } from '../../../src/model/facts/software.ts';
import { readBanner } from '../../../src/probe/software/read-banner.ts';

/** `product version (os)`, the parts that a check reads. */
const read = (source: SoftwareSource, text: string) =>
  readBanner(source, text, 80).map(({ product, version, os }) =>
    [product, version, os === undefined ? undefined : `(${os})`].filter((part) => part !== undefined).join(' '),
  );

const mysqlGreeting = (version: string) => `\x4a\0\0\0\x0a${version}\0\x05\0\0\0abcdefgh\0\xff\xf7`;

const told: Readonly<Partial<Record<SoftwareSource, readonly (readonly [text: string, ...read: string[]])[]>>> = {
  'http.server': [
    ['nginx/1.22.1', 'nginx 1.22.1'],
    ['nginx', 'nginx'],
    ['nginx/1.18.0 (Ubuntu)', 'nginx 1.18.0 (ubuntu)'],
    ['Apache', 'apache-http-server'],
    [
      'Apache/2.4.57 (Debian) OpenSSL/3.0.11 PHP/8.1.2',
      'apache-http-server 2.4.57 (debian)',
      'openssl 3.0.11',
      'php 8.1.2',
    ],
    [
      'Apache/2.4.6 (CentOS) OpenSSL/1.0.2k-fips mod_fcgid/2.3.9 PHP/5.4.16',
      'apache-http-server 2.4.6 (centos)',
      'openssl 1.0.2k-fips',
      'mod_fcgid 2.3.9',
      'php 5.4.16',
    ],
    ['Apache/2.4.41 (Win64) PHP/7.4.3', 'apache-http-server 2.4.41 (windows)', 'php 7.4.3'],
    ['Apache-Coyote/1.1', 'tomcat'],
    ['Apache Tomcat/9.0.31', 'tomcat 9.0.31'],
    ['Microsoft-IIS/8.5', 'iis 8.5 (windows)'],
    ['Microsoft-HTTPAPI/2.0', 'http.sys 2.0 (windows)'],
    ['Jetty(9.4.z-SNAPSHOT)', 'jetty 9.4.z-SNAPSHOT'],
    ['Kestrel', 'kestrel'],
    ['openresty/1.21.4.1', 'openresty 1.21.4.1'],
    ['LiteSpeed', 'litespeed'],
    ['gunicorn/20.0.4', 'gunicorn 20.0.4'],
    ['Werkzeug/2.0.3 Python/3.9.2', 'werkzeug 2.0.3', 'python 3.9.2'],
    ['WEBrick/1.4.2 (Ruby/2.5.1/2018-03-29)', 'webrick 1.4.2', 'ruby 2.5.1'],
    ['GlassFish Server Open Source Edition  4.1', 'glassfish 4.1'],
    ['WebLogic Server 10.3.6.0', 'weblogic 10.3.6.0'],
    ['cloudflare', 'cloudflare'],
    ['Foo/1.2', 'foo 1.2'],
    ['Apache/2.4 (Unix) configured by the web team', 'apache-http-server 2.4'],
    ['1.2.3'],
    [''],
    ['Prod/unknown', 'prod'],
  ],
  'http.x-powered-by': [
    ['PHP/7.4.33', 'php 7.4.33'],
    ['PHP/8.1.2-1ubuntu2.14', 'php 8.1.2 (ubuntu)'],
    ['PHP/5.6.40-0+deb8u12', 'php 5.6.40 (debian)'],
    ['ASP.NET', 'aspnet'],
    ['Express', 'express'],
    ['Servlet/3.0; JBossAS-6', 'java-servlet'],
    ['Servlet 2.5; JBoss-5.0/JBossWeb-2.1', 'java-servlet', 'jboss-web 2.1'],
    ['JSF/2.0', 'jsf'],
    ['Liferay-Portal: Liferay Community Edition Portal 7.0.4 GA5 (Wilberforce / Build 7004)', 'liferay 7.0.4'],
    ['Liferay-Portal: Liferay Digital Experience Platform', 'liferay'],
    ['X-Jenkins: 2.401.3', 'jenkins 2.401.3'],
    ['X-OWA-Version: 15.1.2507.35', 'msexchange 15.1.2507.35'],
    ['MicrosoftSharePointTeamServices: 16.0.0.10337', 'sharepoint 16.0.0.10337'],
  ],
  // The CLR's number is no .NET Framework version: read as one, every 4.8 would look like an abandoned 4.0.
  'http.x-aspnet-version': [
    ['4.0.30319', 'aspnet 4.0.30319'],
    ['X-AspNetMvc-Version: 5.2', 'aspnet-mvc 5.2'],
  ],
  'http.via': [
    ['1.1 proxy.example (squid/3.5.20)', 'squid 3.5.20'],
    ['1.1 varnish (Varnish/6.0)', 'varnish 6.0'],
    ['1.1 cache-1'],
  ],
  'http.cookie': [
    ['PHPSESSID', 'php'],
    ['JSESSIONID', 'java-servlet'],
    ['ASP.NET_SessionId', 'aspnet'],
    ['laravel_session', 'laravel'],
    ['BIGipServerpool_web', 'big-ip'],
    ['sid'],
  ],
  'html.generator': [
    ['WordPress 6.4.2', 'wordpress 6.4.2'],
    ['Joomla! - Open Source Content Management', 'joomla'],
    ['Drupal 7 (http://drupal.org)', 'drupal 7'],
    ['TYPO3 4.5 CMS', 'typo3 4.5'],
    ['DotNetNuke ', 'dotnetnuke'],
    ['Microsoft SharePoint', 'sharepoint'],
    ['NukeViet v4.5', 'nukeviet 4.5'],
    ['Hugo 0.92.1', 'hugo 0.92.1'],
    ['Site Maker 3.1; features: a, b', 'site-maker 3.1'],
    ['Powered by people who care'],
  ],
  'html.title': [
    ['Apache Tomcat/9.0.71', 'tomcat 9.0.71'],
    ['Apache2 Debian Default Page: It works', 'apache-http-server (debian)'],
    ['Welcome to nginx!', 'nginx'],
    ['Cổng thông tin điện tử'],
  ],
  'html.script': [
    ['/js/jquery-3.3.1.min.js', 'jquery 3.3.1'],
    ['Bootstrap v4.6.0 (https://getbootstrap.com/)', 'bootstrap 4.6.0'],
    ['/js/main.js'],
  ],
  'ssh.banner': [
    ['SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n', 'openssh 9.2p1 (debian)'],
    ['SSH-2.0-OpenSSH_8.9p1 Ubuntu-3ubuntu0.6', 'openssh 8.9p1 (ubuntu)'],
    ['SSH-2.0-OpenSSH_for_Windows_8.1', 'openssh 8.1 (windows)'],
    ['SSH-2.0-OpenSSH_7.4', 'openssh 7.4'],
    ['SSH-2.0-dropbear_2019.78', 'dropbear 2019.78'],
    ['SSH-2.0-dropbear', 'dropbear'],
    ['SSH-2.0-Cisco-1.25', 'cisco-ssh 1.25'],
    ['SSH-2.0-ROSSSH', 'routeros'],
    ['SSH-1.99-HUAWEI-1.5', 'huawei-ssh 1.5'],
    ['SSH-2.0-FooServer_3.1', 'fooserver 3.1'],
    ['welcome\r\nSSH-2.0-OpenSSH_9.6', 'openssh 9.6'],
    ['hello'],
  ],
  'ftp.banner': [
    ['220 (vsFTPd 3.0.3)', 'vsftpd 3.0.3'],
    ['220 ProFTPD 1.3.5e Server (Debian) [::ffff:192.0.2.1]', 'proftpd 1.3.5e (debian)'],
    ['220---------- Welcome to Pure-FTPd [privsep] [TLS] ----------', 'pure-ftpd'],
    ['220-FileZilla Server 0.9.60 beta', 'filezilla-server 0.9.60'],
    ['220 Microsoft FTP Service', 'microsoft-ftp'],
    ['220 gw FTP server (MikroTik 6.48.6) ready', 'routeros 6.48.6'],
    ['220 ready'],
  ],
  'smtp.banner': [
    ['220 mail.example ESMTP Postfix (Debian/GNU)', 'postfix (debian)'],
    ['220 mail.example ESMTP Postfix', 'postfix'],
    ['220 mail.example ESMTP Exim 4.96 Sun, 22 Nov 2026', 'exim 4.96'],
    ['220 ex01 Microsoft ESMTP MAIL Service ready at Sun, 22 Nov 2026', 'msexchange'],
    ['220 w Microsoft ESMTP MAIL Service, Version: 10.0.14393.4169 ready', 'microsoft-smtp 10.0.14393.4169'],
    ['220 m ESMTP Sendmail 8.14.7/8.14.7; Sun', 'sendmail 8.14.7'],
    ['220 m ESMTP MDaemon 20.0.2; Sun', 'mdaemon 20.0.2'],
    ['220 m ESMTP'],
  ],
  'pop3.banner': [['+OK Dovecot (Debian) ready.', 'dovecot (debian)'], ['+OK ready']],
  'imap.banner': [
    ['* OK [CAPABILITY IMAP4rev1 STARTTLS] Dovecot (Ubuntu) ready.', 'dovecot (ubuntu)'],
    ['* OK [CAPABILITY IMAP4rev1] Courier-IMAP ready.', 'courier'],
    ['* OK m Cyrus IMAP v2.4.17-Fedora-RPM-2.4.17 server ready', 'cyrus-imap 2.4.17 (fedora)'],
    ['* OK The Microsoft Exchange IMAP4 service is ready.', 'msexchange'],
  ],
  'mysql.banner': [
    [mysqlGreeting('8.0.33'), 'mysql 8.0.33'],
    [mysqlGreeting('8.0.33-0ubuntu0.20.04.2'), 'mysql 8.0.33 (ubuntu)'],
    [mysqlGreeting('5.5.5-10.3.39-MariaDB-0+deb10u1'), 'mariadb 10.3.39 (debian)'],
    [mysqlGreeting('11.4.2-MariaDB'), 'mariadb 11.4.2'],
    ["\x45\0\0\0\xff\x6a\x04Host '192.0.2.1' is not allowed to connect to this MariaDB server", 'mariadb'],
    ['8.0.33'],
  ],
  'ms-sql.banner': [
    [
      '\x04\x01\0\x2b\0\0\x01\0\0\0\x1a\0\x06\x01\0\x20\0\x01\xff' + '\0'.repeat(15) + '\x0f\0\x07\xd0\0\0',
      'mssqlserver 15.0.2000',
    ],
    ['\x04\x01\0\x2b\0\0\x01\0\0\xff\xff\0\x06'],
  ],
  'memcached.banner': [['VERSION 1.6.18\r\n', 'memcached 1.6.18']],
  'redis.banner': [
    ['-NOAUTH Authentication required.\r\n', 'redis'],
    ['+PONG\r\n', 'redis'],
    ['-DENIED Redis is running in protected mode', 'redis'],
    ['+OK'],
  ],
  // RFB's numbers are the protocol's.
  'vnc.banner': [['RFB 003.008\n', 'vnc'], ['RFB 005.000\n', 'realvnc'], ['RFB']],
  'telnet.banner': [
    ['\xff\xfb\x01\r\nMikroTik v6.48.6 (stable)\r\nLogin: ', 'routeros 6.48.6'],
    ['\r\nUser Access Verification\r\n\r\nPassword: ', 'cisco-ios'],
    ['login: '],
  ],
  nmap: [
    ['OpenSSH 9.2p1 Debian 2+deb12u10', 'openssh 9.2p1 (debian)'],
    ['Apache httpd 2.4.57', 'apache-http-server 2.4.57'],
    ['Redis key-value store 7.0.15', 'redis 7.0.15'],
    ['PostgreSQL DB 9.6.0 or later', 'postgresql'],
    ['Samba smbd 4.6.2', 'samba 4.6.2'],
    ['Odd Thing 2.1', 'odd-thing 2.1'],
  ],
};

describe.each(Object.entries(told) as [SoftwareSource, (readonly [string, ...string[]])[]][])('%s', (source, cases) => {
  it.each(cases)('reads %j', (text, ...expected) => {
    expect(read(source, text)).toEqual(expected);
  });
});

describe('every source', () => {
  it('has examples', () => {
    expect(softwareSources.filter((source) => told[source] === undefined)).toEqual(['http.x-generator']);
  });

  it('keeps source, port and the words as seen', () => {
    expect(readBanner('ssh.banner', 'SSH-2.0-OpenSSH_9.2p1 Debian-2', 2200)).toEqual([
      {
        product: 'openssh',
        vendor: 'openbsd',
        version: '9.2p1',
        os: 'debian',
        source: 'ssh.banner',
        port: 2200,
        text: 'SSH-2.0-OpenSSH_9.2p1 Debian-2',
      },
    ]);
  });

  const valid = new Ajv2020().compile(softwareFacts);
  const bytes = fc.uint8Array({ maxLength: 3000 }).map((array) => Buffer.from(array).toString('latin1'));
  const words = fc.constantFrom(...Object.values(told).flatMap((cases) => cases.map(([text]) => text)));
  // Real banners with something hostile spliced in reach deeper than noise.
  const spliced = fc
    .tuple(words, bytes, fc.nat(60), fc.string({ maxLength: 2000 }))
    .map(([text, noise, at, tail]) => text.slice(0, at) + noise.slice(0, 200) + text.slice(at) + tail);

  it('stays within the schema for any bytes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...softwareSources),
        fc.oneof(bytes, spliced, fc.string({ unit: 'binary' })),
        (source, text) => {
          const items = readBanner(source, text, 443);
          expect(valid({ items })).toBe(true);
          for (const { product } of items) expect(product).toMatch(/^[!#$%&'*+.^_`|~0-9a-z-]+$/);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('reads the longest hostile text in a moment', () => {
    const shapes = [
      'a',
      '(',
      'a/1 ',
      '((a',
      ' ',
      'SSH-2.0-',
      '-a_',
      '* OK ',
      '1.',
      '0a\0',
      'Liferay-Portal: Liferay (',
    ];
    const startedAt = performance.now();
    for (const source of softwareSources) {
      for (const shape of shapes) readBanner(source, shape.repeat(50_000), 1);
    }
    expect(performance.now() - startedAt).toBeLessThan(1500);
  });
});
