import { own } from '../own.ts';
import type { DistributionPackage } from './purl.ts';

/** Debian's source package of a product, and the epoch its versions carry where they carry one. */
const sources: Readonly<Record<string, readonly [name: string, epoch?: number]>> = {
  'apache-http-server': ['apache2'],
  bind: ['bind9', 1],
  'cyrus-imap': ['cyrus-imapd'],
  dnsmasq: ['dnsmasq'],
  dovecot: ['dovecot', 1],
  exim: ['exim4'],
  mariadb: ['mariadb', 1],
  memcached: ['memcached'],
  mysql: ['mysql-8.0'],
  nginx: ['nginx'],
  openssh: ['openssh', 1],
  openssl: ['openssl'],
  php: ['php'],
  postfix: ['postfix'],
  postgresql: ['postgresql'],
  proftpd: ['proftpd-dfsg'],
  'pure-ftpd': ['pure-ftpd'],
  redis: ['redis', 5],
  samba: ['samba', 2],
  unbound: ['unbound'],
  vsftpd: ['vsftpd'],
};

/** Source packages that carry the line in their name: `php8.2`, `postgresql-15`. */
const lined: Readonly<Record<string, (version: string) => string | undefined>> = {
  php: (version) => {
    const [major, minor] = version.split('.');
    if (major === '5') return 'php5';
    return minor === undefined ? undefined : `php${major ?? ''}.${minor}`;
  },
  postgresql: (version) => `postgresql-${/^9\.\d+|^\d+/.exec(version)?.[0] ?? ''}`,
  mysql: (version) => `mysql-${/^\d+\.\d+/.exec(version)?.[0] ?? ''}`,
  mariadb: (version) => {
    const line = /^\d+\.\d+/.exec(version)?.[0] ?? '';
    // Up to Debian 11 (10.5) and Ubuntu 22.04 (10.6) the name carries the line.
    return /^10\.[0-6]$/.test(line) ? `mariadb-${line}` : 'mariadb';
  },
};

/** The package as the distribution knows it, by the product's own name where we know no other. */
export function packageOf(
  product: string,
  system: string,
  release: string | undefined,
  version: string,
): DistributionPackage {
  const epoch = own(sources, product)?.[1];
  const upstream = version.replace(/^\d+:/, '');
  const debian = system === 'debian' || system === 'ubuntu' || system === 'raspbian';
  const carries = debian && epoch !== undefined && !/^\d+:/.test(version);
  return {
    system,
    ...(release === undefined ? {} : { release }),
    name: sourceOf(product, upstream),
    version: carries ? `${epoch}:${version}` : version,
  };
}

/** Packages, binary or source, in which distributions ship a product beside its own name. */
const shipped: Readonly<Record<string, string>> = {
  'apache-http-server': 'apache2 apache2-bin httpd httpd-core',
  bind: 'bind9 bind',
  'cyrus-imap': 'cyrus-imapd',
  dovecot: 'dovecot-core dovecot',
  exim: 'exim4-daemon-light exim4-daemon-heavy exim4 exim',
  mariadb: 'mariadb-server mariadb-server-core',
  memcached: 'memcached',
  mysql: 'mysql-server-8.0 mysql-server mysql-community-server',
  nginx: 'nginx nginx-core nginx-common nginx-light nginx-full',
  openssh: 'openssh-server openssh',
  openssl: 'libssl3 libssl1.1 openssl-libs openssl',
  php: 'php-common php8.2-cli php8.2-fpm php8.1-fpm php7.4-fpm php-fpm php',
  postfix: 'postfix',
  postgresql: 'postgresql-16 postgresql-15 postgresql-14 postgresql-13 postgresql-server postgresql',
  proftpd: 'proftpd-core proftpd-basic proftpd',
  redis: 'redis-server redis',
  samba: 'samba',
  tomcat: 'tomcat10 tomcat9 tomcat',
  vsftpd: 'vsftpd',
};

/** Package names under which a product is looked for in a list of installed packages, the likeliest first. */
export function packageNamesOf(product: string): readonly string[] {
  return own(shipped, product)?.split(' ') ?? [product];
}

/** Debian's source package of a product; its own name where we know none. */
export function sourceOf(product: string, upstream: string): string {
  return own(lined, product)?.(upstream) ?? own(sources, product)?.[0] ?? product;
}

/** Every package name that matters, so that a list of thousands is kept as the dozens that can be asked about. */
export const packagesThatMatter: ReadonlySet<string> = new Set([
  ...Object.values(shipped).flatMap((names) => names.split(' ')),
  ...Object.keys(sources),
]);
