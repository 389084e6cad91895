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

/** The package as the distribution knows it; undefined for a product we do not know its package of. */
export function packageOf(
  product: string,
  system: string,
  release: string | undefined,
  version: string,
): DistributionPackage {
  const [name = product, epoch] = sources[product] ?? [];
  const upstream = version.replace(/^\d+:/, '');
  const debian = system === 'debian' || system === 'ubuntu' || system === 'raspbian';
  const carries = debian && epoch !== undefined && !/^\d+:/.test(version);
  return {
    system,
    ...(release === undefined ? {} : { release }),
    name: lined[product]?.(upstream) ?? name,
    version: carries ? `${epoch}:${version}` : version,
  };
}
