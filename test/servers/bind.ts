import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startServer, type RunningServer } from './process.ts';

const run = promisify(execFile);

/** A zone as a master file, and how it is signed. */
export type ZoneWish = {
  readonly origin: string;
  /** Master file lines below the SOA, `$ORIGIN` set. */
  readonly lines: readonly string[];
  readonly serial?: number;
  readonly sign?: {
    readonly algorithm: string;
    /** Arguments of dnssec-signzone: `-3 <salt>`, `-e <end>`. */
    readonly args?: readonly string[];
    /** The DS that the parent holds: by digest (`-1`, `-2`), or of a key that is not there. */
    readonly ds?: 'sha1' | 'wrong';
  };
};

/** A zone's file, ready to be served, and the DS lines for its parent. */
export type ZoneFile = { readonly origin: string; readonly path: string; readonly ds: string };

/** Writes a zone into a folder of its own and signs it with BIND's tools. */
export async function makeZone(folder: string, wish: ZoneWish): Promise<ZoneFile> {
  const { origin, sign } = wish;
  const home = join(folder, origin === '.' ? 'root' : origin);
  await mkdir(home, { recursive: true });
  const path = join(home, 'zone');
  const dotted = origin === '.' ? '.' : `${origin}.`;
  const soa = `@ 300 IN SOA ns.${dotted === '.' ? '' : dotted} hostmaster.${dotted === '.' ? '' : dotted} ${wish.serial ?? 1} 3600 900 604800 300`;
  await writeFile(path, [`$ORIGIN ${dotted}`, '$TTL 300', soa, ...wish.lines, ''].join('\n'));
  if (sign === undefined) return { origin, path, ds: '' };
  const keygen = async () => {
    const { stdout } = await run('dnssec-keygen', [
      '-q',
      '-K',
      home,
      '-a',
      sign.algorithm,
      '-f',
      'KSK',
      ...bits(sign.algorithm),
      dotted,
    ]);
    return join(home, `${stdout.trim()}.key`);
  };
  const key = await keygen();
  await writeFile(path, `${await readFile(path, 'utf8')}${await readFile(key, 'utf8')}`);
  await run(
    'dnssec-signzone',
    ['-q', '-P', '-z', '-o', dotted, '-K', home, '-d', home, ...(sign.args ?? []), path, key.replace(/\.key$/, '')],
    { cwd: home },
  );
  const named = sign.ds === 'wrong' ? await keygen() : key;
  const { stdout: ds } = await run('dnssec-dsfromkey', [sign.ds === 'sha1' ? '-1' : '-2', named]);
  return { origin, path: `${path}.signed`, ds };
}

const bits = (algorithm: string) => (algorithm.startsWith('RSA') ? ['-b', '2048'] : []);

/**
 * Starts Debian's named in the foreground, all in one folder: it listens at 127.0.0.1 port `listen` and asks others at
 * port `port`.
 */
export async function startNamed(
  folder: string,
  config: { readonly listen: number; readonly port: number; readonly options: string; readonly zones: string },
): Promise<RunningServer> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
  const { listen, port } = config;
  const file = join(folder, 'named.conf');
  await writeFile(
    file,
    `options {
  directory "${folder}"; pid-file "${folder}/named.pid"; session-keyfile "${folder}/session.key";
  managed-keys-directory "${folder}"; port ${port}; listen-on port ${listen} { 127.0.0.1; };
  listen-on-v6 { none; }; notify no; max-cache-size 8m; ${config.options}
};
controls { };
${config.zones}
`,
  );
  return startServer(
    '/usr/sbin/named',
    ['-g', '-c', file, '-n', '1', '-U', '1', '-4'],
    [{ host: '127.0.0.1', port: listen }],
    { cwd: folder },
  );
}

/** A `zone` statement for a file. */
export const serve = ({ origin, path }: ZoneFile): string => `zone "${origin}" { type primary; file "${path}"; };`;
