import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { exitCodeOf, exitCodes } from '../../src/cli/exit-codes.ts';
import type { RunControls } from '../../src/model/control.ts';
import type { ReportDocument } from '../../src/report/machine/json-schema.ts';
import { storePlace } from '../../src/store/place.ts';
import { openStore } from '../../src/store/store.ts';
import type { Store } from '../../src/store/types.ts';
import { judgeAgain } from '../../src/pipeline/rejudge.ts';
import { commanded, startControls } from '../servers/controls.ts';
import type { RunningServer } from '../servers/process.ts';
import { scratch, type PublishedFinding } from './cli.ts';
import { sketchInventory } from './inventory.ts';

// IPv4 is read as it is. Over IPv6 a middlebox stands in front of the bad control: it answers as a good server does.
const folder = scratch();
const out = folder.file('out');
const file = folder.file('inventory.yaml');
const four = { good: '127.83.2.1', bad: '127.83.2.2', province: '127.83.2.3' };
const six = { good: 18_443, bad: 18_444, province: 18_445 };
const scanFlags = ['--ports', 'connect', '--port-list', 'declared', '--no-udp'];
let nginx: RunningServer;
let store: Store;
let run = '';
let said = '';
let code = 0;
let findings: readonly PublishedFinding[] = [];

const host = (name: string, address: string, ports: readonly number[]) => ({
  kind: 'host',
  host: name,
  addresses: [address],
  services: ports.map((port) => ({ port, ...(port === 9200 || port === 8990 ? {} : { tls: true }) })),
});

function inventory(): string {
  const sketch = parse(
    sketchInventory(
      [
        { id: 'bon', level: 3, endpoints: [host('bon.test', four.province, [443])] },
        { id: 'sau', level: 3, endpoints: [host('sau.test', '::1', [six.province])] },
      ],
      {},
      { networks: ['127.83.2.0/24', '::1/128'] },
    ),
  ) as { zones: Record<string, unknown>[] };
  const control = (id: string, expects: 'good' | 'bad', endpoint: unknown) => ({ id, expects, endpoint });
  const [zone] = sketch.zones;
  return stringify({
    ...sketch,
    zones: [
      {
        ...zone,
        controls: [
          control('tot-4', 'good', host('tot.test', four.good, [443])),
          control('xau-4', 'bad', host('xau.test', four.bad, [443, 9200, 8990])),
          control('tot-6', 'good', host('tot6.test', '::1', [six.good])),
          control('xau-6', 'bad', host('xau6.test', '::1', [six.bad, 9200, 8990])),
        ],
      },
    ],
  });
}

beforeAll(async () => {
  nginx = await startControls(folder.path, [
    { kind: 'good', address: four.good, name: 'tot.test' },
    { kind: 'bad', address: four.bad, name: 'xau.test' },
    { kind: 'bad', address: four.province, name: 'bon.test' },
    { kind: 'good', address: '::1', port: six.good, name: 'tot6.test' },
    { kind: 'good', address: '::1', port: six.bad, name: 'xau6.test' },
    { kind: 'good', address: '::1', port: six.province, name: 'sau.test' },
  ]);
  writeFileSync(file, inventory());
  const scan = await commanded('scan', '--inventory', file, '--out', out, ...scanFlags);
  [said, code] = [`${scan.err}${scan.out}`, scan.code];
  const told = await commanded('findings', '--json', '--out', out);
  findings = told.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as PublishedFinding);
  run = findings[0]?.run ?? '';
  store = await openStore(storePlace(out));
});

afterAll(async () => {
  await store.close();
  await nginx.stop();
  folder.remove();
});

const of = (system: string, check: string) => findings.find((one) => one.system === system && one.check === check);

describe('a run whose control over IPv6 misread', () => {
  it('gives no verdict over IPv6 of what was read so, and says which control, which check, expected and got', () => {
    const own = findings.filter(({ system, outcome }) => system === 'sau' && outcome !== 'not-applicable');
    expect(own.length).toBeGreaterThan(20);
    expect(own.filter(({ outcome }) => outcome !== 'not-observed')).toEqual([]);
    const { code: why, detail } = of('sau', 'tls-protocols')?.cause?.failure ?? { code: '', detail: '' };
    expect(why).toBe('control');
    expect(detail).toMatch(/^control xau-6 over IPv6: \S+ must fail, got pass, looked at 2/);
  });

  it('keeps its verdicts over IPv4, where the same checks were read right', () => {
    const own = findings.filter(({ system }) => system === 'bon');
    const withheld = own.filter(({ cause }) => cause?.failure.code === 'control');
    // Whether no other service shares the key is told by all others, those over IPv6 too.
    expect(withheld.map(({ check }) => check)).toEqual(['tls-sslv2-key']);
    expect(of('bon', 'tls-protocols')?.outcome).toBe('fail');
    expect(of('bon', 'database-ports')?.outcome).not.toBe('pass');
  });

  it('says so while it runs, in its summary, and in what it lived through', async () => {
    expect(said).toContain('Control xau-6 was misread');
    expect(said).toMatch(/Controls: .*IPv4 read right \(TLS, Ports, Software\).*IPv6 MISREAD \(TLS/);
    expect(said).toMatch(/Because a control was misread or not read, \d+ verdicts of this run became not observed/);
    expect(said).toContain('Our own control servers received');
    // Something is not met over IPv4.
    expect(code).toBe(1);
    const shown = await commanded('runs', 'show', run, '--out', out);
    expect(shown.out.match(/Control xau-6 was misread: \S+ must fail, got pass/g)?.length).toBeGreaterThanOrEqual(2);
    expect(shown.out).not.toMatch(/-4 was misread|tot-6 was misread/);
  });

  it('keeps what it saw of controls apart from the province: no target, no finding, no cost of theirs', async () => {
    const rounds = await store.controls.rounds(run);
    expect(rounds.map(({ looks }) => new Set(looks.map(({ control }) => control)).size)).toEqual([4, 4]);
    expect((await store.targets(run)).map(({ system }) => system)).toEqual(['bon', 'bon', 'sau', 'sau']);
    expect(new Set(findings.map(({ system }) => system))).toEqual(new Set(['bon', 'sau']));
    const spent = (await store.costs(run)).map(({ address }) => address);
    expect(spent.toSorted()).toEqual([four.province, '::1']);
    expect(rounds[0]?.costs.map(({ address }) => address).toSorted()).toEqual([four.good, four.bad, '::1']);
  });

  it('is shown control by control, expected and got, with what nothing vouches for', async () => {
    const shown = await commanded('controls', 'show', '--out', out);
    expect(shown.code).toBe(1);
    expect(shown.out).toContain('● TLS over IPv4: read right (1 target)');
    expect(shown.out).toContain('▲ TLS over IPv6: MISREAD, so nothing read of 1 target counts');
    expect(shown.out).toContain('▲ tls-protocols: expected Fail, got Pass');
    expect(shown.out).toContain('● tls-protocols: expected Fail, got Fail');
    const { readings, standings } = JSON.parse(
      (await commanded('controls', 'show', '--json', '--run', run, '--out', out)).out,
    ) as RunControls;
    expect(standings.map(({ family, kind, state }) => `${String(family)} ${kind} ${state}`)).toEqual(
      expect.arrayContaining(['4 tls right', '4 ports right', '6 tls misread', '6 ports unread']),
    );
    expect(new Set(readings.map(({ round }) => round))).toEqual(new Set([0, 1]));
  });

  it('leaves too little observed of what it would not vouch for', async () => {
    const { id } = await store.judgement(run);
    const assessments = await store.assessments(id);
    const own = assessments.filter(({ system, coverage }) => system === 'sau' && coverage.needed > 0);
    expect(own.length).toBeGreaterThan(5);
    expect(exitCodeOf(own)).toBe(exitCodes.tooLittleSeen);
  });

  it('lists its controls in a dry run, under which document, and sends them nothing', async () => {
    const dry = await commanded('scan', '--inventory', file, '--dry-run', ...scanFlags);
    expect(dry.out).toMatch(
      /Control servers, read before and after:\n {2}tot-4 ● tot\.test \[127\.83\.2\.1\] .*01\/QĐ-TEST/,
    );
  });

  it('is told by the JSON report and by its first page, without naming a control’s place', async () => {
    const report = JSON.parse((await commanded('export', '--format', 'json', '--out', out)).out) as ReportDocument;
    const withheld = findings.filter(({ cause }) => cause?.failure.code === 'control').length;
    expect(report.controls?.withheld).toBe(withheld);
    expect(report.controls?.standings).toContainEqual({
      family: 6,
      kind: 'tls',
      targets: 1,
      state: 'misread',
      by: ['good', 'bad'],
    });
    expect(JSON.stringify(report)).not.toContain('xau6.test');
    for (const page of ['index.html', 'kiem-tra.html']) {
      const html = readFileSync(join(out, 'report', page), 'utf8');
      expect(html).toContain(`${String(withheld)} kết luận bị giữ lại`);
      expect(html).not.toContain('xau6.test');
    }
  });

  it('lets a verification read controls too, only by the kinds that it looks by', async () => {
    const { lives } = store.track;
    const life = (await lives()).find(({ system, check }) => system === 'bon' && check === 'tls-protocols');
    const again = await commanded('verify', life?.id ?? '', '--inventory', file, '--out', out, '--json');
    expect(JSON.parse(again.out)).toMatchObject({ result: 'not-fixed' });
    const [verification] = await store.verifications();
    const rounds = await store.controls.rounds(verification?.id ?? '');
    const kinds = rounds.flatMap(({ looks }) =>
      looks.flatMap(({ observations }) => observations.map(({ kind }) => kind)),
    );
    expect([rounds.length, new Set(kinds)]).toEqual([2, new Set(['tls'])]);
  });

  it('reads the same by the same law, and anew by another: the facts of its controls stay', async () => {
    const again = await commanded('rejudge', run, '--out', out, '--json');
    expect(again.out).not.toContain('"what":"finding"');
    const one = await store.run(run);
    const { lawbook } = await store.judgement(run);
    if (one === undefined) throw new Error('no run');
    const lax = { ...lawbook, reference: { ...lawbook.reference, controls: { asOf: 'x', good: {}, bad: {} } } };
    const outcome = async (by: typeof lawbook) =>
      (await judgeAgain(store, one, by)).findings.find((f) => f.system === 'sau' && f.check === 'tls-protocols')
        ?.outcome;
    expect(await outcome(lawbook)).toBe('not-observed');
    expect(await outcome(lax)).toBe('pass');
  });
});
