import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, type RunningServer } from './tls-process.ts';

/** A temporary directory and the way to be rid of it. */
export async function labDirectory(): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'rasoat-tls-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** One `server {}` block: where it listens, and its other directives, one string each without the semicolon. */
export type NginxServer = {
  readonly listen: readonly { readonly host: string; readonly port: number; readonly options?: string }[];
  readonly directives: readonly string[];
};

/** Starts Debian's nginx with these servers, everything it writes under `dir`; answers 200 to whatever is asked. */
export async function startNginx(options: {
  readonly dir: string;
  readonly servers: readonly NginxServer[];
}): Promise<RunningServer> {
  const dir = await mkdtemp(join(options.dir, 'nginx-'));
  await mkdir(join(dir, 'logs'));
  const config = join(dir, 'nginx.conf');
  await writeFile(config, nginxConfig(dir, options.servers));
  const listens = options.servers.flatMap((server) => server.listen);
  return startServer(
    '/usr/sbin/nginx',
    ['-p', dir, '-c', config, '-e', join(dir, 'logs/error.log')],
    listens.slice(-1),
  );
}

function nginxConfig(dir: string, servers: readonly NginxServer[]): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${dir}/${name};`,
  );
  return `daemon off;
master_process off;
worker_rlimit_nofile 8192;
pid ${dir}/nginx.pid;
events { worker_connections 4096; }
http {
access_log off;
${temporary.join('\n')}
${servers.map(serverBlock).join('\n')}
}
`;
}

function serverBlock({ listen, directives }: NginxServer): string {
  const lines = [
    ...listen.map(({ host, port, options = 'ssl' }) => `listen ${host}:${port} ${options}`),
    ...directives,
    ...(directives.some((line) => line.startsWith('return ')) ? [] : ['return 200 "ok"']),
  ];
  return `server {\n${lines.map((line) => `  ${line};`).join('\n')}\n}`;
}
