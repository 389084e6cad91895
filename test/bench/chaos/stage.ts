import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeAuthority } from '../country/certificates.ts';
import { makeCountry, type CountryOptions, type Province } from '../country/country.ts';
import { dropSilently, groupOf, sourceOf, tagBySource } from '../country/firewall.ts';
import { provinceInventory, type Hours, type Limits } from '../country/inventory.ts';
import { makeSmallDisk, type SmallDisk } from './disk.ts';
import { calmMix } from '../country/personality.ts';
import type { Visit } from '../country/serve.ts';
import { startCountry } from '../country/start.ts';

/** A process of ours under test, and where the country hears it from. */
export type Tagged = {
  readonly child: ChildProcess;
  readonly source: string;
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>;
  /** What it has said so far. */
  readonly said: () => string;
};

export const isGone = ({ child }: Tagged): boolean => child.exitCode !== null || child.signalCode !== null;

/** A small province with its machines, where runs are made and struck. */
export type Stage = {
  readonly country: CountryOptions;
  readonly province: Province;
  readonly limits: Limits;
  readonly inventory: string;
  /** The same inventory, whose document permits only in these hours. */
  readonly inventoryWithin: (hours: Hours) => string;
  readonly roots: string;
  readonly folder: string;
  /** How long anything is waited for before a run counts as not recovered, ms. */
  readonly patienceMs: number;
  /** A folder for one run. */
  readonly newFolder: (name: string) => string;
  /** Puts a small disk under a folder until the end. */
  readonly disk: (path: string, megabytes: number) => SmallDisk;
  /** Starts `rasoat` so that the country can tell it from every other process. */
  readonly rasoat: (args: readonly string[], options?: { readonly env?: NodeJS.ProcessEnv }) => Tagged;
  /** Ends whatever `rasoat` started and is still there, frozen or not. */
  readonly endAll: () => Promise<void>;
  /** What the country heard since the last call, and how late its servers were at worst, ms. */
  readonly heard: () => Promise<{ readonly visits: readonly Visit[]; readonly lagMs: number }>;
  readonly close: () => Promise<void>;
};

const limits: Limits = { connections: 3, perSecond: 40 };

/** By then the machines have closed what nobody closed at the other end. */
const closingMs = 10_000;

export type StageOptions = {
  readonly seed: number;
  readonly endpoints: number;
  readonly patienceMs: number;
  /** Root of the source tree that is tried. */
  readonly tree: string;
};

/** Sets the stage in the network this process is in. */
export async function setStage({ seed, endpoints, patienceMs, tree }: StageOptions): Promise<Stage> {
  const main = join(tree, 'bin/rasoat.cjs');
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
  const started = new Set<Tagged>();
  const endAll = async () => {
    for (const one of started) if (!isGone(one)) one.child.kill('SIGKILL');
    await Promise.all([...started].map(({ ended }) => ended));
    started.clear();
  };
  let others = 0;
  return {
    country,
    province,
    limits,
    inventory,
    inventoryWithin: (hours) => {
      const path = join(folder, `tinh-${String((others += 1))}.yaml`);
      writeFileSync(path, provinceInventory(country, province, limits, hours));
      return path;
    },
    roots,
    folder,
    patienceMs,
    endAll,
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
    rasoat: (args, { env = {} } = {}) => {
      tag += 1;
      const command = [`--regid=${groupOf(tag)}`, '--clear-groups', '--', process.execPath, main, ...args];
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
      const tagged = { child, source: sourceOf(tag), ended, said: () => output };
      started.add(tagged);
      void ended.then(() => started.delete(tagged));
      return tagged;
    },
    heard: async () => {
      // A server tells of a connection when it has seen its end.
      const { served } = running;
      for (const since = Date.now(); (await served()).open > 0 && Date.now() - since < closingMs;) await wait(100);
      return { visits: await running.visits(), lagMs: (await served()).lagMs };
    },
    close: async () => {
      await endAll();
      await running.stop();
      for (const disk of disks) disk.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
