import { execFile } from 'node:child_process';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startServer, type RunningServer } from './process.ts';

const run = promisify(execFile);
const bin = '/usr/lib/postgresql/15/bin';
const as = ['--reuid=postgres', '--regid=postgres', '--clear-groups', '--'];

export type PostgresLab = RunningServer & {
  /** A new database, empty or as another is that nobody uses. Its locale orders text as people do, unlike SQLite. */
  readonly database: (name: string, like?: string) => Promise<string>;
  readonly psql: (name: string, sql: string) => Promise<string>;
  readonly data: string;
  /** Ends it as a power cut would, as far as it knows, and begins it again when `missed` says so. */
  readonly crash: (missed: () => Promise<void>) => Promise<void>;
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
  const start = () =>
    startServer('setpriv', [...as, `${bin}/postgres`, '-D', data, ...flags], [{ host, port }], { cwd: root });
  let server = await start();
  const psql = async (name: string, sql: string) =>
    (
      await run(`${bin}/psql`, ['-h', host, '-p', String(port), '-U', 'postgres', '-d', name, '-Atqc', sql])
    ).stdout.trim();
  // It listens before it is ready ("the database system is starting up").
  for (let tries = 0; ; tries += 1) {
    try {
      await psql('postgres', 'select 1');
      break;
    } catch (error) {
      if (tries >= 800) throw error;
      await sleep(50);
    }
  }
  return {
    pid: server.pid,
    log: () => server.log(),
    crash: async (missed) => {
      await server.stop('SIGQUIT');
      await missed();
      server = await start();
    },
    data,
    psql,
    database: async (name, like) => {
      const from = like ?? "template0 locale_provider icu icu_locale 'vi-VN'";
      await psql('postgres', `create database ${name} template ${from}`);
      return `postgres://postgres@${host}:${port}/${name}`;
    },
    stop: async () => {
      // At once: on SIGTERM it would wait for whoever is still connected.
      await server.stop('SIGINT');
      await rm(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
