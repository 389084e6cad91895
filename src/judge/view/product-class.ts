/** What a product is for, so that each kind of software has its own check and its own way of being replaced. */
export const productClasses = [
  'webServers',
  'runtimes',
  'applications',
  'databases',
  'operatingSystems',
  'mailServers',
  'libraries',
] as const;
export type ProductClass = (typeof productClasses)[number];

const members: Readonly<Record<ProductClass, readonly string[]>> = {
  webServers: [
    'apache-http-server',
    'nginx',
    'openresty',
    'tengine',
    'iis',
    'http.sys',
    'tomcat',
    'jetty',
    'glassfish',
    'payara',
    'wildfly',
    'red-hat-jboss-eap',
    'jboss-web',
    'weblogic',
    'websphere',
    'litespeed',
    'lighttpd',
    'caddy',
    'haproxy',
    'squid',
    'varnish',
    'traefik',
    'envoy',
    'kestrel',
    'ibm-http-server',
    'oracle-http-server',
    'oracle-application-server',
  ],
  runtimes: ['php', 'nodejs', 'python', 'ruby', 'perl', 'dotnet', 'laravel', 'django', 'symfony', 'spring-boot'],
  applications: [
    'wordpress',
    'drupal',
    'joomla',
    'typo3',
    'umbraco',
    'liferay',
    'nukeviet',
    'dotnetnuke',
    'mediawiki',
    'sharepoint',
    'confluence',
    'nextcloud',
    'phpmyadmin',
    'grafana',
    'gitlab',
    'jenkins',
    'keycloak',
    'zabbix',
    'kibana',
    'moodle',
  ],
  databases: [
    'mysql',
    'mariadb',
    'postgresql',
    'mssqlserver',
    'oracle-database',
    'mongodb',
    'redis',
    'elasticsearch',
    'memcached',
  ],
  operatingSystems: [
    'windows-server',
    'debian',
    'ubuntu',
    'centos',
    'rhel',
    'rocky-linux',
    'almalinux',
    'oracle-linux',
    'fortios',
    'routeros',
    'pan-os',
    'cisco-ios-xe',
    'vmware-esxi',
    'proxmox-ve',
  ],
  mailServers: ['msexchange', 'postfix', 'exim', 'dovecot', 'roundcube', 'zimbra', 'sendmail'],
  libraries: ['openssl', 'jquery', 'bootstrap', 'angularjs', 'vue', 'ckeditor'],
};

const classes: ReadonlyMap<string, ProductClass> = new Map(
  productClasses.flatMap((each) => members[each].map((product) => [product, each] as const)),
);

/** The class of a product by its normalised name; undefined for one that no check is about. */
export function productClassOf(product: string): ProductClass | undefined {
  return classes.get(product);
}

/** Classes whose products Linux distributions package and patch under the version they began with. */
export const packagedClasses: ReadonlySet<ProductClass> = new Set([
  'webServers',
  'runtimes',
  'databases',
  'mailServers',
  'libraries',
]);
