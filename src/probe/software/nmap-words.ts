import { readRow, reading, splitPackage, type Reading, type Row } from './reading.ts';

/** nmap's product words whose normalised name is not simply those words in lower case. */
const rows: readonly Row[] = [
  { words: /^OpenSSH(?: (?<version>\d[\w.]*))?(?<os>.*)/, product: 'openssh', vendor: 'openbsd' },
  { words: /^Apache httpd(?: (?<version>\d[\w.]*))?(?<os>.*)/, product: 'apache-http-server', vendor: 'apache' },
  { words: /^Apache Tomcat\/Coyote/, product: 'tomcat', vendor: 'apache' },
  { words: /^Apache Tomcat(?: (?<version>\d[\w.]*))?/, product: 'tomcat', vendor: 'apache' },
  { words: /^nginx(?: (?<version>\d[\w.]*))?(?<os>.*)/, product: 'nginx', vendor: 'f5' },
  { words: /^Microsoft IIS httpd(?: (?<version>\d[\w.]*))?/, product: 'iis', vendor: 'microsoft' },
  { words: /^Microsoft HTTPAPI httpd/, product: 'http.sys', vendor: 'microsoft' },
  { words: /^Microsoft SQL Server[^(]*? (?<version>\d+\.\d+\.[\w.]*)/, product: 'mssqlserver', vendor: 'microsoft' },
  { words: /^Microsoft SQL Server/, product: 'mssqlserver', vendor: 'microsoft' },
  { words: /^Microsoft Exchange/, product: 'msexchange', vendor: 'microsoft' },
  // Of PostgreSQL nmap tells a range (`9.6.0 or later`), which is no version.
  { words: /^PostgreSQL DB (?<version>\d+\.[\d.]+)$/, product: 'postgresql', vendor: 'postgresql' },
  { words: /^PostgreSQL DB/, product: 'postgresql', vendor: 'postgresql' },
  { words: /^MySQL(?: (?<version>\d[\w.]*))?/, product: 'mysql', vendor: 'oracle' },
  { words: /^MariaDB(?: (?<version>\d[\w.]*))?/, product: 'mariadb', vendor: 'mariadb' },
  { words: /^Redis key-value store(?: (?<version>\d[\w.]*))?/, product: 'redis', vendor: 'redis' },
  { words: /^MongoDB(?: (?<version>\d[\w.]*))?/, product: 'mongodb', vendor: 'mongodb' },
  { words: /^Elasticsearch(?: REST API)?(?: (?<version>\d[\w.]*))?/, product: 'elasticsearch', vendor: 'elastic' },
  { words: /^Memcached(?: (?<version>\d[\w.]*))?/i, product: 'memcached', vendor: 'memcached' },
  { words: /^Oracle TNS [Ll]istener(?: (?<version>\d[\w.]*))?/, product: 'oracle-database', vendor: 'oracle' },
  { words: /^Postfix smtpd/, product: 'postfix', vendor: 'postfix' },
  { words: /^Exim smtpd(?: (?<version>\d[\w.]*))?/, product: 'exim', vendor: 'exim' },
  { words: /^Dovecot /, product: 'dovecot', vendor: 'dovecot' },
  { words: /^Squid http proxy(?: (?<version>\d[\w.]*))?/, product: 'squid', vendor: 'squid-cache' },
  { words: /^Samba smbd(?: (?<version>\d+\.\d+\.\d+))?/, product: 'samba', vendor: 'samba' },
  { words: /^Docker(?: (?<version>\d[\w.]*))?/, product: 'docker-engine', vendor: 'docker' },
  { words: /^RabbitMQ(?: (?<version>\d[\w.]*))?/, product: 'rabbitmq', vendor: 'rabbitmq' },
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
  return [reading({ product, vendor: undefined, version: split?.version, os: split?.os })];
}
