import { spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { text as streamText } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../../src/engine/watch/log.ts';
import { parseListen } from '../../../src/engine/watch/listen-place.ts';
import { createReadiness } from '../../../src/engine/watch/ready.ts';
import { startWatch, type Watch } from '../../../src/engine/watch/start.ts';
import { UserError } from '../../../src/model/errors.ts';
import type { FleetFigures } from '../../../src/model/fleet-figures.ts';
import { figuresOf } from './figures.ts';

const host = '127.84.1.1';
const lines: string[] = [];
const log = createLog({ name: 'test', level: 'debug', destination: { write: (line) => lines.push(line) } });
let figures: () => Promise<FleetFigures> = () => Promise.resolve(figuresOf());
let ready = true;
let read = 0;
let watch: Watch;

beforeAll(async () => {
  watch = await startWatch({
    listen: `${host}:0`,
    role: 'scheduler',
    version: '0.1.0',
    log,
    figuresForMs: 0,
    figures: () => {
      read += 1;
      return figures();
    },
    ready: [{ name: 'store', check: () => Promise.resolve({ ok: ready, detail: 'reachable' }) }],
  });
  watch.metrics.lane({ zone: 'tslcd', seconds: 2, outcome: 'done' });
  watch.metrics.delivered('tslcd', 'kept');
  watch.metrics.setLanesUnderWay('tslcd', 3);
});
afterAll(async () => {
  await watch.close();
});
const get = (path: string, init: RequestInit = {}) => fetch(`http://${watch.address}${path}`, init);

describe('metrics', () => {
  it('are what promtool takes, complaining of nothing', async () => {
    const response = await get('/metrics');
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await response.text();
    const { status, stdout, stderr } = spawnSync('/usr/bin/promtool', ['check', 'metrics'], {
      input: text,
      encoding: 'utf8',
    });
    expect(`${stdout}${stderr}`).toBe('');
    expect(status).toBe(0);
    expect(spawnSync('/usr/bin/promtool', ['check', 'metrics'], { input: `${text}x{\n` }).status).not.toBe(0);
  });

  it('tell the fleet: switch, runs, queues, workers, what was sent, debt, feeds, controls, store and this process', async () => {
    const text = await (await get('/metrics')).text();
    for (const line of [
      'rasoat_build_info{role="scheduler",version="0.1.0"} 1',
      'rasoat_switch{position="paused"} 1',
      'rasoat_switch{position="on"} 0',
      'rasoat_scheduler{phase="silent"} 1',
      'rasoat_runs{kind="scan",state="finished"} 12',
      'rasoat_runs{kind="verification",state="running"} 0',
      'rasoat_targets{zone="internet",state="waiting"} 40',
      'rasoat_lanes_queued{zone="internet"} 7',
      'rasoat_oldest_lane_wait_seconds{zone="internet"} 600',
      'rasoat_workers{zone="internet",state="alive"} 1',
      'rasoat_workers{zone="internet",state="stale"} 1',
      'rasoat_worker_clock_offset_seconds{zone="internet"} 2.5',
      'rasoat_observations{zone="internet",kind="tls",result="timeout"} 3',
      'rasoat_connections_total{zone="internet"} 4321',
      'rasoat_last_finished_run_age_seconds{zone="internet"} 691200',
      'rasoat_coverage_debt_seconds{zone="internet"} 2678400',
      'rasoat_feed_data_age_seconds{feed="kev"} 3456000',
      'rasoat_controls{zone="internet",reading="misread"} 1',
      'rasoat_store_bytes{engine="postgres"} 1000000',
      'rasoat_scan_duration_seconds_bucket{le="3600",zone="internet"} 1',
      'rasoat_scan_duration_seconds_count{zone="internet"} 2',
      'rasoat_worker_lane_seconds_count{zone="tslcd",outcome="done"} 1',
      'rasoat_worker_results_total{zone="tslcd",result="kept"} 1',
      'rasoat_worker_lanes_under_way{zone="tslcd"} 3',
    ])
      expect(text).toContain(`${line}\n`);
    expect(text).toMatch(/^process_resident_memory_bytes \d/m);
    expect(text).toMatch(/^process_cpu_seconds_total \d/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m);
  });

  it('have no label but words of closed lists and ids: never a host, an address, a system', async () => {
    figures = () =>
      Promise.resolve({
        ...figuresOf(),
        controls: [
          { zone: '10.1.2.3:443', kind: 'tls', family: 4, reading: 'right' },
          { zone: 'evil"} 1\nforged 1 {a="', kind: 'tls', family: 4, reading: 'right' },
        ],
      });
    const text = await (await get('/metrics')).text();
    expect(text).toMatch(/^rasoat_switch_set_seconds 3600$/m);
    figures = () => {
      const { switch: _unset, lastBackup: _none, ...rest } = figuresOf();
      return Promise.resolve(rest);
    };
    // What is not known is not 0.
    expect(await (await get('/metrics')).text()).not.toMatch(/^rasoat_(?:switch_set|last_backup_age)_seconds \d/m);
    figures = () => Promise.resolve(figuresOf());
    const labels = new Set([...text.matchAll(/[{,]([a-zA-Z_]+)="/g)].map(([, label]) => label));
    expect([...labels].sort()).toEqual(
      [
        'engine',
        'feed',
        'kind',
        'kind',
        'le',
        'outcome',
        'phase',
        'position',
        'reading',
        'result',
        'role',
        'space',
        'state',
        'type',
        'version',
        'zone',
        'major',
        'minor',
        'patch',
      ]
        .filter((label, index, all) => all.indexOf(label) === index && labels.has(label))
        .sort(),
    );
    expect(text).not.toMatch(/10\.1\.2\.3|may-quet-1|forged|evil/);
    expect(text).toMatch(/^rasoat_dropped_series_total [1-9]/m);
  });

  it('show the last figures, and count, when the store cannot be read; one reading at a time', async () => {
    const before = read;
    let release: (value: FleetFigures) => void = () => undefined;
    figures = () => new Promise((resolve) => (release = resolve));
    // Both in one piece, so that the second has come when the first is read for.
    const [address = '', port = ''] = watch.address.split(':');
    const socket = connect({ host: address, port: Number(port) });
    socket.write(
      'GET /metrics HTTP/1.1\r\nHost: x\r\n\r\nGET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    );
    while (read === before) await new Promise((resolve) => setTimeout(resolve, 5));
    release(figuresOf());
    const told = await streamText(socket);
    expect(told.match(/^HTTP\/1\.1 200 /gm)).toHaveLength(2);
    expect(told.match(/^rasoat_lanes_queued/gm)?.length).toBeGreaterThanOrEqual(2);
    expect(read).toBe(before + 1);
    figures = () => Promise.reject(Object.assign(new Error('password=hunter22 refused'), { code: 'ECONNREFUSED' }));
    const text = await (await get('/metrics')).text();
    figures = () => Promise.resolve(figuresOf());
    expect(text).toContain('rasoat_figures_failures_total 1');
    expect(text).toContain('rasoat_lanes_queued{zone="internet"} 7');
    expect(lines.join('')).toContain('figures not read');
    expect(lines.join('')).not.toContain('hunter22');
  });
});

describe('health', () => {
  it('lives, and is ready or says what is missing', async () => {
    const health = await get('/healthz');
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({ ok: true, role: 'scheduler', version: '0.1.0' });
    ready = true;
    expect(await (await get('/readyz')).json()).toEqual({
      ready: true,
      checks: [{ name: 'store', ok: true, detail: 'reachable' }],
    });
    const never = createReadiness([
      { name: 'slow', check: () => Promise.reject(Object.assign(new Error('to 10.0.0.1'), { code: 'ECONNREFUSED' })) },
    ]);
    expect(await never()).toEqual({ ready: false, checks: [{ name: 'slow', ok: false, detail: 'ECONNREFUSED' }] });
  });

  it('answers 503 when it is not ready', async () => {
    ready = false;
    const other = await startWatch({
      listen: `${host}:0`,
      role: 'worker',
      version: '0',
      log,
      ready: [{ name: 'store', check: () => Promise.resolve({ ok: ready, detail: 'behind' }) }],
    });
    const response = await fetch(`http://${other.address}/readyz`);
    expect(response.status).toBe(503);
    expect(await (await fetch(`http://${other.address}/metrics`)).text()).not.toContain('rasoat_lanes_queued{');
    await other.close();
  });

  it('serves nothing else, to no other method, and outlives what is no HTTP', async () => {
    expect((await get('/')).status).toBe(404);
    expect((await get('/__proto__')).status).toBe(404);
    expect((await get('/metrics/..%2fhealthz')).status).toBe(404);
    expect((await get('/healthz', { method: 'POST', body: 'x'.repeat(10_000) })).status).toBe(405);
    const head = await get('/healthz', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const [address = '', port = ''] = watch.address.split(':');
    await new Promise<void>((resolve) => {
      const socket = connect({ host: address, port: Number(port) }, () =>
        socket.end('\u0016\u0003\u0001 garbage\r\n\r\n'),
      );
      socket
        .on('close', () => {
          resolve();
        })
        .on('error', () => undefined)
        .resume();
    });
    expect((await get('/healthz')).status).toBe(200);
  });
});

describe('where it listens', () => {
  it('is this machine unless an address says otherwise', () => {
    expect(parseListen('9464')).toEqual({ host: '127.0.0.1', port: 9464 });
    expect(parseListen('10.1.2.3:9464')).toEqual({ host: '10.1.2.3', port: 9464 });
    expect(parseListen('[::1]:9464')).toEqual({ host: '::1', port: 9464 });
    for (const bad of ['', 'x', 'host.example:9464', '::1:9464', '[10.0.0.1]:1', '1.2.3.4:70000', '-1', '1.2.3:4'])
      expect(() => parseListen(bad)).toThrow(UserError);
  });

  it('is refused in words where something listens already, and told when it is beyond this machine', async () => {
    await expect(startWatch({ listen: watch.address, role: 'x', version: '0', log })).rejects.toThrow(UserError);
    expect(lines.join('')).not.toContain('beyond this machine');
    // Nobody connects to it.
    const open = await startWatch({ listen: '0.0.0.0:0', role: 'x', version: '0', log });
    await open.close();
    expect(lines.join('')).toContain('beyond this machine');
  });
});
