/** What a product token stands for. `unversioned`: the number behind it is not the product's version. */
export type ProductName = {
  readonly product: string;
  readonly vendor?: string;
  readonly os?: string;
  readonly unversioned?: true;
};

const microsoft = 'microsoft';
const apache = 'apache';

/**
 * Product tokens whose normalised name is not the token in lower case, or whose vendor is known. Names equal the ids of
 * endoflife.date where it has the product. Null: words that name no product.
 */
export const names: ReadonlyMap<string, ProductName | null> = new Map<string, ProductName | null>([
  ['apache', { product: 'apache-http-server', vendor: apache }],
  ['httpd', { product: 'apache-http-server', vendor: apache }],
  // Coyote is Tomcat's connector: its 1.1 is HTTP's, not Tomcat's.
  ['apache-coyote', { product: 'tomcat', vendor: apache, unversioned: true }],
  ['tomcat', { product: 'tomcat', vendor: apache }],
  ['nginx', { product: 'nginx', vendor: 'f5' }],
  ['openresty', { product: 'openresty', vendor: 'openresty' }],
  ['tengine', { product: 'tengine', vendor: 'alibaba' }],
  ['php', { product: 'php', vendor: 'php' }],
  ['openssl', { product: 'openssl', vendor: 'openssl' }],
  ['libressl', { product: 'libressl', vendor: 'openbsd' }],
  ['python', { product: 'python', vendor: 'python' }],
  ['cpython', { product: 'python', vendor: 'python' }],
  ['perl', { product: 'perl', vendor: 'perl' }],
  ['ruby', { product: 'ruby', vendor: 'ruby-lang' }],
  ['node.js', { product: 'nodejs', vendor: 'nodejs' }],
  ['microsoft-iis', { product: 'iis', vendor: microsoft, os: 'windows' }],
  ['microsoft-httpapi', { product: 'http.sys', vendor: microsoft, os: 'windows' }],
  ['kestrel', { product: 'kestrel', vendor: microsoft }],
  ['jetty', { product: 'jetty', vendor: 'eclipse' }],
  ['glassfish', { product: 'glassfish', vendor: 'eclipse' }],
  ['payara', { product: 'payara', vendor: 'payara' }],
  ['wildfly', { product: 'wildfly', vendor: 'red-hat' }],
  ['undertow', { product: 'undertow', vendor: 'red-hat' }],
  ['jboss-eap', { product: 'red-hat-jboss-eap', vendor: 'red-hat' }],
  ['jbossweb', { product: 'jboss-web', vendor: 'red-hat' }],
  ['ibm_http_server', { product: 'ibm-http-server', vendor: 'ibm' }],
  ['oracle-http-server', { product: 'oracle-http-server', vendor: 'oracle' }],
  ['oracle-application-server-11g', { product: 'oracle-application-server', vendor: 'oracle' }],
  ['lotus-domino', { product: 'domino', vendor: 'hcl' }],
  ['litespeed', { product: 'litespeed', vendor: 'litespeed' }],
  ['squid', { product: 'squid', vendor: 'squid-cache' }],
  ['bigip', { product: 'big-ip', vendor: 'f5' }],
  ['big-ip', { product: 'big-ip', vendor: 'f5' }],
  ['akamaighost', { product: 'akamai-ghost', vendor: 'akamai' }],
  ['cloudflare', { product: 'cloudflare', vendor: 'cloudflare' }],
  ['cloudflare-nginx', { product: 'cloudflare', vendor: 'cloudflare' }],
  ['awselb', { product: 'aws-elb', vendor: 'amazon' }],
  ['amazons3', { product: 'amazon-s3', vendor: 'amazon' }],
  ['gws', { product: 'google-web-server', vendor: 'google' }],
  ['docker', { product: 'docker-engine', vendor: 'docker' }],
  ['goahead-webs', { product: 'goahead', vendor: 'embedthis' }],
  ['hikvision-webs', { product: 'hikvision-web', vendor: 'hikvision' }],
  ['dnvrs-webs', { product: 'hikvision-web', vendor: 'hikvision' }],
  ['app-webs', { product: 'hikvision-web', vendor: 'hikvision' }],
  ['xxxxxxxx-xxxxx', { product: 'fortios', vendor: 'fortinet' }],
  ['mikrotik', { product: 'routeros', vendor: 'mikrotik' }],
  ['simplehttp', { product: 'python-http-server', vendor: 'python' }],
  ['mod_ssl', { product: 'mod_ssl', vendor: apache }],
  ['asp.net', { product: 'aspnet', vendor: microsoft }],
  // Prose and protocol names seen in headers.
  ...[
    'and',
    'at',
    'by',
    'for',
    'of',
    'the',
    'with',
    'server',
    'web',
    'http',
    'https',
    'powered',
    'version',
    'inc',
    'configured',
  ].map((word) => [word, null] as const),
]);
