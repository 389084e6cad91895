import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export type WebDaemon = { readonly folder: string; readonly close: () => Promise<void> };

/** A folder of its own for one server's files. */
export function daemonFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `rasoat-${name}-`));
}

/** nginx in the foreground with the given `http { }` content, ready when `address:port` accepts. */
export async function startNginx(
  http: string,
  ready: { readonly address: string; readonly port: number },
  folder: string = daemonFolder('nginx'),
): Promise<WebDaemon> {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder};`);
  const config = `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 1024; }
http { access_log off; ${temporary.join(' ')} ${http} }`;
  writeFileSync(join(folder, 'nginx.conf'), config);
  return startDaemon('/usr/sbin/nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], ready, folder);
}

/** apache2 in the foreground with the given directives after the modules it needs. */
export async function startApache(
  directives: string,
  ready: { readonly address: string; readonly port: number },
  folder: string = daemonFolder('apache'),
): Promise<WebDaemon> {
  const modules = ['mpm_event', 'authz_core', 'headers', 'alias', 'dir', 'mime'];
  const load = modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`);
  const config = [...load, `ServerRoot ${folder}`, `PidFile ${folder}/pid`, `ErrorLog ${folder}/error.log`]
    .concat([`DefaultRuntimeDir ${folder}`, `TypesConfig /etc/mime.types`, 'ServerName localhost', directives])
    .join('\n');
  writeFileSync(join(folder, 'apache.conf'), config);
  return startDaemon('/usr/sbin/apache2', ['-X', '-f', join(folder, 'apache.conf')], ready, folder);
}

async function startDaemon(
  program: string,
  args: readonly string[],
  ready: { readonly address: string; readonly port: number },
  folder: string,
): Promise<WebDaemon> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (data: Buffer) => (complaint += data.toString()));
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
  for (let tries = 0; tries < 100; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${program} ended: ${complaint}`);
    if (await accepts(ready.address, ready.port)) break;
    await wait(50);
  }
  return {
    folder,
    close: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function accepts(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
