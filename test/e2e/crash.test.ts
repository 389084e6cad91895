import type { ChildProcess } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockFolder } from '../../src/store/lock.ts';
import { makeCertificates } from '../servers/tls-certificates.ts';
import { startNginx } from '../servers/web-daemon.ts';
import { findingsOf, rasoat, scratch, startRasoat } from './cli.ts';
import { until } from './fleet-lab.ts';
import { sketchInventory } from './inventory.ts';

const folder = scratch();
const servers: Server[] = [];
const count = 40;
/** Requests that came: how far a scan has got, however fast this machine is. */
let asked = 0;

beforeAll(async () => {
  for (let i = 1; i <= count; i += 1) {
    // Slow enough that a kill falls in the middle of something.
    const server = createServer((_request, response) => {
      asked += 1;
      setTimeout(
        () => {
          response.writeHead(200, { Server: `nginx/1.${i}`, 'Content-Type': 'text/html' }).end(`<title>${i}</title>`);
        },
        20 + (i % 7) * 15,
      );
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(8080, `127.0.41.${i}`, resolve));
  }
  const systems = Array.from({ length: count }, (_, i) => ({
    id: `he-thong-${i + 1}`,
    endpoints: [{ kind: 'host', host: `127.0.41.${i + 1}`, services: [{ port: 8080, service: 'http' }] }],
  }));
  writeFileSync(folder.file('inventory.yaml'), sketchInventory(systems));
});

afterAll(() => {
  for (const server of servers) server.close();
  folder.remove();
});

const scanArgs = (out: string) => [
  'scan',
  '--inventory',
  folder.file('inventory.yaml'),
  '--out',
  out,
  '--at-once',
  '2',
  '--ports',
  'connect',
  '--port-list',
  'declared',
  '--no-report',
];

/** Observations that a scan under way has kept. */
function seenIn(out: string): number {
  const database = new DatabaseSync(`${out}/rasoat.sqlite`, { readOnly: true });
  const row = database.prepare('select count(*) as n from observation').get();
  database.close();
  return Number(row?.['n']);
}

describe('a scan that is killed', () => {
  it('ten times with SIGKILL at random points, loses and doubles nothing', async () => {
    const whole = folder.file('whole');
    expect((await rasoat(scanArgs(whole))).code).toBe(1);

    const killed = folder.file('killed');
    let kills = 0;
    const first = startRasoat(scanArgs(killed));
    await killAtWork(first.child);
    await first.ended;
    kills += 1;
    let code: number | null = null;
    for (let round = 0; round < 40 && code !== 1; round += 1) {
      const again = startRasoat(['scan', '--resume', '--out', killed, '--at-once', '2', '--no-report']);
      if (kills < 10) {
        await killAtWork(again.child);
        kills += 1;
      }
      const ended = await again.ended;
      code = ended.code;
    }
    expect(code).toBe(1);
    expect(kills).toBe(10);

    expect(await comparable(killed)).toEqual(await comparable(whole));
    const database = new DatabaseSync(`${killed}/rasoat.sqlite`, { readOnly: true });
    const row = database.prepare('select count(*) as n, count(distinct target || kind) as d from observation').get();
    database.close();
    expect(row?.['n']).toBe(row?.['d']);
    expect(row?.['n']).toBe(count * 2);
    // A dozen processes, one after the other.
  }, 600_000);

  it('by Ctrl-C ends cleanly, says how to go on, and goes on', async () => {
    const out = folder.file('ctrl-c');
    const { child, ended } = startRasoat(scanArgs(out));
    await atWork(child);
    // Something is done, or there would be nothing to go on from.
    await until(() => seenIn(out) > 0);
    child.kill('SIGINT');
    const stopped = await ended;
    expect(stopped.code).toBe(130);
    expect(stopped.err).toContain('rasoat scan --resume');
    const resumed = await rasoat(['scan', '--resume', '--out', out, '--no-report']);
    expect(resumed.err).toMatch(/Resuming run .*: \d+ done, \d+ to go/);
    expect(await comparable(out)).toEqual(await comparable(folder.file('whole')));
    const [run = ''] = (await rasoat(['runs', '--out', out])).out.split(' ');
    const shown = JSON.parse((await rasoat(['runs', 'show', run, '--out', out, '--json'])).out) as {
      targets: { done: number; waiting: number };
      events: { kind: string; detail: { done: number; left: number } }[];
    };
    expect(shown.events.map(({ kind }) => kind)).toEqual(['interrupted', 'taken-up']);
    const { done = 0, left = 0 } = shown.events[1]?.detail ?? {};
    expect(shown.targets).toEqual({ done: done + left, waiting: 0 });
    const told = await rasoat(['runs', 'show', run, '--out', out], { RASOAT_LANG: 'en' });
    expect(told.out).toContain(`Taken up: ${done} done, ${left} target`);
  });

  it('is judged by the roots it began with, not by those of its resumption', async () => {
    const pki = folder.file('pki');
    mkdirSync(pki);
    const { rsa, root } = await makeCertificates(pki);
    const places = Array.from({ length: 3 }, (_, i) => `127.0.41.${101 + i}`);
    const nginx = await startNginx(
      places
        .map(
          (place) =>
            `server { listen ${place}:443 ssl; ssl_certificate ${rsa.chain}; ssl_certificate_key ${rsa.key}; }`,
        )
        .join('\n'),
      { host: '127.0.41.101', port: 443 },
    );
    const roots = folder.file('roots');
    mkdirSync(roots);
    writeFileSync(`${roots}/lab.pem`, root);
    const systems = places.map((place, i) => ({
      id: `tls-${i}`,
      endpoints: [{ kind: 'web', url: `https://${place}/` }],
    }));
    writeFileSync(folder.file('tls.yaml'), sketchInventory(systems));
    const out = folder.file('trust');
    const args = ['scan', '--inventory', folder.file('tls.yaml'), '--out', out, '--at-once', '1', '--no-report'];
    // Not from its own file, which may be empty yet: the process 0 is all of us.
    const { pid } = nginx;
    try {
      // Nobody is answered before the scan is killed.
      process.kill(pid, 'SIGSTOP');
      const { child, ended } = startRasoat([...args, '--trust', roots]);
      await atWork(child);
      child.kill('SIGKILL');
      await ended;
      process.kill(pid, 'SIGCONT');
      const resumed = await rasoat(['scan', '--resume', '--out', out, '--no-report']);
      expect(resumed.code, resumed.err).toBe(1);
      const trust = (await findingsOf(out)).filter(({ check }) => check === 'cert-trusted');
      expect(trust.map(({ outcome }) => outcome)).toEqual(['pass', 'pass', 'pass']);
    } finally {
      await nginx.stop();
    }
  });

  it('makes no folder where there is nothing to resume', async () => {
    const out = folder.file('never-scanned');
    const { code, err } = await rasoat(['scan', '--resume', '--out', out]);
    expect(code).toBe(2);
    expect(err).toContain('no unfinished run');
    expect(existsSync(out)).toBe(false);
  });

  it('refuses a second scan into the same folder meanwhile', async () => {
    const out = folder.file('locked');
    mkdirSync(out);
    const lock = lockFolder(`${out}/rasoat.lock`);
    const second = await rasoat(scanArgs(out));
    lock.release();
    expect(second.code).toBe(2);
    expect(second.err).toContain('another scan is using this output folder');
    expect(existsSync(`${out}/rasoat.sqlite`)).toBe(false);
  });
});

/** Resolves when a scan says that it has begun, or has ended. */
function atWork(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.stderr?.on('data', (data: Buffer) => {
      if (/Run |Resuming/.test(data.toString())) resolve();
    });
    child.once('exit', () => {
      resolve();
    });
  });
}

/** Kills a scan somewhere between its first and its last target. */
async function killAtWork(child: ChildProcess): Promise<void> {
  await atWork(child);
  // Ten times this is a part of all that it asks.
  const at = asked + Math.floor(Math.random() * 5);
  while (asked < at && child.exitCode === null) await wait(2);
  await wait(Math.random() * 50);
  child.kill('SIGKILL');
}

/** Findings without what differs from run to run: its id and the clock. */
async function comparable(out: string): Promise<readonly string[]> {
  return (await findingsOf(out)).map(({ system, target, check, outcome, evidence }) =>
    JSON.stringify([system, target, check, outcome, evidence]),
  );
}
