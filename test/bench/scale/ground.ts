import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseInventory } from '../../../src/inventory/read.ts';
import { makeAuthority } from '../country/certificates.ts';
import { makeCountry, type CountryOptions, type Province } from '../country/country.ts';
import { dropSilently } from '../country/firewall.ts';
import { provinceInventory, type Limits } from '../country/inventory.ts';
import { startCountry, type RunningCountry } from '../country/start.ts';

/** The country with its servers running and an inventory for each province. */
export type Ground = {
  readonly country: CountryOptions;
  readonly provinces: readonly (Province & { readonly inventory: string })[];
  readonly roots: string;
  readonly folder: string;
  readonly running: RunningCountry;
  readonly close: () => Promise<void>;
};

/** What a document of a province allows here: as the example province's. */
const limits: Limits = { connections: 4, perSecond: 25 };

export async function prepareGround(country: CountryOptions): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'rasoat-scale-'));
  // PostgreSQL runs as another user and passes through.
  chmodSync(folder, 0o711);
  const roots = join(folder, 'roots');
  mkdirSync(roots);
  writeFileSync(join(roots, 'ca.pem'), makeAuthority(country.seed).root);
  const provinces = makeCountry(country).map((province) => {
    const inventory = join(folder, `${province.id}.yaml`);
    const text = provinceInventory(country, province, limits);
    parseInventory(inventory, text);
    writeFileSync(inventory, text);
    return { ...province, inventory };
  });
  dropSilently(country.servers);
  const running = await startCountry(country);
  // They stand for machines elsewhere: they answer when they are asked, whatever the scanner does.
  for (const pid of running.pids) setPriority(pid, -10);
  return {
    country,
    provinces,
    roots,
    folder,
    running,
    close: async () => {
      await running.stop();
      if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The manner of every scan here, told in full so that no machine's tools decide. */
export const manner = (roots: string): readonly string[] => [
  '--trust',
  roots,
  '--ports',
  'connect',
  '--port-list',
  'declared',
  '--no-udp',
];
