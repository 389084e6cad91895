import { deviceNames } from './device-names.ts';

/** What a product token stands for. `unversioned`: the number behind it is not the product's version. */
export type ProductName = {
  readonly product: string;
  readonly os?: string;
  readonly unversioned?: true;
};

/** Tokens, in lower case, of one product: the words behind each name. */
const known: Readonly<Record<string, string>> = {
  'apache-http-server': 'apache apache2 apache-advancedextranetserver',
  'apache-traffic-server': 'ats apachetrafficserver',
  'application-request-routing': 'arr',
  'akamai-ghost': 'akamaighost',
  'amazon-cloudfront': 'cloudfront',
  'amazon-s3': 'amazons3',
  'aws-elb': 'awselb',
  'azure-application-gateway': 'microsoft-azure-application-gateway',
  'big-ip': 'bigip big-ip f5-bigip',
  cherokee: 'cherokee',
  civetweb: 'civetweb',
  cloudflare: 'cloudflare cloudflare-nginx',
  coldfusion: 'coldfusion jrun',
  'communigate-pro': 'communigatepro communigate',
  couchdb: 'couchdb',
  'docker-engine': 'docker',
  domino: 'lotus-domino domino',
  envoy: 'envoy istio-envoy',
  glassfish: 'glassfish',
  'google-web-server': 'gws',
  'http-file-server': 'hfs',
  hypercorn: 'hypercorn hypercorn-h11 hypercorn-h2 hypercorn-h3',
  icewarp: 'icewarp',
  'ibm-http-server': 'ibm_http_server ibm-http-server',
  'java-se': 'java',
  'jboss-as': 'jbossas jboss',
  'jboss-web': 'jbossweb',
  litespeed: 'litespeed',
  mod_jk: 'mod_jk',
  mod_nss: 'mod_nss',
  mod_security: 'mod_security mod_security2 modsecurity',
  mongoose: 'mongoose',
  'mini-httpd': 'mini_httpd',
  'micro-httpd': 'micro_httpd',
  minio: 'minio',
  mdaemon: 'wdaemon mdaemon',
  nextjs: 'next.js',
  nginx: 'nginx nginx-more',
  nodejs: 'node.js nodejs node',
  'netscape-enterprise': 'netscape-enterprise',
  nuxt: 'nuxt nuxt.js',
  opensearch: 'opensearch',
  'oracle-application-server':
    'oracle-application-server-10g oracle-application-server-11g oracle-application-server oracle9ias',
  'oracle-http-server': 'oracle-http-server oracle-http-server-11g oracle_web_listener',
  'oracle-iplanet':
    'sun-one-web-server sun-java-system-web-server oracle-iplanet-web-server iplanet-webserver-enterprise',
  passenger: 'phusion_passenger passenger',
  python: 'python cpython',
  'python-http-server': 'simplehttp basehttp',
  'red-hat-jboss-eap': 'jboss-eap',
  resin: 'resin',
  'sap-netweaver': 'sap-netweaver',
  squid: 'squid',
  subversion: 'svn',
  thttpd: 'thttpd sthttpd',
  tornado: 'tornadoserver',
  twisted: 'twisted twistedweb',
  varnish: 'varnish',
  webmin: 'miniserv',
  websphere: 'websphere websphere-application-server',
  wildfly: 'wildfly',
  wowza: 'wowzastreamingengine wowzamediaserver',
  'zend-core': 'zendcore',
};

const microsoft: readonly (readonly [string, ProductName])[] = [
  ['microsoft-iis', { product: 'iis', os: 'windows' }],
  ['iis', { product: 'iis', os: 'windows' }],
  ['microsoft-httpapi', { product: 'http.sys', os: 'windows' }],
  ['microsoft-wince', { product: 'windows-ce', os: 'windows' }],
  ['asp.net', { product: 'aspnet', os: 'windows' }],
  // Kestrel runs on Linux as well as on Windows.
  ['kestrel', { product: 'kestrel' }],
  ['mono.webserver.xsp', { product: 'xsp' }],
  ['mono-xsp', { product: 'xsp' }],
];

/** Prose, protocol names and switches seen in headers. */
const nothing =
  'and at by for of on the with server web http https powered version inc configured dav ipp upnp wsgi ssl tls linux unix ' +
  'windows internal build release dlnadoc frontpage mod_bwlimited mod_auth_passthrough proxy_html';

/**
 * Product tokens whose normalised name is not the token in lower case. Names equal the ids of endoflife.date where it has
 * the product. Null: words that name no product.
 */
export const names: ReadonlyMap<string, ProductName | null> = new Map<string, ProductName | null>([
  ...Object.entries({ ...known, ...deviceNames }).flatMap(([product, tokens]) =>
    tokens.split(' ').map((token) => [token, { product }] as const),
  ),
  // Coyote is Tomcat's connector: its 1.1 is HTTP's, not Tomcat's.
  ['apache-coyote', { product: 'tomcat', unversioned: true }],
  ...microsoft,
  ...nothing.split(' ').map((word) => [word, null] as const),
]);
