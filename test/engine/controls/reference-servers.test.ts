import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { controlTargets } from '../../../src/inventory/controls.ts';
import { neededKinds } from '../../../src/inventory/targets.ts';
import type { ControlLook, ControlReading } from '../../../src/model/control.ts';
import { controlKinds, type Control } from '../../../src/model/inventory/control.ts';
import { kinds } from '../../../src/model/observation.ts';
import { createControlReader } from '../../../src/pipeline/control-readings.ts';
import { readLawbook } from '../../../src/pipeline/lawbook.ts';
import { createHttpProbe } from '../../../src/probe/http/probe.ts';
import { observeTarget } from '../../../src/probe/observe.ts';
import { createPortsProbe } from '../../../src/probe/ports/probe.ts';
import { softwareFromHttp, softwareFromPorts } from '../../../src/probe/software/probe.ts';
import { createTlsProbe } from '../../../src/probe/tls/probe.ts';
import { inventory } from '../../inventory/make.ts';
import { commanded, printed, startControls } from '../../servers/controls.ts';
import type { RunningServer } from '../../servers/process.ts';
import { openWire } from '../../servers/tls-wire.ts';

// Good and bad on 443 with their unencrypted sides; the good one by its name on another port too.
const host = { good: '127.83.1.1', bad: '127.83.1.2' } as const;
const folder = mkdtempSync(join(tmpdir(), 'rasoat-controls-'));
const lawbook = await readLawbook();
const expectations = lawbook.reference.controls;
const checks = new Map(lawbook.checks.map((check) => [check.id, check]));
let nginx: RunningServer;
let controls: readonly Control[];
const looks: ControlLook[] = [];

beforeAll(async () => {
  nginx = await startControls(folder, [
    { kind: 'good', address: host.good },
    { kind: 'bad', address: host.bad },
  ]);
  controls = [...(await inventoryOf('good')), ...(await inventoryOf('bad'))];
  const wire = openWire();
  const { signal } = new AbortController();
  const never = { id: 'none/1', observe: () => Promise.reject(new Error('not asked')) };
  const probes = {
    tls: createTlsProbe(),
    // As fast as it goes: these servers are ours.
    http: createHttpProbe({ resolve: () => Promise.resolve([]), requestsPerSecond: 10_000 }),
    // The shortest list: what was declared. Whatever holds under it holds under a longer one.
    ports: createPortsProbe({ engine: 'connect', ports: [], udp: false }),
    dns: never,
    mail: never,
    softwareFromHttp,
    softwareFromPorts,
  };
  const seen = controls.flatMap((control) =>
    controlTargets(control, []).map(async (target): Promise<ControlLook> => {
      const observations = await observeTarget(target, neededKinds(target), {
        wire,
        probes,
        deadlineMs: 60_000,
        signal,
      });
      return { control: control.id, target, observations };
    }),
  );
  looks.push(...(await Promise.all(seen)));
});

afterAll(async () => {
  await nginx.stop();
  rmSync(folder, { recursive: true });
});

/** The controls that the printed comments tell to write into an inventory. */
async function inventoryOf(kind: 'good' | 'bad'): Promise<readonly Control[]> {
  const text = await printed('controls', 'nginx', kind, '--address', host[kind]);
  const comments = text.split('\n').flatMap((line) => (line.startsWith('#   ') ? [line.slice(4)] : []));
  return parse(comments.slice(comments.findIndex((line) => line.startsWith('- '))).join('\n')) as Control[];
}

function read(own: readonly Control[], seen: readonly ControlLook[]): readonly ControlReading[] {
  const whole = inventory({});
  const zones = [{ id: 'internet', name: 'Internet', controls: own }];
  return createControlReader({ inventory: { ...whole, zones }, zone: 'internet', lawbook }).read([{ looks: seen }]);
}

describe('what our reference servers must be read as', () => {
  test('names checks that are there, and under the kind that they read', () => {
    for (const expects of controlKinds) {
      for (const kind of kinds) {
        for (const id of expectations?.[expects][kind]?.checks ?? [])
          expect([expects, kind, id, checks.get(id)?.reads]).toEqual([expects, kind, id, [kind]]);
      }
    }
  });

  test('holds of real nginx with the printed configuration, all of it', () => {
    const readings = read(controls, looks);
    expect(readings.filter(({ result }) => result !== 'right')).toEqual([]);
    for (const expects of controlKinds) {
      const told = new Set(readings.filter((one) => one.expects === expects).map(({ check }) => check));
      const wanted = (['tls', 'http', 'ports', 'software'] as const).flatMap(
        (kind) => expectations?.[expects][kind]?.checks ?? [],
      );
      expect([...told].sort()).toEqual([...new Set(wanted)].sort());
    }
  });

  test('tells the two apart: each in the place of the other is read wrong by every kind', () => {
    const other = { good: 'bad', bad: 'good' } as const;
    const swapped = controls.map((control) => ({ ...control, expects: other[control.expects] }));
    const readings = read(swapped, looks);
    for (const expects of controlKinds) {
      for (const kind of ['tls', 'http', 'ports', 'software'] as const) {
        const own = readings.filter((one) => one.expects === expects && one.kinds.includes(kind));
        expect([expects, kind, own.some(({ result }) => result !== 'right')]).toEqual([expects, kind, true]);
      }
    }
  });
});

test('what is asked wrongly is refused before anything is printed', async () => {
  for (const args of [
    ['good'],
    ['worse', '--address', '192.0.2.1'],
    ['good', '--address', 'a.example'],
    ['good', '--address', '192.0.2.1', '--port', '70000'],
    ['good', '--address', '192.0.2.1', '--name', 'a b'],
    ['good', '--address', '192.0.2.1', '--folder', '/etc/nginx; reboot'],
  ]) {
    expect(await commanded('controls', 'nginx', ...args)).toMatchObject({ code: 2, out: '' });
  }
});
