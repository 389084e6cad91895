import type { FleetFigures } from '../../../src/model/fleet-figures.ts';

/** A fleet in trouble: every figure has a value, and most of them ask for a person. */
export function figuresOf(): FleetFigures {
  const at = '2026-11-26T02:00:00.000Z';
  const worker = {
    zone: 'internet',
    host: 'may-quet-1',
    pid: 77,
    lanes: 1,
    done: 30,
    version: '0.1.0',
    seenAt: '2026-11-26T01:59:50.000Z',
  };
  return {
    at,
    switch: { position: 'paused', at: '2026-11-26T01:00:00.000Z', by: 'Trung úy Lò Văn A', reason: 'Kỳ thi' },
    runs: [
      { kind: 'scan', state: 'finished', count: 12 },
      { kind: 'scan', state: 'running', count: 1 },
    ],
    underWay: [
      {
        run: '20261126-010000',
        kind: 'scan',
        zone: 'internet',
        startedAt: '2026-11-26T01:00:00.000Z',
        waiting: 40,
        done: 60,
        lastAt: '2026-11-26T01:58:00.000Z',
      },
    ],
    zones: [
      {
        zone: 'internet',
        waiting: 40,
        done: 60,
        lanesQueued: 7,
        lanesActive: 2,
        oldestQueued: '2026-11-26T01:50:00.000Z',
        lastFinished: {
          run: '20261118-010000',
          startedAt: '2026-11-18T01:00:00.000Z',
          endedAt: '2026-11-18T02:00:00.000Z',
        },
        durations: [3_600, 7_200],
        connections: 4_321,
        datagrams: 140,
        bytesSent: 5_932_000,
        bytesReceived: 9_000_000,
        observations: [
          { kind: 'tls', result: 'ok', count: 90 },
          { kind: 'tls', result: 'timeout', count: 3 },
        ],
      },
    ],
    workers: [
      { ...worker, id: 'w1', state: 'alive', clockMs: -2_500 },
      { ...worker, id: 'w2', state: 'stale', clockMs: 90_000 },
    ],
    controls: [
      { zone: 'internet', kind: 'tls', family: 4, reading: 'misread' },
      { zone: 'internet', kind: 'http', family: 4, reading: 'right' },
    ],
    scheduler: {
      host: 'may-quet-1',
      pid: 70,
      startedAt: '2026-11-25T01:00:00.000Z',
      at: '2026-11-26T01:50:00.000Z',
      phase: 'off',
      zones: ['internet'],
    },
    feeds: [{ feed: 'kev', date: '2026-10-17T02:00:00.000Z', limitDays: 30 }],
    debt: [{ zone: 'internet', systems: 4, days: 31 }],
    store: { engine: 'postgres', bytes: 1_000_000, freeBytes: 400_000_000, prunedRuns: 1 },
    lastBackup: '2026-11-01T02:00:00.000Z',
  };
}
