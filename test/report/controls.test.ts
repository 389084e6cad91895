import { describe, expect, it } from 'vitest';
import type { ControlStanding, RunControls } from '../../src/model/control.ts';
import { failure } from '../../src/model/failure.ts';
import type { ReportData } from '../../src/model/report-data.ts';
import { ownData } from '../../src/report/own-data.ts';
import { redact } from '../../src/report/redact/redact.ts';
import { controls } from '../../src/report/view/controls.ts';
import { reportIndex } from '../../src/report/view/report-index.ts';
import { fixture } from './fixture.ts';

const secret = 'doi-chung.rieng.example';
const standing = (wish: Partial<ControlStanding>): ControlStanding => ({
  family: 4,
  kind: 'tls',
  targets: 12,
  state: 'right',
  by: ['good', 'bad'],
  ...wish,
});
const run: RunControls = {
  standings: [
    standing({}),
    standing({ kind: 'http', state: 'misread' }),
    standing({ kind: 'software', state: 'unread' }),
    standing({ family: null, kind: 'dns', state: 'none', by: [] }),
  ],
  readings: [
    {
      control: 'c',
      expects: 'good',
      target: `https://${secret}/ [192.0.2.250]`,
      family: 4,
      round: 0,
      check: 'csp',
      kinds: ['http'],
      expected: 'pass',
      got: 'fail',
      why: null,
      result: 'misread',
      at: '2026-11-22T14:00:00.000Z',
    },
  ],
  costs: [
    {
      address: '192.0.2.250',
      connections: 9,
      datagrams: 0,
      refusedByGuard: 0,
      bytesSent: 1,
      bytesReceived: 1,
      peakPerSecond: 1,
    },
  ],
  resolverCosts: [],
};
const cause = { kind: 'http' as const, failure: failure('control', 'control c over IPv4: csp must pass, got fail') };
const base = fixture();
const data: ReportData = {
  ...base,
  controls: run,
  inventory: {
    ...base.inventory,
    zones: base.inventory.zones.map((zone) => ({
      ...zone,
      controls: [{ id: 'c', expects: 'good', endpoint: { kind: 'web', url: `https://${secret}/` } }],
    })),
  },
  findings: base.findings.map((one, at) => (at < 3 ? { ...one, outcome: 'not-observed', evidence: [], cause } : one)),
};

describe('what a page tells of controls', () => {
  it('is a few words a family, the worst first, and how much was withheld', () => {
    const view = controls(reportIndex(data));
    expect(view?.withheld).toBe(3);
    expect(
      view?.groups.map(({ tone, family, word, kinds }) => [tone, family.key, word.key, ...kinds.map(({ key }) => key)]),
    ).toEqual([
      ['not-met', 'controls.family.4', 'controls.word.misread', 'words.kind.http'],
      ['not-met', 'controls.family.4', 'controls.word.unread', 'words.kind.software'],
      ['met', 'controls.family.4', 'controls.word.right', 'words.kind.tls'],
      ['unproven', 'controls.family.name', 'controls.word.none', 'words.kind.dns'],
    ]);
  });

  it('is that nothing vouches where no control was read, and nothing where nothing is known', () => {
    const none = { ...run, standings: [standing({ state: 'none', by: [] })] };
    expect(controls(reportIndex({ ...data, controls: none }))?.groups).toEqual([]);
    expect(controls(reportIndex(base))).toBeNull();
  });
});

describe('our own servers are nobody’s to know', () => {
  it.each([
    ['a copy that travels', redact(data)],
    ['what an owner is shown', ownData(data, data.inventory.systems[0]?.owner ?? '')],
  ])('%s', (_, copy) => {
    const text = JSON.stringify(copy);
    expect(text).not.toContain(secret);
    expect(text).not.toContain('192.0.2.250');
    expect(copy.controls?.standings.length).toBeGreaterThan(0);
    expect(controls(reportIndex(copy))).not.toBeNull();
  });

  it('and an owner’s copy counts its own targets alone', () => {
    const own = ownData(data, data.inventory.systems[0]?.owner ?? '');
    for (const { targets } of own.controls?.standings ?? []) expect(targets).toBeLessThanOrEqual(own.targets.length);
  });
});
