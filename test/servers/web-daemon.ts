import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNginx, type Listen } from './nginx.ts';
import { startServer, type RunningServer } from './process.ts';

/** A server whose folder goes with it. */
export type WebDaemon = { readonly folder: string; readonly pid: number; readonly stop: () => Promise<void> };

/** A folder of its own for one server's files. */
export function daemonFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `rasoat-${name}-`));
}

/** nginx with the given `http { }` content. */
export async function startNginx(http: string, ready: Listen, folder = daemonFolder('nginx')): Promise<WebDaemon> {
  return withFolder(folder, await runNginx(folder, http, [ready]));
}

/** apache2 in the foreground with the given directives after the modules it needs. */
export async function startApache(
  directives: string,
  ready: Listen,
  folder = daemonFolder('apache'),
): Promise<WebDaemon> {
  const modules = ['mpm_event', 'authz_core', 'headers', 'alias', 'dir', 'mime', 'socache_shmcb', 'ssl'];
  const load = modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`);
  const config = [...load, `ServerRoot ${folder}`, `PidFile ${folder}/pid`, `ErrorLog ${folder}/error.log`]
    .concat([`DefaultRuntimeDir ${folder}`, `Mutex file:${folder}`, 'SSLSessionCache none'])
    .concat(['TypesConfig /etc/mime.types', 'ServerName localhost', directives])
    .join('\n');
  writeFileSync(join(folder, 'apache.conf'), config);
  return withFolder(folder, await startServer('/usr/sbin/apache2', ['-X', '-f', join(folder, 'apache.conf')], [ready]));
}

function withFolder(folder: string, server: RunningServer): WebDaemon {
  return {
    folder,
    pid: server.pid,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
