import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { ComparedEndpoint } from '../../src/pipeline/compare-zones.ts';
import { findingsOf, rasoat, scratch, type PublishedFinding } from './cli.ts';
import { sketchInventory } from './inventory.ts';

const folder = scratch();
const servers: Server[] = [];

async function serve(host: string, port: number): Promise<Server> {
  const server = createServer((_request, response) => response.end('<title>x</title>'));
  servers.push(server);
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}

const both = '127.61.10.1';
const inner = '127.61.10.2';
const shut = '127.61.10.3';

/** Two zones, one document for both. */
function inventory(): string {
  const sketch = parse(
    sketchInventory(
      [
        {
          id: 'chung',
          endpoints: [{ kind: 'host', host: both, services: [{ port: 8081 }, { port: 8082 }, { port: 8083 }] }],
        },
        { id: 'noi-bo', endpoints: [{ kind: 'web', url: `http://${inner}:8080/`, zones: ['tslcd'] }] },
        { id: 'dong', endpoints: [{ kind: 'host', host: shut, services: [{ port: 22 }], zones: ['tslcd'] }] },
      ],
      { zones: ['internet', 'tslcd'] },
      { networks: ['127.61.0.0/16'] },
    ),
  ) as Record<string, unknown>;
  return stringify({
    ...sketch,
    zones: [
      { id: 'internet', name: 'Internet' },
      { id: 'tslcd', name: 'Mạng truyền số liệu chuyên dùng' },
    ],
  });
}

const file = folder.file('inventory.yaml');
/** Another machine scans from the other zone, and has a folder of its own. */
const [outer, within] = [folder.file('internet'), folder.file('tslcd')];
const runs: Record<string, string> = {};
let outerFindings: readonly PublishedFinding[] = [];

async function scan(zone: string, out: string): Promise<void> {
  const flags = ['--ports', 'connect', '--port-list', 'declared', '--no-udp', '--no-report', '--json'];
  const { out: printed, err } = await rasoat(['scan', '--inventory', file, '--zone', zone, '--out', out, ...flags]);
  expect(err).not.toContain('Error');
  runs[zone] = (JSON.parse(printed) as { run: string }).run;
}

beforeAll(async () => {
  writeFileSync(file, inventory());
  const early = await serve(both, 8081);
  await serve(both, 8082);
  await serve(inner, 8080);
  await scan('internet', outer);
  outerFindings = await findingsOf(outer);
  // Between the two looks one service stops and another begins: to the scans, as a firewall between zones would show it.
  early.close();
  early.closeAllConnections();
  await serve(both, 8083);
  await scan('tslcd', within);
}, 400_000);

afterAll(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
  folder.remove();
});

describe('an endpoint that is meant for another zone', () => {
  const exposure = (system: string) =>
    outerFindings.filter((one) => one.system === system && one.check === 'zone-exposure');

  it('is a finding where it answers', () => {
    expect(exposure('noi-bo')).toMatchObject([
      { outcome: 'fail', severity: 'high', evidence: [{ at: '/ports/open/0' }] },
    ]);
  });

  it('passes where it says that nothing is open', () => {
    expect(exposure('dong')).toMatchObject([{ outcome: 'pass' }]);
  });

  it('is judged by no other check: it is not there for this zone', () => {
    const others = outerFindings.filter((one) => one.system !== 'chung' && one.check !== 'zone-exposure');
    expect(others).toEqual([]);
  });

  it('is in the plan of a dry run, and asked no more than whether it answers', async () => {
    const plan = await rasoat([
      'scan',
      '--inventory',
      file,
      '--zone',
      'internet',
      '--dry-run',
      '--json',
      '--port-list',
      'declared',
    ]);
    const { targets, otherZone } = JSON.parse(plan.out) as {
      targets: { system: string; offZone: boolean; ports: string; udpPorts: string; decision: string }[];
      otherZone: number;
    };
    expect(targets.map(({ system, offZone, ports, decision }) => [system, offZone, ports, decision])).toEqual([
      ['chung', false, '8081-8083', 'contact'],
      ['noi-bo', true, '8080', 'contact'],
      ['dong', true, '22', 'contact'],
    ]);
    expect(targets.map(({ udpPorts }) => udpPorts)).toEqual(['53,123,161,500,623', '', '']);
    expect(otherZone).toBe(0);
  });

  it('is judged as any other from its own zone', async () => {
    const own = (await findingsOf(within)).filter(({ system }) => system === 'noi-bo');
    expect(own.map(({ check }) => check)).not.toContain('zone-exposure');
    expect(own.find(({ check }) => check === 'http-cleartext')?.outcome).toBe('fail');
  });
});

describe('rasoat zones compare', () => {
  const compare = (...args: string[]) =>
    rasoat([
      'zones',
      'compare',
      runs['internet'] ?? '',
      runs['tslcd'] ?? '',
      '--out',
      outer,
      '--with',
      within,
      ...args,
    ]);
  const ports = (list: ComparedEndpoint['both']) => list.map(({ protocol, port }) => `${protocol}/${port}`);

  it('lists what is open to one zone, to the other, to both, and what could not be told', async () => {
    const { code, out } = await compare('--json');
    expect(code).toBe(1);
    const compared = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as ComparedEndpoint);
    expect(compared.map(({ system }) => system)).toEqual(['chung', 'noi-bo', 'dong']);
    const [shared, inside] = compared;
    expect(shared).toMatchObject({ endpoint: both, meant: null, first: { zone: 'internet', addresses: [both] } });
    expect(ports(shared?.onlyFirst ?? [])).toEqual(['tcp/8081']);
    expect(ports(shared?.onlySecond ?? [])).toEqual(['tcp/8083']);
    expect(ports(shared?.both ?? [])).toEqual(['tcp/8082']);
    expect(inside).toMatchObject({
      meant: ['tslcd'],
      both: [{ port: 8080, first: 'open', second: 'open' }],
      unmeant: [{ zone: 'internet', port: 8080, protocol: 'tcp' }],
    });
  });

  it('says it to a person too', async () => {
    const { code, out } = await compare();
    expect(code).toBe(1);
    expect(out).toContain('open to internet only: tcp/8081');
    expect(out).toContain('open to tslcd only: tcp/8083');
    expect(out).toContain('not meant for internet, yet open to it: tcp/8080');
    const vietnamese = await compare('--lang', 'vi');
    expect(vietnamese.out).toContain('chỉ mở với internet: tcp/8081');
  });

  it('refuses two runs of one zone, and a run that is not there', async () => {
    const one = runs['internet'] ?? '';
    const same = await rasoat(['zones', 'compare', one, one, '--out', outer]);
    expect([same.code, same.err]).toEqual([2, expect.stringContaining('both runs are from zone internet')]);
    const unknown = await rasoat(['zones', 'compare', one, 'no-such-run', '--out', outer]);
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('no run "no-such-run"')]);
  });
});

describe('the list of ports', () => {
  it('is kept with the run', async () => {
    const { out } = await rasoat(['runs', '--out', outer, '--json']);
    expect(JSON.parse(out)).toMatchObject({ zone: 'internet', portList: { name: 'declared', ports: '' } });
    expect((await rasoat(['runs', '--out', outer])).out).toContain('declared');
  });

  it('decides what may be said: nothing undeclared was asked, so nothing is said of it', () => {
    const of = (check: string) => outerFindings.find((one) => one.system === 'chung' && one.check === check);
    expect(of('undeclared-ports')).toMatchObject({
      outcome: 'not-observed',
      cause: { failure: { code: 'undecided' } },
    });
    expect(of('database-ports')).toMatchObject({ outcome: 'not-observed', cause: { failure: { code: 'not-run' } } });
    expect(of('declared-services')).toMatchObject({ outcome: 'fail' });
    expect(of('snmp-public-community')).toMatchObject({
      outcome: 'not-observed',
      cause: { failure: { code: 'not-run' } },
    });
  });

  it('is one of four', async () => {
    const { code, err } = await rasoat([
      'scan',
      '--inventory',
      file,
      '--port-list',
      'some',
      '--out',
      folder.file('none'),
    ]);
    expect([code, err]).toEqual([2, expect.stringContaining('port-list')]);
  });
});
