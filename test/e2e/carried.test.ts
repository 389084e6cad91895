import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { readKey } from '../../src/keys/ed25519.ts';
import { writeSealed } from '../../src/keys/sealed-lines.ts';
import { importResults } from '../../src/pipeline/carried/import-results.ts';
import { openStore } from '../../src/store/store.ts';
import { rasoat, rasoatHere, scratch, startRasoat } from './cli.ts';
import { until } from './fleet-lab.ts';
import { sketchInventory } from './inventory.ts';

// A zone without a wire: real servers, a store of SQLite, files carried between the commands.
const folder = scratch();
const many = Array.from({ length: 8 }, (_, i) => `127.81.1.${11 + i}`);
const servers: Server[] = [];
const out = folder.file('store');
let asked = 0;

type Yaml = Record<string, unknown> & { zones: object[]; systems: object[]; authorisations: { zones: string[] }[] };
type Line = Record<string, unknown> & { kind: string };
type Told = {
  readonly run: string;
  readonly added: number;
  readonly had: number;
  readonly waiting: number;
  readonly ahead: number;
  readonly state: string;
};

beforeAll(async () => {
  for (const address of many) {
    const server = createServer((_request, response) => {
      asked += 1;
      setTimeout(() => response.writeHead(200, { Server: 'nginx/1.18.0' }).end('<title>1</title>'), 150);
    });
    await new Promise<void>((resolve) => server.listen(8080, address, resolve));
    servers.push(server);
  }
  const systems = many.map((host, i) => ({
    id: `kin-${i + 1}`,
    endpoints: [{ kind: 'host', host, services: [{ port: 8080, service: 'http' }], zones: ['lan-kin'] }],
  }));
  const named = { id: 'co-ten', endpoints: [{ kind: 'web', url: 'http://localhost:8081/', zones: ['lan-kin'] }] };
  const other = { id: 'ngoai', endpoints: [{ kind: 'host', host: '127.81.1.99', zones: ['internet'] }] };
  const whole = parse(sketchInventory([...systems, named, other])) as Yaml;
  whole.zones.push({ id: 'lan-kin', name: 'Mạng kín' });
  whole.systems.push({
    ...whole.systems[0],
    id: 'quan-su',
    excluded: 'quan-su',
    endpoints: [{ kind: 'host', host: '127.81.1.66' }],
  });
  for (const one of whole.authorisations) one.zones.push('lan-kin');
  writeFileSync(folder.file('inventory.yaml'), stringify(whole));
  for (const args of [
    ['plan', 'keygen', folder.file('centre')],
    ['agent', 'keygen', folder.file('may')],
    ['agent', 'keygen', folder.file('la')],
  ])
    expect((await rasoatHere(args)).code).toBe(0);
});
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  folder.remove();
});

async function exported(name: string): Promise<string> {
  const to = folder.file(name);
  const args = [
    'plan',
    'export',
    '--inventory',
    folder.file('inventory.yaml'),
    '--zone',
    'lan-kin',
    '--out',
    out,
    '--to',
    to,
  ];
  const done = await rasoatHere([
    ...args,
    '--key',
    folder.file('centre'),
    '--ports',
    'connect',
    '--port-list',
    'declared',
    '--no-udp',
    '--json',
  ]);
  expect(done.code, done.err).toBe(0);
  return to;
}
const agentArgs = (plan: string, to: string) => [
  'agent',
  'run',
  plan,
  '--trust',
  folder.file('centre.pub'),
  '--key',
  folder.file('may'),
  '--to',
  to,
  '--spool',
  folder.file('spool'),
  '--json',
];
const imported = (file: string, key = 'may.pub') =>
  rasoatHere(['results', 'import', file, '--out', out, '--trust', folder.file(key), '--json']);
const toldOf = (text: string) => JSON.parse(text) as Told;
const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line.slice(65)) as Line)
    .filter(({ kind }) => kind !== 'seal');

let count = 0;
/** Results that an agent with the right key signs, though they are not what was seen. */
function forged(file: string, change: (lines: Line[]) => Line[]): string {
  const to = folder.file(`forged-${(count += 1)}`);
  writeSealed(to, 'results', readKey(folder.file('may'), 'private'), change(structuredClone(linesOf(file))));
  return to;
}

describe('a zone without a wire', () => {
  let plan: string;
  let results: string;

  it('is told of itself alone', async () => {
    plan = await exported('plan.rasoat');
    const text = readFileSync(plan, 'utf8');
    expect(text).toContain('kin-1');
    for (const secret of ['127.81.1.66"', 'quan-su', 'ngoai', '127.81.1.99', 'internet"', 'severity'])
      expect(text, secret).not.toContain(secret);
    const refusals = [
      [['--zone', 'internet'], 'for zone "lan-kin", not for "internet"'],
      [['--trust', folder.file('la.pub')], 'no signature of the trusted key'],
    ] as const;
    for (const [more, words] of refusals) {
      const refused = await rasoatHere([...agentArgs(plan, folder.file('never')), ...more]);
      expect([refused.code, refused.err]).toEqual([2, expect.stringContaining(words)]);
    }
    expect(asked).toBe(0);
  });

  it('is looked at though the agent is killed, and taken in part by part', async () => {
    results = folder.file('results.rasoat');
    const killed = startRasoat([...agentArgs(plan, results), '--at-once', '1']);
    await until(() => asked >= 4);
    killed.child.kill('SIGKILL');
    await killed.ended;
    // What a Ctrl-C leaves can be carried already.
    const early = folder.file('early.rasoat');
    const stopped = startRasoat([...agentArgs(plan, early), '--at-once', '1', '--partial']);
    const before = asked;
    await until(() => asked > before);
    stopped.child.kill('SIGINT');
    expect((await stopped.ended).code).toBe(130);
    const part = await imported(early);
    expect([part.code, part.err]).toEqual([3, '']);
    const first = toldOf(part.out);
    expect(first).toMatchObject({ state: 'interrupted', had: 0 });
    expect(first.added).toBeGreaterThan(0);
    // The run is the zone's: it is not gone on with from here.
    const resumed = await rasoatHere(['scan', '--resume', '--out', out]);
    expect([resumed.code, resumed.out]).toEqual([2, '']);

    const done = await rasoat(agentArgs(plan, results));
    expect(done.code, done.err).toBe(0);
    const rest = await imported(results);
    expect(rest.code, rest.err).toBe(0);
    expect(toldOf(rest.out)).toMatchObject({
      run: first.run,
      state: 'finished',
      had: first.added,
      added: first.waiting,
      waiting: 0,
    });
    const again = await imported(results);
    expect([again.code, toldOf(again.out)]).toEqual([0, { ...toldOf(rest.out), added: 0, had: 9 }]);

    const store = await openStore(`${out}/rasoat.sqlite`);
    const seen = await store.observations(first.run);
    expect(seen.filter(({ ok }) => ok)).toHaveLength(16);
    expect(new Set(seen.map(({ target, kind }) => target + kind)).size).toBe(seen.length);
    const { id } = await store.judgement(first.run);
    expect((await store.findings(id)).length).toBeGreaterThan(50);
    expect((await store.assessments(id)).length).toBeGreaterThan(10);
    expect(await store.track.runs()).toEqual([first.run]);
    expect((await store.runEvents(first.run)).map(({ kind }) => kind)).toContain('carried-in');
    expect((await store.costs(first.run)).map(({ address }) => address)).toEqual(expect.arrayContaining(many));
    await store.close();
  });

  it('whose results were changed, signed by another or of no plan of ours is refused', async () => {
    expect((await imported(results, 'la.pub')).err).toContain('no signature of the trusted key');
    const flipped = folder.file('flipped');
    const bytes = readFileSync(results);
    const at = bytes.indexOf('nginx/1.18.0');
    bytes[at + 11] = 0x39;
    writeFileSync(flipped, bytes);
    const line = bytes.subarray(0, at).filter((byte) => byte === 10).length + 1;
    expect((await imported(flipped)).err).toContain(`Line ${line} was altered`);
    const elsewhere = await rasoatHere([
      'results',
      'import',
      results,
      '--out',
      folder.file('other'),
      '--trust',
      folder.file('may.pub'),
    ]);
    expect(elsewhere.code).toBe(2);
    const strange = forged(results, (all) =>
      all.map((one) => (one.kind === 'results' ? { ...one, run: '20260101-000000-00000000' } : one)),
    );
    expect((await imported(strange)).err).toContain('issued no plan of run');
  });

  it('cannot make its agent say what no document covers', async () => {
    // A plan that was issued and whose results are made up from those of the first.
    const second = await exported('second.rasoat');
    const [head] = linesOf(second);
    const seal = JSON.parse(readFileSync(second, 'utf8').trim().split('\n').at(-1)?.slice(65) ?? '') as Record<
      string,
      unknown
    >;
    const hash = readFileSync(second, 'utf8').trim().split('\n').at(-2)?.slice(0, 64);
    const answer = (change: (lines: Line[]) => Line[]) =>
      forged(results, (all) =>
        change(
          all.map((one) =>
            one.kind === 'results'
              ? { ...one, run: head?.['run'], plan: { hash, lines: seal['lines'], signature: seal['signature'] } }
              : one,
          ),
        ),
      );
    const inResult = (change: (line: Line) => object) => (all: Line[]) => {
      const at = all.findIndex(
        ({ kind, observations }) => kind === 'result' && JSON.stringify(observations).includes('nginx'),
      );
      return all.map((one, index) => (index === at ? { ...one, ...change(one) } : one));
    };
    const contact = {
      address: many[0] ?? '',
      ports: '8080',
      from: '2026-11-26T03:00:00.000Z',
      until: '2026-11-26T03:00:01.000Z',
    };
    const forgeries: readonly (readonly [(lines: Line[]) => Line[], string])[] = [
      [
        inResult((one) => ({ contacts: [...(one['contacts'] as object[]), { ...contact, address: '198.51.100.7' }] })),
        'contact-not-covered',
      ],
      [
        inResult((one) => ({ contacts: [...(one['contacts'] as object[]), { ...contact, address: '127.81.1.66' }] })),
        'contact-not-covered',
      ],
      [
        inResult((one) => ({
          contacts: [...(one['contacts'] as object[]), { ...contact, until: '2098-01-01T00:00:00.000Z' }],
        })),
        'contact-expired',
      ],
      [inResult(() => ({ contacts: [] })), 'seen-without-contact'],
      [inResult(() => ({ target: '127.81.1.99 [127.81.1.99]' })), 'foreign-target'],
      [inResult((one) => ({ observations: (one['observations'] as object[]).slice(1) })), 'other-kinds'],
      [
        inResult((one) => ({
          observations: (one['observations'] as object[]).map((seen) => ({ ...seen, facts: { open: 1 } })),
        })),
        'shape',
      ],
      [(all) => [...all, { kind: 'name', host: 'khac.example', addresses: ['127.0.0.1'] }], 'foreign-name'],
      [
        (all) => [
          ...all,
          {
            kind: 'cost',
            cost: {
              address: '198.51.100.7',
              connections: 1,
              datagrams: 0,
              refusedByGuard: 0,
              bytesSent: 0,
              bytesReceived: 0,
              peakPerSecond: 1,
            },
          },
        ],
        'cost-without-contact',
      ],
      [(all) => all.slice(0, -4).filter(({ kind }) => kind !== 'result'), 'other-counts'],
    ];
    for (const [change, key] of forgeries) {
      const results = answer(change);
      const trust = readKey(folder.file('may.pub'), 'public');
      const taking = importResults({ results, out, trust, feeds: folder.file('no-feeds') });
      await expect(taking, key).rejects.toThrow(`carried.${key}`);
    }
    // Nothing of all that was stored; an observation of the future alone is taken, as none.
    const future = answer(
      inResult((one) => ({
        observations: (one['observations'] as object[]).map((seen) => ({ ...seen, at: '2031-01-01T00:00:00.000Z' })),
      })),
    );
    const taken = await imported(future);
    expect(taken.code, taken.err).toBe(0);
    expect(toldOf(taken.out)).toMatchObject({ state: 'finished', ahead: 2, had: 0, added: 9 });
    const store = await openStore(`${out}/rasoat.sqlite`);
    const refusedLooks = (await store.observations(String(head?.['run']))).filter(
      (one) => !one.ok && one.failure.code === 'undecided',
    );
    expect(refusedLooks).toHaveLength(2);
    expect((await store.runEvents(String(head?.['run']))).map(({ kind }) => kind)).toContain('clock-ahead');
    await store.close();
  });
});
