import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';

const run = promisify(execFile);
const launcher = fileURLToPath(new URL('../../bin/rasoat.cjs', import.meta.url));

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'rasoat-home-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** Runs a short command with its home and cache there; what it said on standard error. */
async function start(cache?: string): Promise<string> {
  const { NODE_COMPILE_CACHE: _, XDG_CACHE_HOME: __, ...env } = process.env;
  const own = { ...env, HOME: home, ...(cache === undefined ? {} : { XDG_CACHE_HOME: cache }) };
  const { stdout, stderr } = await run(process.execPath, [launcher, '--version'], { env: own });
  expect(stdout).toMatch(/^rasoat \d/);
  return stderr;
}

async function kept(folder: string): Promise<number> {
  return (await readdir(folder, { recursive: true }).catch(() => [])).length;
}

it('what was compiled is kept in the cache of the user, closed to others', async () => {
  await start();
  const folder = join(home, '.cache', 'rasoat', 'compiled');
  expect((await stat(folder)).mode & 0o077).toBe(0);
  expect(await kept(folder)).toBeGreaterThan(10);
});

it.each([
  [
    'anybody may write to',
    async (cache: string) => {
      await mkdir(cache);
      await chmod(cache, 0o777);
    },
  ],
  [
    'is a link',
    async (cache: string) => {
      await mkdir(join(home, 'elsewhere'), { mode: 0o700 });
      await symlink(join(home, 'elsewhere'), cache);
    },
  ],
  [
    'is a file',
    async (cache: string) => {
      await writeFile(cache, '');
    },
  ],
] as const)('nothing is kept, and nothing said, where the place %s', async (_what, prepare) => {
  const cache = join(home, 'cache');
  await prepare(cache);
  expect(await start(cache)).toBe('');
  expect(await kept(join(cache, 'rasoat', 'compiled'))).toBe(0);
});
