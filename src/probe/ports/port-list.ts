/**
 * How an open port is spoken to. First words are chosen so that a service answers at once and none is harmed:
 *
 * - `listen` the server speaks first
 * - `http` `GET /`; `https` the same inside TLS; `tls` listen inside TLS
 * - `ask` unknown: listen, then an empty line, then `GET /` on the same connection
 * - `redis`, `memcached`, `postgresql`, `rdp`, `ms-sql`, `amqp`, `dns` the shortest greeting of that protocol; of DNS the
 *   question what server it is
 * - `hands-off` connect and say nothing: a printer prints what it gets, a controller may stop
 */
export type Approach =
  | 'listen'
  | 'http'
  | 'https'
  | 'tls'
  | 'ask'
  | 'redis'
  | 'memcached'
  | 'postgresql'
  | 'rdp'
  | 'ms-sql'
  | 'amqp'
  | 'dns'
  | 'hands-off';

export type ListedPort = { readonly port: number; readonly name: string; readonly approach: Approach };

const family = (approach: Approach, ports: Readonly<Record<number, string>>): readonly ListedPort[] =>
  Object.entries(ports).map(([port, name]) => ({ port: Number(port), name, approach }));

/**
 * TCP ports worth asking on the networks of a government body: what publishes pages, moves mail and files, administers,
 * stores, virtualises, watches and controls. Names are nmap's where it has one.
 */
export const listedPorts: readonly ListedPort[] = [
  ...family('listen', {
    21: 'ftp',
    22: 'ssh',
    23: 'telnet',
    25: 'smtp',
    110: 'pop3',
    119: 'nntp',
    143: 'imap',
    587: 'submission',
    873: 'rsync',
    2121: 'ftp-alt',
    2222: 'ssh-alt',
    2323: 'telnet-alt',
    2525: 'smtp-alt',
    3306: 'mysql',
    3307: 'mysql-alt',
    4190: 'sieve',
    5038: 'asterisk-manager',
    5900: 'vnc',
    5901: 'vnc-1',
    10051: 'zabbix-trapper',
  }),
  ...family('http', {
    80: 'http',
    81: 'http-alt-81',
    631: 'ipp',
    2375: 'docker',
    2379: 'etcd-client',
    3000: 'grafana',
    3128: 'squid-http',
    5000: 'http-alt-5000',
    5357: 'wsdapi',
    5601: 'kibana',
    5984: 'couchdb',
    5985: 'winrm-http',
    7001: 'weblogic',
    8000: 'http-alt-8000',
    8008: 'http-alt-8008',
    8009: 'http-alt-8009',
    8080: 'http-proxy',
    8081: 'http-alt-8081',
    8086: 'influxdb',
    8088: 'http-alt-8088',
    8089: 'http-alt-8089',
    8090: 'http-alt-8090',
    8161: 'activemq-console',
    8500: 'consul',
    8888: 'http-alt-8888',
    9000: 'http-alt-9000',
    9080: 'websphere',
    9090: 'prometheus',
    9091: 'http-alt-9091',
    9200: 'elasticsearch',
    9990: 'jboss-admin',
    10000: 'webmin',
    10255: 'kubelet-read-only',
    15672: 'rabbitmq-console',
    16010: 'hbase-master',
    27017: 'mongodb',
    50070: 'hdfs-namenode',
  }),
  ...family('https', {
    443: 'https',
    2376: 'docker-tls',
    4443: 'https-alt-4443',
    5001: 'https-alt-5001',
    5986: 'winrm-https',
    6443: 'kubernetes-api',
    7002: 'weblogic-tls',
    8006: 'proxmox',
    8443: 'https-alt',
    8834: 'nessus',
    9043: 'websphere-admin',
    9443: 'https-alt-9443',
    10250: 'kubelet',
    10443: 'https-alt-10443',
  }),
  ...family('tls', {
    465: 'smtps',
    636: 'ldaps',
    853: 'dns-over-tls',
    990: 'ftps',
    993: 'imaps',
    995: 'pop3s',
    3269: 'gc-tls',
    5061: 'sips',
  }),
  ...family('redis', { 6379: 'redis' }),
  ...family('memcached', { 11211: 'memcached' }),
  ...family('postgresql', { 5432: 'postgresql' }),
  ...family('rdp', { 3389: 'ms-wbt-server' }),
  ...family('ms-sql', { 1433: 'ms-sql-s' }),
  ...family('amqp', { 5672: 'amqp' }),
  ...family('dns', { 53: 'domain' }),
  ...family('ask', {
    1080: 'socks',
    1723: 'pptp',
    4786: 'cisco-smart-install',
    4848: 'glassfish-admin',
    4899: 'radmin',
    5060: 'sip',
    6000: 'x11',
    8291: 'winbox',
    8728: 'routeros-api',
    10050: 'zabbix-agent',
    50000: 'db2-or-sap',
    61613: 'stomp',
    61616: 'activemq',
  }),
  ...family('hands-off', {
    7: 'echo',
    9: 'discard',
    13: 'daytime',
    17: 'qotd',
    19: 'chargen',
    37: 'time',
    79: 'finger',
    88: 'kerberos-sec',
    102: 'iso-tsap',
    111: 'rpcbind',
    135: 'msrpc',
    139: 'netbios-ssn',
    179: 'bgp',
    389: 'ldap',
    445: 'microsoft-ds',
    502: 'modbus',
    512: 'exec',
    513: 'login',
    514: 'shell',
    515: 'printer',
    554: 'rtsp',
    902: 'vmware-auth',
    1099: 'java-rmi',
    1521: 'oracle-tns',
    1883: 'mqtt',
    2000: 'cisco-sccp',
    2049: 'nfs',
    2181: 'zookeeper',
    2404: 'iec-104',
    3260: 'iscsi',
    3268: 'globalcatLDAP',
    4369: 'epmd',
    4840: 'opc-ua',
    8554: 'rtsp-alt',
    8883: 'secure-mqtt',
    9042: 'cassandra',
    9092: 'kafka',
    9100: 'jetdirect',
    9300: 'elasticsearch-transport',
    20000: 'dnp3',
    34567: 'dvr-alt',
    37777: 'dahua-dvr',
    44818: 'ethernet-ip',
    47808: 'bacnet',
  }),
].toSorted((one, other) => one.port - other.port);

/** The numbers of the list, ascending. */
export const curatedPorts: readonly number[] = listedPorts.map(({ port }) => port);

const byPort: ReadonlyMap<number, ListedPort> = new Map(listedPorts.map((listed) => [listed.port, listed]));

/** What is usual at a port; undefined when the list does not have it. */
export function listedPort(port: number): ListedPort | undefined {
  return byPort.get(port);
}
