import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNginx, type Listen } from './nginx.ts';
import type { RunningServer } from './process.ts';

/** A temporary directory and the way to be rid of it. */
export async function labDirectory(): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'rasoat-tls-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** One `server {}` block: where it listens, and its other directives, one string each without the semicolon. */
export type NginxServer = {
  readonly listen: readonly (Listen & { readonly options?: string })[];
  readonly directives: readonly string[];
};

/** Starts Debian's nginx with these servers, everything it writes under `dir`; answers 200 to whatever is asked. */
export async function startNginx(options: {
  readonly dir: string;
  readonly servers: readonly NginxServer[];
}): Promise<RunningServer> {
  const dir = await mkdtemp(join(options.dir, 'nginx-'));
  const listens = options.servers.flatMap((server) => server.listen);
  return runNginx(dir, options.servers.map(serverBlock).join('\n'), listens.slice(-1));
}

function serverBlock({ listen, directives }: NginxServer): string {
  const lines = [
    ...listen.map(({ host, port, options = 'ssl' }) => `listen ${host}:${port} ${options}`),
    ...directives,
    ...(directives.some((line) => line.startsWith('return ')) ? [] : ['return 200 "ok"']),
  ];
  return `server {\n${lines.map((line) => `  ${line};`).join('\n')}\n}`;
}
