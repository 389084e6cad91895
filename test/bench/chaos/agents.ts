import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { cutOff, lanesEach, shortLease, type Base } from './base.ts';
import { startFleetRun, type FleetRun } from './fleet.ts';
import { until, within } from './patience.ts';
import type { Stage, Tagged } from './stage.ts';

/** Agents of another network with their keys, and the gateway's; their centre is the database's. */
export type Zone = { readonly base: Base; readonly pki: string };

const agents = 3;
const port = 8443;
/** Where the agent of this number, from 1, finds the gateway: each can be cut off alone. */
const doorOf = (number: number): string => `127.86.10.${number}`;
const nameOf = (number: number): string => `may-${number}`;
const settingsOf = (alone: boolean): string => (alone ? 'zones-alone.yaml' : 'zones.yaml');

/** Makes the keys as an operator would. */
export async function foundZone(stage: Stage, base: Base): Promise<Zone> {
  const pki = join(stage.newFolder('zone'), 'pki');
  const rasoat = async (...args: readonly string[]) => {
    const { code, output } = await within(stage.patienceMs, args.join(' '), stage.rasoat(args).ended);
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}: ${output}`);
  };
  const numbers = Array.from({ length: agents }, (_, at) => at + 1);
  await rasoat('zones', 'keygen', '--to', pki, '--host', ...numbers.map(doorOf));
  for (const name of numbers.map(nameOf)) {
    const own = join(pki, name);
    await rasoat('agent', 'request', '--to', own, '--name', name);
    const where = ['--settings', join(pki, 'zones.yaml'), '--zone', 'internet', '--name', name];
    await rasoat('zones', 'enroll', join(own, 'agent.csr'), ...where, '--to', join(own, 'agent.pem'));
    if (name === nameOf(1)) copyFileSync(join(pki, settingsOf(false)), join(pki, settingsOf(true)));
  }
  return { base, pki };
}

/** A run over agents; the workers of a fleet's run are its agents. */
export type AgentRun = FleetRun & {
  readonly gateway: () => Tagged;
  /** Starts a gateway where the last one was, and waits until it listens. */
  readonly openGateway: () => Promise<void>;
  /** Starts the agent of this number, from 1, once more at its own spool. */
  readonly restart: (number: number) => Tagged;
  /** Results that lie in an agent's spool, as it stands on the disk. */
  readonly spooled: (number: number) => number;
};

/** `alone`: by the first agent, which no other is listed beside: it goes on in a cut. */
export async function startAgentRun(stage: Stage, { base, pki }: Zone, alone = false): Promise<AgentRun> {
  const spools = stage.newFolder('spools');
  const again: Tagged[] = [];
  let gateway: Tagged | undefined;
  let out = '';
  const openGateway = async () => {
    const place = ['--zones', `0.0.0.0:${port}`, '--settings', join(pki, settingsOf(alone))];
    const opened = stage.rasoat(['serve', ...place, '--out', out], { env: shortLease });
    gateway = opened;
    await until(stage.patienceMs, 'the gateway', () => {
      if (opened.child.exitCode !== null) throw new Error(`the gateway ended: ${opened.said()}`);
      return opened.said().includes('listens at');
    });
  };
  const spoolOf = (number: number) => join(spools, nameOf(number));
  const serve = (number: number) => {
    const own = join(pki, nameOf(number));
    const keys = ['--cert', join(own, 'agent.pem'), '--key', join(own, 'agent.key'), '--ca', join(pki, 'ca.pem')];
    const manner = ['--spool', spoolOf(number), '--at-once', String(lanesEach), '--ahead', String(lanesEach)];
    return stage.rasoat(['agent', 'serve', '--centre', `https://${doorOf(number)}:${port}`, ...keys, ...manner]);
  };
  const run = await startFleetRun(stage, base, {
    workers: alone ? 1 : agents,
    crew: async (folder) => {
      out = folder;
      await openGateway();
      return serve;
    },
  });
  return {
    ...run,
    gateway: () => {
      if (gateway === undefined) throw new Error('no gateway');
      return gateway;
    },
    openGateway,
    restart: (number) => {
      const agent = serve(number);
      again.push(agent);
      return agent;
    },
    spooled: (number) => entriesIn(spoolOf(number)),
    finish: async () => {
      await run.finish();
      for (const agent of [...again, ...(gateway === undefined ? [] : [gateway])]) {
        agent.child.kill('SIGTERM');
        const { code, output } = await within(stage.patienceMs, 'the end of an agent', agent.ended);
        if (code !== 0) throw new Error(`an agent or its gateway ended with ${String(code)}: ${output}`);
      }
    },
  };
}

/** Cuts the agent of this number, from 1, off from the gateway. */
export const cutAgent = (number: number): (() => void) => cutOff(doorOf(number), port);

/** The agent has its file for itself alone: a copy of it and of its journal is read. */
function entriesIn(spool: string): number {
  const [from, copy] = [join(spool, 'outbox.sqlite'), join(spool, 'copy.sqlite')];
  try {
    for (const end of ['', '-wal']) if (existsSync(from + end)) copyFileSync(from + end, copy + end);
    const database = new DatabaseSync(copy);
    try {
      return Number(database.prepare('SELECT count(*) AS n FROM entry WHERE results IS NOT NULL').get()?.['n'] ?? 0);
    } finally {
      database.close();
    }
  } catch {
    // Copied amid a change of the file.
    return 0;
  } finally {
    for (const end of ['', '-wal', '-shm']) rmSync(copy + end, { force: true });
  }
}
