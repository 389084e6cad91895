import { splitPackage } from './packaged.ts';
import { readRow, reading, type Reading, type Row } from './reading.ts';

/** nmap's product words whose normalised name is not simply those words in lower case. */
const rows: readonly Row[] = [
  { words: /^OpenSSH(?: (?<version>\d[\w.]*))?(?<os>.*)/, product: 'openssh' },
  { words: /^Apache httpd(?: (?<version>\d[\w.]*))?(?<os>.*)/, product: 'apache-http-server' },
  { words: /^Apache Tomcat\/Coyote/, product: 'tomcat' },
  { words: /^Apache Tomcat(?: (?<version>\d[\w.]*))?/, product: 'tomcat' },
  { words: /^nginx(?: (?<version>\d[\w.]*))?(?<os>.*)/, product: 'nginx' },
  { words: /^Microsoft IIS httpd(?: (?<version>\d[\w.]*))?/, product: 'iis', os: 'windows' },
  { words: /^Microsoft HTTPAPI httpd(?: (?<version>\d[\w.]*))?/, product: 'http.sys', os: 'windows' },
  { words: /^Microsoft SQL Server[^(]*? (?<version>\d+\.\d+\.[\w.]*)/, product: 'mssqlserver' },
  { words: /^Microsoft SQL Server/, product: 'mssqlserver' },
  { words: /^Microsoft Exchange/, product: 'msexchange' },
  // Of PostgreSQL nmap tells a range (`9.6.0 or later`), which is no version.
  { words: /^PostgreSQL DB (?<version>\d+\.[\d.]+)$/, product: 'postgresql' },
  { words: /^PostgreSQL DB/, product: 'postgresql' },
  { words: /^MySQL(?: (?<version>\d[\w.]*))?/, product: 'mysql' },
  { words: /^MariaDB(?: (?<version>\d[\w.]*))?/, product: 'mariadb' },
  { words: /^Redis key-value store(?: (?<version>\d[\w.]*))?/, product: 'redis' },
  { words: /^MongoDB(?: (?<version>\d[\w.]*))?/, product: 'mongodb' },
  { words: /^Elasticsearch(?: REST API)?(?: (?<version>\d[\w.]*))?/, product: 'elasticsearch' },
  { words: /^Memcached(?: (?<version>\d[\w.]*))?/i, product: 'memcached' },
  { words: /^Oracle TNS [Ll]istener(?: (?<version>\d[\w.]*))?/, product: 'oracle-database' },
  { words: /^Postfix smtpd/, product: 'postfix' },
  { words: /^Exim smtpd(?: (?<version>\d[\w.]*))?/, product: 'exim' },
  { words: /^Dovecot /, product: 'dovecot' },
  { words: /^Squid http proxy(?: (?<version>\d[\w.]*))?/, product: 'squid' },
  { words: /^Samba smbd(?: (?<version>\d+\.\d+\.\d+))?/, product: 'samba' },
  { words: /^Docker(?: (?<version>\d[\w.]*))?/, product: 'docker-engine' },
  { words: /^ISC BIND(?: (?<version>\d[\w.-]*))?(?<os>.*)/, product: 'bind' },
  { words: /^dnsmasq(?: (?<version>\d[\w.]*))?/, product: 'dnsmasq' },
  { words: /^vsftpd(?: (?<version>\d[\w.]*))?/, product: 'vsftpd' },
  { words: /^ProFTPD(?: (?<version>\d[\w.]*))?/, product: 'proftpd' },
  { words: /^Pure-FTPd/, product: 'pure-ftpd' },
  { words: /^Dropbear sshd(?: (?<version>\d[\w.]*))?/, product: 'dropbear' },
  { words: /^Microsoft ftpd(?: (?<version>\d[\w.]*))?/, product: 'microsoft-ftp', os: 'windows' },
  { words: /^Sendmail(?: (?<version>\d[\w.]*))?/, product: 'sendmail' },
  { words: /^Cyrus (?:imapd|pop3d)(?: (?<version>\d[\w.]*))?/, product: 'cyrus-imap' },
  { words: /^Courier (?:Imapd|pop3d)/, product: 'courier' },
  { words: /^lighttpd(?: (?<version>\d[\w.]*))?/, product: 'lighttpd' },
  { words: /^Jetty(?: (?<version>\d[\w.-]*))?/, product: 'jetty' },
  { words: /^Oracle WebLogic(?: Server| admin httpd)?(?: (?<version>\d[\w.]*))?/, product: 'weblogic' },
  { words: /^HAProxy(?: http proxy)?(?: (?<version>\d[\w.]*))?/, product: 'haproxy' },
  { words: /^Varnish/, product: 'varnish' },
  { words: /^MikroTik RouterOS(?:[A-Za-z ]{0,30}(?<version>\d[\w.]*))?/, product: 'routeros', os: 'routeros' },
  { words: /^Microsoft Terminal Services/, product: 'windows', os: 'windows' },
  { words: /^Microsoft Windows(?: Server (?<version>20\d\d(?: R2)?))?/, product: 'windows', os: 'windows' },
  { words: /^OpenLDAP(?: (?<version>\d[\w.]*))?/, product: 'openldap' },
  { words: /^Hikvision/, product: 'hikvision-web' },
  { words: /^RabbitMQ(?: (?<version>\d[\w.]*))?/, product: 'rabbitmq' },
];

/** What nmap read by its own fingerprints: product and version with a blank between. */
export function readNmap(text: string): readonly Reading[] {
  const known = readRow(rows, text);
  if (known !== undefined) return [known];
  const match = /^([A-Za-z][\w .:+/()-]{0,100}?)(?: v?(\d[\w.+~-]*))?$/.exec(text.trim());
  const product = match?.[1]
    ?.toLowerCase()
    .replace(/[^a-z0-9.+]+/g, '-')
    .replace(/-$/, '');
  if (product === undefined || product === '') return [];
  const split = match?.[2] === undefined ? undefined : splitPackage(match[2]);
  return [reading({ product, ...split, guess: true })];
}
