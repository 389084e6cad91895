import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startServer, type RunningServer } from './process.ts';

/** Where a server listens. */
export type Listen = { readonly host: string; readonly port: number };

/**
 * Starts Debian's nginx in the foreground with this content of `http { }`, everything it writes in `folder`; ready when it
 * listens as told.
 */
export async function runNginx(folder: string, http: string, listens: readonly Listen[]): Promise<RunningServer> {
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder};`);
  const config = join(folder, 'nginx.conf');
  await writeFile(
    config,
    `daemon off;
master_process off;
worker_rlimit_nofile 8192;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 4096; }
http {
access_log off;
${paths.join('\n')}
${http}
}
`,
  );
  return startServer('/usr/sbin/nginx', ['-p', folder, '-c', config, '-e', join(folder, 'error.log')], listens);
}
