import type { LaneLooker } from '../../../src/engine/worker/types.ts';
import type { Lane, LookResult } from '../../../src/model/desk.ts';
import type { Target } from '../../../src/model/target.ts';

/** The run that these tests work at. */
export const run = { id: '20261126-000000-00000000', zone: 'internet' };

export const target = (address: string, port = 80): Target => ({
  key: `${address}:${String(port)}`,
  kind: 'web',
  system: 's',
  endpoint: { kind: 'web', url: `http://${address}:${String(port)}/` },
  address,
});

/** Four targets in three lanes. */
export const targets = [target('192.0.2.1'), target('192.0.2.1', 81), target('192.0.2.2'), target('192.0.2.3')];

/** What a lane brings, when everything answers. */
export function resultsOf(lane: Pick<Lane, 'targets'>, sent = 1): readonly LookResult[] {
  return lane.targets.map(({ key, address = '' }) => ({
    target: key,
    observations: [
      {
        kind: 'software',
        target: key,
        zone: run.zone,
        at: '2026-11-26T00:00:00.000Z',
        ms: 1,
        probe: 'software/2',
        ok: true,
        facts: { items: [] },
      },
    ] as unknown as LookResult['observations'],
    costs: [
      {
        address,
        connections: sent,
        datagrams: 0,
        refusedByGuard: 0,
        bytesSent: 10,
        bytesReceived: 20,
        peakPerSecond: 1,
      },
    ],
    resolverCosts: [],
  }));
}

export const laneAt = (lanes: readonly Lane[], address: string): Lane => {
  const lane = lanes.find(({ lease }) => lease.lane === address);
  if (lane === undefined) throw new Error(`no lane ${address}`);
  return lane;
};

/** Of a worker's own; it looks at nothing. */
export const idleLooker: LaneLooker = {
  ready: () => Promise.resolve(true),
  look: () => Promise.reject(new Error('no look was asked for')),
  lookUp: () => Promise.reject(new Error('no name was asked for')),
  controls: () => Promise.resolve(undefined),
  bound: () => undefined,
  bindBy: () => undefined,
  costs: () => [],
  resolverCosts: () => [],
};
