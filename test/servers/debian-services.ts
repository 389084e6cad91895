import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startNamed } from './bind.ts';
import { freePort } from './free-port.ts';
import { startServer, type RunningServer } from './process.ts';
import { startRelay } from './relay.ts';
import { startSshd } from './sshd.ts';
import { startVsftpd } from './starttls-daemons.ts';
import type { LabCertificate } from './tls-certificates.ts';
import { startApache, startNginx } from './web-daemon.ts';

type Stops = Pick<RunningServer, 'stop'>;
type Place = { readonly folder: string; readonly host: string; readonly port: number };

/** A service of Debian that tells its version to whoever connects. */
export type DebianService = {
  /** Whose version `dpkg` knows. */
  readonly package: string;
  /** Our name of it. */
  readonly product: string;
  readonly port: number;
  /** Name servers share a port, so each has an address of its own. */
  readonly alone?: true;
  readonly start: (place: Place) => Promise<Stops>;
};

/** As installed, with the settings it needs to run in a folder of its own; none is made to say more than it does by itself. */
export const debianServices: readonly DebianService[] = [
  { package: 'openssh-server', product: 'openssh', port: 22, start: ({ folder, ...at }) => startSshd(folder, at) },
  { package: 'dropbear-bin', product: 'dropbear', port: 2222, start: startDropbear },
  { package: 'vsftpd', product: 'vsftpd', port: 21, start: ({ folder, host }) => vsftpd(folder, host) },
  { package: 'nginx', product: 'nginx', port: 80, start: (at) => startNginx(`server { listen ${placeOf(at)}; }`, at) },
  {
    package: 'apache2',
    product: 'apache-http-server',
    port: 8080,
    start: (at) => startApache(`Listen ${placeOf(at)}`, at),
  },
  { package: 'lighttpd', product: 'lighttpd', port: 81, start: startLighttpd },
  { package: 'mini-httpd', product: 'mini-httpd', port: 8081, start: startMiniHttpd },
  { package: 'tinyproxy-bin', product: 'tinyproxy', port: 8888, start: startTinyproxy },
  { package: 'squid', product: 'squid', port: 3128, start: startSquid },
  { package: 'icecast2', product: 'icecast', port: 8000, start: startIcecast },
  { package: 'php8.2-cli', product: 'php', port: 8090, start: startPhp },
  { package: 'python3.11-minimal', product: 'python', port: 8008, start: startPython },
  { package: 'mariadb-server-core', product: 'mariadb', port: 3306, start: startMariadb },
  { package: 'redis-server', product: 'redis', port: 6379, start: startRedis },
  { package: 'memcached', product: 'memcached', port: 11211, start: startMemcached },
  { package: 'etcd-server', product: 'etcd', port: 2379, start: startEtcd },
  { package: 'bind9', product: 'bind', port: 53, alone: true, start: startBind },
  { package: 'unbound', product: 'unbound', port: 53, alone: true, start: startUnbound },
  { package: 'nsd', product: 'nsd', port: 53, alone: true, start: startNsd },
  { package: 'knot', product: 'knot-dns', port: 53, alone: true, start: startKnot },
  { package: 'dnsmasq-base', product: 'dnsmasq', port: 53, alone: true, start: startDnsmasq },
];

/** Starts them in `folder`, each at the address that `at` gives it. */
export async function startDebianServices(
  services: readonly DebianService[],
  folder: string,
  at: (service: DebianService) => string,
): Promise<Stops> {
  chmodSync(folder, 0o755);
  const settled = await Promise.allSettled(
    services.map(async (service) => {
      const own = join(folder, service.package);
      mkdirSync(own);
      return service.start({ folder: own, host: at(service), port: service.port });
    }),
  );
  const running = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const stop = async () => {
    await Promise.all(running.map((one) => one.stop()));
  };
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed === undefined) return { stop };
  await stop();
  throw failed.reason;
}

const placeOf = ({ host, port }: Place) => `${host}:${port}`;

function write(folder: string, name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

function vsftpd(folder: string, host: string): Promise<RunningServer> {
  // Without TLS no certificate is read.
  const none: LabCertificate = { chain: '/nowhere', key: '/nowhere' };
  return startVsftpd({ dir: folder, host, certificate: none }, false);
}

function startDropbear(place: Place): Promise<RunningServer> {
  const key = join(place.folder, 'key');
  execFileSync('/usr/bin/dropbearkey', ['-t', 'ed25519', '-f', key], { stdio: 'ignore' });
  return startServer('/usr/sbin/dropbear', ['-F', '-E', '-r', key, '-p', placeOf(place)], [place]);
}

function startLighttpd(place: Place): Promise<RunningServer> {
  const { folder, host, port } = place;
  const lines = [`server.document-root = "${folder}"`, `server.bind = "${host}"`, `server.port = ${port}`];
  return startServer('/usr/sbin/lighttpd', ['-D', '-f', write(folder, 'conf', lines)], [place]);
}

function startMiniHttpd(place: Place): Promise<RunningServer> {
  const { folder, host, port } = place;
  const args = ['-D', '-h', host, '-p', String(port), '-d', folder, '-u', 'nobody', '-i', join(folder, 'pid')];
  return startServer('/usr/sbin/mini_httpd', args, [place]);
}

function startTinyproxy(place: Place): Promise<RunningServer> {
  const config = write(place.folder, 'conf', [`Port ${place.port}`, `Listen ${place.host}`, 'MaxClients 10']);
  return startServer('/usr/bin/tinyproxy', ['-d', '-c', config], [place]);
}

function startSquid(place: Place): Promise<RunningServer> {
  const { folder } = place;
  chmodSync(folder, 0o777);
  const lines = [
    ...[
      `http_port ${placeOf(place)}`,
      'access_log none',
      'cache_store_log none',
      'cache_mem 8 MB',
      'pinger_enable off',
    ],
    ...[`cache_log ${folder}/log`, `pid_filename ${folder}/pid`, `coredump_dir ${folder}`],
    'shutdown_lifetime 0 seconds',
  ];
  return startServer('/usr/sbin/squid', ['-N', '-f', write(folder, 'conf', lines)], [place]);
}

function startIcecast(place: Place): Promise<RunningServer> {
  const { folder, host, port } = place;
  chmodSync(folder, 0o777);
  const config = write(folder, 'conf.xml', [
    '<icecast><limits><clients>100</clients><sources>1</sources></limits>',
    '<authentication><source-password>x</source-password><admin-user>x</admin-user><admin-password>x</admin-password></authentication>',
    `<listen-socket><port>${port}</port><bind-address>${host}</bind-address></listen-socket>`,
    `<paths><basedir>/usr/share/icecast2</basedir><logdir>${folder}</logdir><webroot>/usr/share/icecast2/web</webroot>`,
    '<adminroot>/usr/share/icecast2/admin</adminroot></paths><logging><errorlog>log</errorlog></logging>',
    // It refuses to run as root.
    '<security><changeowner><user>nobody</user><group>nogroup</group></changeowner></security></icecast>',
  ]);
  return startServer('/usr/bin/icecast2', ['-c', config], [place]);
}

function startPhp(place: Place): Promise<RunningServer> {
  write(place.folder, 'index.php', ['<?php echo 1;']);
  return startServer('/usr/bin/php8.2', ['-S', placeOf(place), '-t', place.folder], [place]);
}

function startPython(place: Place): Promise<RunningServer> {
  const { folder, host, port } = place;
  return startServer(
    '/usr/bin/python3.11',
    ['-m', 'http.server', '--bind', host, '--directory', folder, String(port)],
    [place],
  );
}

/** Without the tables of users: the greeting comes before they are asked. */
function startMariadb(place: Place): Promise<RunningServer> {
  const { folder, host, port } = place;
  const args = [
    ...['--no-defaults', `--datadir=${folder}`, '--skip-grant-tables', '--skip-innodb', '--user=root'],
    ...['--default-storage-engine=MyISAM', `--bind-address=${host}`, `--port=${port}`, `--socket=${folder}/socket`],
  ];
  return startServer('/usr/sbin/mariadbd', args, [place]);
}

function startRedis(place: Place): Promise<RunningServer> {
  const { folder, host, port } = place;
  const args = ['--bind', host, '--port', String(port), '--save', '', '--dir', folder, '--protected-mode', 'no'];
  return startServer('/usr/bin/redis-server', args, [place]);
}

function startMemcached(place: Place): Promise<RunningServer> {
  return startServer('/usr/bin/memcached', ['-l', place.host, '-p', String(place.port), '-u', 'nobody'], [place]);
}

function startEtcd(place: Place): Promise<RunningServer> {
  const clients = `http://${placeOf(place)}`;
  const peers = `http://${place.host}:2380`;
  const args = [
    ...['--data-dir', place.folder, '--listen-client-urls', clients, '--advertise-client-urls', clients],
    ...['--listen-peer-urls', peers, '--initial-advertise-peer-urls', peers, '--initial-cluster', `default=${peers}`],
  ];
  return startServer('/usr/bin/etcd', args, [place]);
}

/** BIND listens at 127.0.0.1 alone, so that a relay stands at the address. */
async function startBind({ folder, host, port }: Place): Promise<Stops> {
  const listen = await freePort();
  const options = 'recursion no; dnssec-validation no;';
  const named = await startNamed(folder, { listen, port: listen, options, zones: '' });
  const relay = await startRelay(host, port, listen);
  return {
    stop: async () => {
      await relay.stop();
      await named.stop();
    },
  };
}

function startUnbound(place: Place): Promise<RunningServer> {
  const { folder, host, port } = place;
  const config = write(folder, 'conf', [
    ...['server:', `  interface: ${host}`, `  port: ${port}`, '  do-daemonize: no', '  username: ""', '  chroot: ""'],
    ...['  pidfile: ""', `  directory: "${folder}"`, '  use-syslog: no', '  module-config: "iterator"'],
    ...['  access-control: 127.0.0.0/8 allow', '  num-threads: 1'],
  ]);
  return startServer('/usr/sbin/unbound', ['-d', '-c', config], [place]);
}

function startNsd(place: Place): Promise<RunningServer> {
  const { folder, host, port } = place;
  const config = write(folder, 'conf', [
    ...['server:', `  ip-address: ${host}`, `  port: ${port}`, '  username: ""', `  zonesdir: "${folder}"`],
    ...[`  xfrdir: "${folder}"`, `  zonelistfile: "${folder}/zones"`, `  xfrdfile: "${folder}/xfrd"`, '  database: ""'],
    ...['  pidfile: ""', '  server-count: 1', 'remote-control:', '  control-enable: no'],
  ]);
  return startServer('/usr/sbin/nsd', ['-d', '-c', config], [place]);
}

function startKnot(place: Place): Promise<RunningServer> {
  const { folder, host, port } = place;
  const config = write(folder, 'conf', [
    ...['server:', `  listen: ${host}@${port}`, `  rundir: ${folder}`, '  user: root:root', '  udp-workers: 1'],
    ...['  tcp-workers: 1', '  background-workers: 1', 'database:', `  storage: ${folder}`],
    ...['control:', `  listen: ${folder}/socket`],
  ]);
  return startServer('/usr/sbin/knotd', ['-c', config], [place]);
}

function startDnsmasq(place: Place): Promise<RunningServer> {
  const args = [
    ...['--keep-in-foreground', '--conf-file=/dev/null', '--no-resolv', '--no-hosts', '--bind-interfaces'],
    ...[`--listen-address=${place.host}`, `--port=${place.port}`, '--pid-file=', '--user=root'],
  ];
  return startServer('/usr/sbin/dnsmasq', args, [place]);
}
