import type { OpenPort } from '../../model/facts/ports.ts';

/** What a service is used for, as far as firewalls and dossiers tell services apart. */
export const portUses = [
  'database',
  'cache',
  'remoteDesktop',
  'telnet',
  'ssh',
  'ftp',
  'fileShare',
  'directory',
  'mailRetrieval',
  'management',
  'container',
  'ics',
  'messageBroker',
  'printer',
  'camera',
  'proxy',
  'simpleService',
  'pptp',
  'voip',
] as const;
export type PortUse = (typeof portUses)[number];

type Use = {
  /** Ports that must have been asked before "none is open" can be said. */
  readonly core: readonly number[];
  /** Further ports that are read as this use when they are open and nothing else is told of them. */
  readonly ports: readonly number[];
  /** Names of services in nmap's words. */
  readonly services: RegExp;
};

/** Ports by IANA's registry and by the products' own manuals; service names by nmap-services and nmap-service-probes. */
export const portUseTable: Readonly<Record<PortUse, Use>> = {
  database: {
    core: [1433, 1521, 3306, 5432, 27017],
    ports: [1526, 2483, 3050, 5984, 7474, 7687, 8086, 9042, 9160, 9200, 9300, 26257, 27018, 27019, 33060, 50000],
    services:
      /^(mysqlx?|mariadb|ms-sql-s|ms-sql|oracle(-tns)?|postgresql|mongod(b)?|cassandra|couchdb|elasticsearch|ibm-db2|db2|firebird|neo4j|cockroach|drda|influxdb|elasticsearch-transport)$/,
  },
  cache: { core: [6379, 11211], ports: [], services: /^(redis|memcached?|valkey)$/ },
  remoteDesktop: {
    core: [3389, 5900],
    ports: [4899, 5631, 5800, 5901, 5902, 5903, 5985, 5986, 6000, 6001],
    services: /^(ms-wbt-server|rdp|vnc(-http)?|wsmans?|winrm-https?|x11|radmin|pcanywheredata|teamviewer|nomachine)$/,
  },
  telnet: { core: [23], ports: [512, 513, 514, 992], services: /^(telnets?|exec|rexec|login|rlogin|shell|rsh)$/ },
  ssh: { core: [22], ports: [], services: /^ssh$/ },
  ftp: { core: [21], ports: [], services: /^ftp$/ },
  fileShare: {
    core: [139, 445],
    ports: [111, 135, 548, 873, 2049],
    services: /^(microsoft-ds|netbios-ssn|smb|nfs|rpcbind|msrpc|afp|rsync)$/,
  },
  directory: { core: [389], ports: [3268], services: /^(ldap|globalcatldap)$/ },
  mailRetrieval: { core: [110, 143], ports: [], services: /^(pop3|imap)$/ },
  management: {
    core: [8291, 10000],
    ports: [
      623, 902, 1099, 2083, 2087, 2181, 4786, 4848, 5038, 5601, 5666, 7001, 7002, 8006, 8009, 8161, 8500, 8728, 9043,
      9990, 10050, 15672, 16992, 16993,
    ],
    services:
      /^(snet-sensor-mgmt|ajp13|nrpe|zabbix-agent|java-rmi|rmiregistry|vmware-auth|winbox|amt-soap-https?|weblogic(-t3|-tls)?|(cisco-)?smart-install|asf-rmcp|webmin|kibana|proxmox|jboss-admin|glassfish-admin|websphere-admin|rabbitmq-console|activemq-console|routeros-api|asterisk-manager|zookeeper|consul)$/,
  },
  container: {
    core: [2375, 6443],
    ports: [2376, 2377, 2379, 2380, 10250, 10255],
    services: /^(docker|docker-s|docker-tls|kubernetes(-api)?|kubelet(-read-only)?|etcd-client|etcd-server)$/,
  },
  ics: {
    core: [102, 502],
    ports: [789, 1911, 1962, 2404, 4840, 4911, 9600, 18245, 20000, 20547, 44818, 47808],
    services:
      /^(iso-tsap|s7comm|mbap|modbus|niagara-fox|fox|iec-104|opcua-tcp|opc-ua|dnp|dnp3|enip|ethernet-?ip(-[12])?|bacnet|omron|pcworx|proconos)$/,
  },
  messageBroker: {
    core: [1883, 5672, 61616],
    ports: [4369, 9092, 61613],
    services: /^(mqtt|amqp|kafka|activemq|apachemq|stomp|epmd)$/,
  },
  printer: { core: [515, 631, 9100], ports: [], services: /^(jetdirect|ipp|printer|pdl-datastream)$/ },
  camera: { core: [554, 37777], ports: [8554, 34567], services: /^(rtsp|dahua-dvr)$/ },
  proxy: { core: [1080, 3128], ports: [8118], services: /^(socks\d?|squid-http)$/ },
  /** RFC 862-868, 1288: small services of the 1980s that help nobody but attackers. */
  simpleService: {
    core: [7, 13, 19, 37, 79],
    ports: [9, 17],
    services: /^(echo|discard|daytime|qotd|chargen|time|finger)$/,
  },
  pptp: { core: [1723], ports: [], services: /^pptp$/ },
  voip: { core: [5060], ports: [2000], services: /^(sip|cisco-sccp)$/ },
};

const web = /^(ssl\/)?https?$/;
/** A web server may be the face of what these ports are for. */
const withWebFace: ReadonlySet<PortUse> = new Set(['management', 'container', 'database', 'printer', 'proxy']);

/** How a use was told: by what the service said, or by the number of its port alone. */
type ToldBy = 'service' | 'port';

/**
 * What an open port is used for. A service that said what it is overrules the port's number; a name without banner or
 * product is a guess from the number (nmap calls every 9200 `wap-wsp`) and overrules nothing.
 */
export function portUseOf(open: OpenPort): { readonly use: PortUse; readonly by: ToldBy } | null {
  const service = (open.service ?? '').toLowerCase().replace(/-(alt|\d)(-\d+)?$/, '');
  const said = open.banner !== undefined || open.product !== undefined || web.test(service);
  const byService = portUses.find((use) => portUseTable[use].services.test(service));
  if (byService !== undefined) return { use: byService, by: said ? 'service' : 'port' };
  const { port } = open;
  const byPort = portUses.find(
    (use) => portUseTable[use].core.includes(port) || portUseTable[use].ports.includes(port),
  );
  if (byPort === undefined || (said && !silentOnPurpose(service) && !(web.test(service) && withWebFace.has(byPort))))
    return null;
  return { use: byPort, by: 'port' };
}

/** `tcpwrapped`: the connection was taken and closed again without a word; `unknown`: words that nothing recognised. */
const silentOnPurpose = (service: string) => ['', 'unknown', 'tcpwrapped'].includes(service);
