import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startNginx } from '../../../servers/tls-lab.ts';
import { startServer, type RunningServer } from '../../../servers/process.ts';
import type { Configuration } from './configurations.ts';

/** A configuration and where it is served. */
export type Served = { readonly id: string; readonly address: string; readonly port: number };

/** DH parameters that the configurations name; 1,024 bits of DSA kind are there at once. */
export async function makeDhParameters(dir: string): Promise<void> {
  await promisify(execFile)('openssl', ['dhparam', '-dsaparam', '-out', join(dir, 'dh1024.pem'), '1024']);
}

/** Serves all of them, each on an address of its own in 127.0.37.0/24: one nginx, one Apache, an s_server for each. */
export async function startAll(
  dir: string,
  configurations: readonly Configuration[],
): Promise<{ readonly served: readonly Served[]; readonly stop: () => Promise<void> }> {
  const placed = configurations.map((configuration, index) => ({
    configuration,
    address: `127.0.37.${index + 1}`,
    port: 4433,
  }));
  const servers: RunningServer[] = [];
  const nginx = placed.flatMap(({ configuration, address, port }) =>
    configuration.kind === 'nginx' ? [{ listen: [{ host: address, port }], directives: configuration.directives }] : [],
  );
  servers.push(await startNginx({ dir, servers: nginx }));
  const apache = placed.flatMap(({ configuration, address, port }) =>
    configuration.kind === 'apache' ? [{ address, port, directives: configuration.directives }] : [],
  );
  if (apache.length > 0) servers.push(await startApache(dir, apache));
  for (const { configuration, address, port } of placed) {
    if (configuration.kind !== 's_server') continue;
    const args = ['s_server', '-accept', `${address}:${port}`, '-quiet', '-naccept', '100000', ...configuration.args];
    servers.push(await startServer('openssl', args, [{ host: address, port }]));
  }
  return {
    served: placed.map(({ configuration: { id }, address, port }) => ({ id, address, port })),
    stop: async () => {
      for (const server of servers) await server.stop();
    },
  };
}

type Host = { readonly address: string; readonly port: number; readonly directives: readonly string[] };

async function startApache(parent: string, hosts: readonly Host[]): Promise<RunningServer> {
  const dir = await mkdtemp(join(parent, 'apache-'));
  const modules = '/usr/lib/apache2/modules';
  const blocks = hosts.map(
    ({ address, port, directives }) => `Listen ${address}:${port}
<VirtualHost ${address}:${port}>
SSLEngine on
${directives.join('\n')}
</VirtualHost>`,
  );
  await writeFile(
    join(dir, 'apache.conf'),
    `ServerRoot ${dir}
ServerName lab.test
PidFile ${dir}/pid
ErrorLog ${dir}/error.log
Mutex file:${dir}
LoadModule mpm_event_module ${modules}/mod_mpm_event.so
LoadModule authz_core_module ${modules}/mod_authz_core.so
LoadModule socache_shmcb_module ${modules}/mod_socache_shmcb.so
LoadModule ssl_module ${modules}/mod_ssl.so
User www-data
Group www-data
DocumentRoot ${dir}
${blocks.join('\n')}
`,
  );
  const listens = hosts.map(({ address, port }) => ({ host: address, port }));
  return startServer('/usr/sbin/apache2', ['-D', 'FOREGROUND', '-f', join(dir, 'apache.conf')], listens);
}
