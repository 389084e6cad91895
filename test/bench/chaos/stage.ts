import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAuthority } from '../country/certificates.ts';
import { makeCountry, type CountryOptions, type Province } from '../country/country.ts';
import { dropSilently, groupOf, sourceOf, tagBySource } from '../country/firewall.ts';
import { provinceInventory, type Limits } from '../country/inventory.ts';
import { makeSmallDisk, type SmallDisk } from './disk.ts';
import { calmMix } from '../country/personality.ts';
import type { Visit } from '../country/serve.ts';
import { startCountry } from '../country/start.ts';

/** A process of ours under test, and where the country hears it from. */
export type Tagged = {
  readonly child: ChildProcess;
  readonly source: string;
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>;
};

/** A small province with its machines, where runs are made and struck. */
export type Stage = {
  readonly country: CountryOptions;
  readonly province: Province;
  readonly limits: Limits;
  readonly inventory: string;
  readonly roots: string;
  readonly folder: string;
  /** A folder for one run. */
  readonly newFolder: (name: string) => string;
  /** Puts a small disk under a folder until the end. */
  readonly disk: (path: string, megabytes: number) => SmallDisk;
  /** Starts `rasoat` so that the country can tell it from every other process. */
  readonly rasoat: (
    args: readonly string[],
    options?: { readonly before?: readonly string[]; readonly env?: NodeJS.ProcessEnv },
  ) => Tagged;
  /** What the country heard since the last call, and how late its servers were at worst, ms. */
  readonly heard: () => Promise<{ readonly visits: readonly Visit[]; readonly lagMs: number }>;
  readonly close: () => Promise<void>;
};

const limits: Limits = { connections: 3, perSecond: 40 };
const main = join(import.meta.dirname, '../../../bin/rasoat.cjs');

/** Sets the stage in the network this process is in. */
export async function setStage(seed: number, endpoints: number): Promise<Stage> {
  const country: CountryOptions = {
    seed,
    provinces: 1,
    systems: Math.ceil(endpoints / 3),
    endpoints,
    servers: 1,
    mix: calmMix,
  };
  const [province] = makeCountry(country);
  if (province === undefined) throw new Error('a country without a province');
  const folder = mkdtempSync(join(tmpdir(), 'rasoat-chaos-'));
  // PostgreSQL runs as another user and passes through.
  chmodSync(folder, 0o711);
  const inventory = join(folder, 'tinh.yaml');
  const roots = join(folder, 'roots');
  mkdirSync(roots);
  writeFileSync(join(roots, 'ca.pem'), makeAuthority(seed).root);
  writeFileSync(inventory, provinceInventory(country, province, limits));
  dropSilently(country.servers);
  tagBySource();
  const running = await startCountry(country, { log: true });
  // The servers are the measure: they must not be late because the scanner is busy.
  for (const pid of running.pids) setPriority(pid, -15);
  let tag = 0;
  const disks: SmallDisk[] = [];
  return {
    country,
    province,
    limits,
    inventory,
    roots,
    folder,
    newFolder: (name) => {
      let [path, at] = [join(folder, name), 1];
      while (existsSync(path)) path = join(folder, `${name}-${(at += 1)}`);
      mkdirSync(path);
      return path;
    },
    disk: (path, megabytes) => {
      const disk = makeSmallDisk(path, megabytes);
      disks.push(disk);
      return disk;
    },
    rasoat: (args, { before = [], env = {} } = {}) => {
      tag += 1;
      const command = [`--regid=${groupOf(tag)}`, '--clear-groups', '--', ...before, process.execPath, main, ...args];
      const child = spawn('setpriv', command, {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, RASOAT_FEEDS: join(folder, 'no-feeds'), RASOAT_LANG: 'en', NO_COLOR: '1', ...env },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-20_000)));
      const ended = new Promise<{ code: number | null; output: string }>((resolve) => {
        child.once('close', (code) => {
          resolve({ code, output });
        });
      });
      return { child, source: sourceOf(tag), ended };
    },
    heard: async () => ({ visits: await running.visits(), lagMs: (await running.served()).lagMs }),
    close: async () => {
      await running.stop();
      for (const disk of disks) disk.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
