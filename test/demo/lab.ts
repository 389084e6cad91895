import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate } from '../servers/certificates.ts';
import { startMachines } from './lab/machines.ts';
import { startOneStop, startPortal } from './lab/portals.ts';
import { startSites } from './lab/sites.ts';
import type { Bench } from './lab/tools.ts';
import { startNames } from './names.ts';
import { startSilence, type Stop } from './servers.ts';

/** The servers of `inventory/lai-chau.example.yaml`, each with its chosen flaws, on loopback addresses. */
export type Lab = {
  /** Folder with the root certificate that the good servers' chains end in. */
  readonly trust: string;
  /** What runs as the real program rather than in this process. */
  readonly programs: readonly string[];
  /** Connections heard at addresses that no document covers; must stay 0. */
  readonly heardOutOfScope: () => number;
  readonly stop: () => Promise<void>;
};

/** Machines that must never be contacted: a medical device, a police database, a military system. */
const forbidden = ['127.20.66.10', '127.20.98.10', '127.20.99.10'];

/** Starts the whole lab; `folder` holds what the programs write. */
export async function startLab(folder: string): Promise<Lab> {
  const root = await makeCertificate({ name: 'CA thử nghiệm tỉnh Lai Châu', isCa: true, untilDays: 3650 });
  const trust = join(folder, 'trust');
  mkdirSync(trust);
  writeFileSync(join(trust, 'demo-root.pem'), root.certPem);

  const silences = await Promise.all(forbidden.map((address) => startSilence(address, 8443)));
  const programs: string[] = [];
  const stops: Stop[] = silences.map((silence) => silence.stop);
  const bench: Bench = {
    folder,
    issue: (name, wish = {}) => makeCertificate({ name, issuer: root, ...wish }),
    add: async (...servers) => {
      stops.push(...(await Promise.all(servers)));
    },
    runs: (program) => programs.push(program),
  };
  await startPortal(bench);
  await startOneStop(bench);
  await startSites(bench);
  await startMachines(bench);
  await bench.add(startNames('127.20.0.53', 5353));
  const tarpit = await startSilence('127.20.11.10', 8443);
  stops.push(tarpit.stop);

  return {
    trust,
    programs,
    heardOutOfScope: () => silences.reduce((sum, silence) => sum + silence.heard(), 0),
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}
