import { execFile } from 'node:child_process';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startServer, type RunningServer } from './process.ts';

const run = promisify(execFile);
const bin = '/usr/lib/postgresql/15/bin';
const as = ['--reuid=postgres', '--regid=postgres', '--clear-groups', '--'];

export type PostgresLab = RunningServer & {
  /** A new, empty database. Its locale orders text as people do, unlike SQLite. */
  readonly database: (name: string) => Promise<string>;
  readonly psql: (name: string, sql: string) => Promise<string>;
  readonly data: string;
};

/** PostgreSQL of Debian on a loopback address, trusting whoever connects; it refuses to run as root. */
export async function startPostgresLab(host: string, port = 5432): Promise<PostgresLab> {
  const root = await mkdtemp(join(tmpdir(), 'rasoat-postgres-'));
  const data = join(root, 'data');
  await chown(root, Number((await run('id', ['-u', 'postgres'])).stdout), -1);
  await chmod(root, 0o755);
  const initdb = [...as, `${bin}/initdb`, '-D', data, '-A', 'trust', '--no-sync', '-N', '--locale=C.UTF-8'];
  await run('setpriv', initdb, { cwd: root });
  const settings = [`listen_addresses=${host}`, `port=${port}`, `unix_socket_directories=${root}`, 'fsync=off'];
  const flags = settings.flatMap((setting) => ['-c', setting]);
  const server = await startServer('setpriv', [...as, `${bin}/postgres`, '-D', data, ...flags], [{ host, port }], {
    cwd: root,
  });
  // It listens before it answers: until its start is over, it refuses whoever connects.
  for (let tries = 0; tries < 300; tries += 1) {
    const ready = await run(`${bin}/pg_isready`, ['-q', '-h', host, '-p', String(port)]).catch(() => undefined);
    if (ready !== undefined) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const psql = async (name: string, sql: string) =>
    (
      await run(`${bin}/psql`, ['-h', host, '-p', String(port), '-U', 'postgres', '-d', name, '-Atqc', sql])
    ).stdout.trim();
  return {
    ...server,
    data,
    psql,
    database: async (name) => {
      await psql('postgres', `create database ${name} template template0 locale_provider icu icu_locale 'vi-VN'`);
      return `postgres://postgres@${host}:${port}/${name}`;
    },
    stop: async () => {
      await server.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}
