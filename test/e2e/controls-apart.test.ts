import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { openFeeds } from '../../src/feeds/open.ts';
import { readKey } from '../../src/keys/ed25519.ts';
import { writeSealed } from '../../src/keys/sealed-lines.ts';
import type { ControlRound } from '../../src/model/control.ts';
import { importResults } from '../../src/pipeline/carried/import-results.ts';
import { openFleet, type Fleet } from '../../src/pipeline/fleet/fleet.ts';
import { work } from '../../src/pipeline/fleet/worker.ts';
import { serveAgent } from '../../src/pipeline/zones/serve-agent.ts';
import { startZones } from '../../src/pipeline/zones/serve-zones.ts';
import { storePlace } from '../../src/store/place.ts';
import { openStore } from '../../src/store/store.ts';
import type { Store } from '../../src/store/types.ts';
import { commanded, startControls } from '../servers/controls.ts';
import { startPostgresLab, type PostgresLab } from '../servers/postgres.ts';
import type { RunningServer } from '../servers/process.ts';
import { scratch } from './cli.ts';
import { folderOn } from './fleet-lab.ts';
import { sketchInventory } from './inventory.ts';

// Whoever looks from elsewhere reads the controls of its own zone: a worker, an agent over HTTPS, a plan that is carried. In front
// of the bad control of each zone something answers as a good server does.
const folder = scratch();
const file = folder.file('inventory.yaml');
const noFeeds = folder.file('no-feeds');
const zones = { internet: '127.87.1', kin: '127.87.2' } as const;
type Zone = keyof typeof zones;
const gate = '127.87.3.1';
const flags = ['--ports', 'connect', '--port-list', 'declared', '--no-udp'];
let nginx: RunningServer;
let lab: PostgresLab;
let fleet: Fleet;
let out: string;

const host = (address: string, more: object = {}) => ({
  kind: 'host',
  host: address,
  services: [{ port: 443, tls: true }],
  ...more,
});

function inventory(): string {
  const systems = (Object.keys(zones) as Zone[]).flatMap((zone) =>
    [3, 4].map((last) => ({
      id: `${zone}-${last}`,
      endpoints: [host(`${zones[zone]}.${last}`, { zones: [zone] })],
    })),
  );
  const whole = parse(sketchInventory(systems)) as { zones: object[]; authorisations: { zones: string[] }[] };
  whole.zones = (Object.keys(zones) as Zone[]).map((zone) => ({
    id: zone,
    name: zone,
    controls: [
      { id: `tot-${zone}`, expects: 'good', endpoint: host(`${zones[zone]}.1`) },
      { id: `xau-${zone}`, expects: 'bad', endpoint: host(`${zones[zone]}.2`) },
    ],
  }));
  for (const one of whole.authorisations) one.zones = Object.keys(zones);
  return stringify(whole);
}

beforeAll(async () => {
  const servers = Object.values(zones).flatMap((network) =>
    [1, 2, 3, 4].map((last) => ({
      kind: last < 3 ? ('good' as const) : ('bad' as const),
      address: `${network}.${last}`,
    })),
  );
  nginx = await startControls(folder.path, servers);
  writeFileSync(file, inventory());
  lab = await startPostgresLab(gate);
  out = folderOn(folder.path, 'centre', await lab.database('apart'));
  fleet = await openFleet(out);
});
afterAll(async () => {
  await fleet.close();
  await lab.stop();
  await nginx.stop();
  folder.remove();
});

/** What a run came to: its controls read from `zone` before all that was seen and after it, and no verdict by what was misread. */
async function expectWithheld(store: Store, run: string, zone: Zone): Promise<readonly ControlRound[]> {
  expect((await store.run(run))?.state).toBe('finished');
  const rounds = await store.controls.rounds(run);
  for (const { looks, costs } of rounds) {
    expect(new Set(looks.map(({ control }) => control))).toEqual(new Set([`tot-${zone}`, `xau-${zone}`]));
    const ours = [`${zones[zone]}.1`, `${zones[zone]}.2`];
    expect(costs.map(({ address }) => address).toSorted()).toEqual(ours);
  }
  const read = rounds.flatMap(({ looks }) => looks.flatMap((look) => look.observations.map(({ at }) => at))).toSorted();
  const seen = (await store.observations(run)).filter(({ ok, kind }) => ok && kind === 'tls').map(({ at }) => at);
  expect(seen).toHaveLength(2);
  for (const at of seen) expect([(read[0] ?? '') < at, (read.at(-1) ?? '') > at]).toEqual([true, true]);
  const { id } = await store.judgement(run);
  const findings = (await store.findings(id)).filter(({ check }) => check === 'tls-protocols');
  expect(findings).toHaveLength(2);
  for (const { outcome, cause } of findings) {
    expect([outcome, cause?.failure.code]).toEqual(['not-observed', 'control']);
    expect(cause?.failure.detail).toContain(`control xau-${zone} over IPv4`);
  }
  const told = await store.runEvents(run);
  expect(new Set(told.filter(({ kind }) => kind === 'control-misread').map(({ detail }) => detail['control']))).toEqual(
    new Set([`xau-${zone}`]),
  );
  return rounds;
}

/** Scans a zone by whoever works there meanwhile. */
async function scanned(zone: Zone, working: (signal: AbortSignal) => Promise<unknown>): Promise<string> {
  const stop = new AbortController();
  const works = working(stop.signal);
  const scan = await commanded(
    ...['scan', '--workers', '--inventory', file, '--zone', zone, '--out', out, '--no-report', ...flags],
  );
  stop.abort(new Error('done'));
  await works;
  expect([1, 3], scan.err).toContain(scan.code);
  return (await fleet.store.runs()).find((run) => run.zone === zone)?.id ?? '';
}

describe('a bad control that reads good takes the verdicts away', () => {
  it('of what a worker saw', async () => {
    const how = { out, zone: 'internet', feeds: noFeeds, atOnce: 1 };
    const run = await scanned('internet', (signal) => work({ ...how, signal }));
    expect(await expectWithheld(fleet.store, run, 'internet')).toHaveLength(2);
  });

  it('of what an agent of another network saw', async () => {
    const at = folder.file('may');
    const settings = folder.file('pki/zones.yaml');
    for (const args of [
      ['zones', 'keygen', '--to', folder.file('pki'), '--host', gate],
      ['agent', 'request', '--to', at, '--name', 'may'],
      [
        'zones',
        'enroll',
        `${at}/agent.csr`,
        '--settings',
        settings,
        '--zone',
        'kin',
        '--name',
        'may',
        '--to',
        `${at}/agent.pem`,
      ],
    ]) {
      const done = await commanded(...args);
      expect(done.code, done.err).toBe(0);
    }
    const feeds = await openFeeds(noFeeds);
    const gateway = await startZones({ listen: `${gate}:0`, settings, fleet, feeds });
    const how = {
      centre: `https://${gate}:${gateway.port}`,
      cert: `${at}/agent.pem`,
      key: `${at}/agent.key`,
      ca: folder.file('pki/ca.pem'),
      spool: folder.file('agent-spool'),
      ahead: 2,
      atOnce: 2,
      feeds: noFeeds,
    };
    try {
      const run = await scanned('kin', (signal) => serveAgent({ ...how, signal }));
      await expectWithheld(fleet.store, run, 'kin');
    } finally {
      await gateway.close();
      feeds.close();
    }
  });

  it('of what results carry, which tell whole readings of the plan’s own controls or are refused', async () => {
    const [plan, results, own] = [folder.file('plan'), folder.file('results'), folder.file('own')];
    const keys = [folder.file('centre-key'), folder.file('agent-key')] as const;
    const commands = [
      ['plan', 'keygen', keys[0]],
      ['agent', 'keygen', keys[1]],
      ['plan', 'export', '--inventory', file, '--zone', 'kin', '--out', own, '--to', plan, '--key', keys[0], ...flags],
      [
        'agent',
        'run',
        plan,
        '--trust',
        `${keys[0]}.pub`,
        '--key',
        keys[1],
        '--to',
        results,
        '--spool',
        folder.file('spool'),
      ],
    ];
    for (const args of commands) {
      const done = await commanded(...args);
      expect(done.code, done.err).toBe(0);
    }
    const text = readFileSync(plan, 'utf8');
    expect(text).toContain('xau-kin');
    for (const secret of ['xau-internet', 'tot-internet', '127.87.1.']) expect(text, secret).not.toContain(secret);

    type Line = { kind: string; round: ControlRound; contacts: { address: string }[] };
    const lines = readFileSync(results, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line.slice(65)) as Line)
      .filter(({ kind }) => kind !== 'seal');
    const looksLike = (change: (look: ControlRound['looks'][number]) => object) => (line: Line) => [
      { ...line, round: { ...line.round, looks: line.round.looks.map(change) } },
    ];
    const forgeries: readonly (readonly [(line: Line) => readonly object[], string])[] = [
      [() => [], 'controls-missing'],
      [
        (line) => [
          { ...line, round: { ...line.round, looks: line.round.looks.filter((one) => one.control !== 'xau-kin') } },
        ],
        'controls-misfit',
      ],
      [looksLike((look) => ({ ...look, control: look.control.replace('kin', 'internet') })), 'controls-misfit'],
      [looksLike((look) => ({ ...look, observations: look.observations.slice(1) })), 'controls-misfit'],
      [looksLike((look) => ({ ...look, target: { ...look.target, address: '127.87.2.3' } })), 'controls-misfit'],
      [
        (line) => [{ ...line, contacts: line.contacts.map((one) => ({ ...one, address: '198.51.100.7' })) }],
        'contact-not-covered',
      ],
      [(line) => [{ ...line, contacts: [] }], 'seen-without-contact'],
    ];
    const trust = readKey(`${keys[1]}.pub`, 'public');
    for (const [index, [change, key]] of forgeries.entries()) {
      const forged = folder.file(`forged-${index}`);
      const made = lines.flatMap((line) => (line.kind === 'controls' ? change(line) : [line]));
      expect(made).not.toEqual(lines);
      writeSealed(forged, 'results', readKey(keys[1], 'private'), made);
      const taking = importResults({ results: forged, out: own, trust, feeds: noFeeds });
      await expect(taking, `${key} ${index}`).rejects.toThrow(`carried.${key}`);
    }
    const store = await openStore(storePlace(own));
    expect(await store.runs()).toEqual([]);
    await store.close();
    const { run } = await importResults({ results, out: own, trust, feeds: noFeeds });
    const after = await openStore(storePlace(own));
    expect(await expectWithheld(after, run.id, 'kin')).toHaveLength(2);
    await after.close();
  });
});
