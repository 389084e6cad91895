import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startServer, type RunningServer } from '../../servers/process.ts';

const run = promisify(execFile);
const bin = '/usr/lib/postgresql/15/bin';
const as = ['--reuid=postgres', '--regid=postgres', '--clear-groups', '--'];

export type PostgresOptions = {
  /** Made if it is not there; may be a disk of its own. */
  readonly folder: string;
  /** Loopback addresses of this network; each can be cut off alone. */
  readonly hosts: readonly string[];
  readonly settings?: readonly string[];
};

/** A PostgreSQL that keeps its word (fsync on, unlike the tests' own), and can be killed and started again. */
export type Postgres = {
  readonly url: (database: string, host?: string) => string;
  readonly database: (name: string) => Promise<void>;
  /** Rows of a query, each as text with `|` between columns. */
  readonly query: (database: string, sql: string) => Promise<readonly string[]>;
  readonly start: () => Promise<void>;
  /** The postmaster and all its children, at once, without a chance to write anything. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly pid: () => number;
  readonly isRunning: () => boolean;
};

export async function makePostgres({ folder, hosts, settings = [] }: PostgresOptions): Promise<Postgres> {
  const [host = '127.0.0.1'] = hosts;
  const owner = Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' }));
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  chownSync(folder, owner, -1);
  const data = join(folder, 'data');
  await run('setpriv', [...as, `${bin}/initdb`, '-D', data, '-A', 'trust', '-N', '--locale=C.UTF-8'], { cwd: folder });
  let server: RunningServer | undefined;
  const flags = [`listen_addresses=${hosts.join(',')}`, 'port=5432', `unix_socket_directories=${folder}`, ...settings];
  const args = [...as, `${bin}/postgres`, '-D', data, ...flags.flatMap((flag) => ['-c', flag])];

  const query = async (database: string, sql: string) => {
    const psql = ['-h', folder, '-U', 'postgres', '-d', database, '-XAtqc', sql];
    const { stdout } = await run(`${bin}/psql`, psql, { maxBuffer: 256 * 1024 * 1024 });
    return stdout.split('\n').filter((line) => line !== '');
  };
  const start = async () => {
    server = await startServer('setpriv', args, [{ host, port: 5432 }], { cwd: folder });
    // It listens before it has read its log again.
    for (let tries = 0; ; tries += 1)
      try {
        await query('postgres', 'select 1');
        return;
      } catch (error) {
        if (tries > 600) throw error;
        await wait(100);
      }
  };
  return {
    url: (database, at = host) => `postgres://postgres@${at}:5432/${database}`,
    database: async (name) => {
      await query('postgres', `create database ${name} template template0 locale_provider icu icu_locale 'vi-VN'`);
    },
    query,
    start,
    pid: () => server?.pid ?? 0,
    isRunning: () => server !== undefined && isThere(server.pid),
    kill: async () => {
      const pid = server?.pid;
      if (pid === undefined) return;
      for (const one of [pid, ...childrenOf(pid)])
        try {
          process.kill(one, 'SIGKILL');
        } catch {
          // Gone before us.
        }
      while (isThere(pid)) await wait(20);
    },
    stop: async () => {
      await server?.stop();
    },
  };
}

/** Children of a process, by /proc. */
export function childrenOf(pid: number): readonly number[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8').replace(/^.*\) /, '');
      return stat.split(' ')[1] === String(pid) ? [Number(entry)] : [];
    } catch {
      return [];
    }
  });
}

function isThere(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .startsWith('Z');
  } catch {
    return false;
  }
}
