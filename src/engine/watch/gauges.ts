import { runKinds, type FleetFigures } from '../../model/fleet-figures.ts';
import { dayMs } from '../../model/day.ts';
import { runStates } from './run-states.ts';
import { schedulerPhases, silentAfterMs } from '../../model/scheduler.ts';
import { switchPositions } from '../../model/switch.ts';

/** Values of one series; labels are words of closed lists and ids of zones. */
export type Sample = { readonly labels: Readonly<Record<string, string>>; readonly value: number };
type Gauge = {
  readonly name: string;
  readonly help: string;
  readonly type: 'gauge' | 'counter';
  readonly labels: readonly string[];
  readonly samples: (figures: FleetFigures) => readonly Sample[];
};

const seconds = (from: string, to: string): number => Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
const one = (value: number): readonly Sample[] => [{ labels: {}, value }];

/** One gauge or counter with a value a zone, where there is one. */
function perZone(
  name: string,
  help: string,
  value: (zone: FleetFigures['zones'][number], figures: FleetFigures) => number | undefined,
  type: Gauge['type'] = 'gauge',
): Gauge {
  return {
    name,
    help,
    type,
    labels: ['zone'],
    samples: (figures) =>
      figures.zones.flatMap((zone) => {
        const one = value(zone, figures);
        return one === undefined ? [] : [{ labels: { zone: zone.zone }, value: one }];
      }),
  };
}

/** Everything that is told of the fleet. Never a host, an address or a system: a metrics server keeps what it is given, and shows it to many. */
export const fleetGauges: readonly Gauge[] = [
  {
    name: 'rasoat_switch',
    help: 'Whether scanning goes on: 1 at the position that the switch is in.',
    type: 'gauge',
    labels: ['position'],
    samples: ({ switch: set }) =>
      switchPositions.map((position) => ({
        labels: { position },
        value: position === (set?.position ?? 'on') ? 1 : 0,
      })),
  },
  {
    name: 'rasoat_switch_set_seconds',
    help: 'Time since the switch was last set.',
    type: 'gauge',
    labels: [],
    samples: ({ switch: set, at }) => (set === undefined ? [] : one(seconds(set.at, at))),
  },
  {
    name: 'rasoat_scheduler',
    help: 'What the scheduler is about, 1 at its phase; silent: it has not been heard of for long. Absent: there never was one.',
    type: 'gauge',
    labels: ['phase'],
    samples: ({ scheduler, at }) => {
      if (scheduler === undefined) return [];
      const { phase } = scheduler;
      const silent = phase !== 'ended' && seconds(scheduler.at, at) * 1000 > silentAfterMs;
      return [...schedulerPhases, 'silent' as const].map((one) => ({
        labels: { phase: one },
        value: one === (silent ? 'silent' : phase) ? 1 : 0,
      }));
    },
  },
  {
    name: 'rasoat_runs',
    help: 'Runs in the store by kind and state.',
    type: 'gauge',
    labels: ['kind', 'state'],
    samples: ({ runs }) =>
      runKinds.flatMap((kind) =>
        runStates.map((state) => ({
          labels: { kind, state },
          value: runs.find((some) => some.kind === kind && some.state === state)?.count ?? 0,
        })),
      ),
  },
  {
    name: 'rasoat_targets',
    help: 'Targets of the runs under way, by zone and whether they were looked at.',
    type: 'gauge',
    labels: ['zone', 'state'],
    samples: ({ zones }) =>
      zones.flatMap(({ zone, waiting, done }) => [
        { labels: { zone, state: 'waiting' }, value: waiting },
        { labels: { zone, state: 'done' }, value: done },
      ]),
  },
  perZone('rasoat_lanes_queued', 'Lanes that wait for a worker.', ({ lanesQueued }) => lanesQueued),
  perZone('rasoat_lanes_active', 'Lanes that a worker has.', ({ lanesActive }) => lanesActive),
  perZone('rasoat_oldest_lane_wait_seconds', 'How long the oldest queued lane has waited.', (zone, { at }) =>
    zone.lanesQueued === undefined ? undefined : zone.oldestQueued === undefined ? 0 : seconds(zone.oldestQueued, at),
  ),
  {
    name: 'rasoat_workers',
    help: 'Workers that said of themselves lately, by zone and whether they still live.',
    type: 'gauge',
    labels: ['zone', 'state'],
    samples: ({ workers, zones }) =>
      workers === undefined
        ? []
        : [...new Set([...zones.map(({ zone }) => zone), ...workers.map(({ zone }) => zone)])].flatMap((zone) =>
            (['alive', 'stale'] as const).map((state) => ({
              labels: { zone, state },
              value: workers.filter((worker) => worker.zone === zone && worker.state === state).length,
            })),
          ),
  },
  {
    name: 'rasoat_worker_clock_offset_seconds',
    help: 'The farthest that the clock of a living worker of the zone is from that of the store.',
    type: 'gauge',
    labels: ['zone'],
    samples: ({ workers = [] }) =>
      [...Map.groupBy(workers, ({ zone }) => zone)].flatMap(([zone, some]) => {
        const offsets = some.flatMap(({ state, clockMs }) => (state === 'alive' ? (clockMs ?? []) : []));
        return offsets.length === 0 ? [] : [{ labels: { zone }, value: Math.max(...offsets.map(Math.abs)) / 1000 }];
      }),
  },
  {
    name: 'rasoat_observations',
    help: 'Observations of the newest scan of the zone, by kind and how they ended (ok or the code of a failure).',
    type: 'gauge',
    labels: ['zone', 'kind', 'result'],
    samples: ({ zones }) =>
      zones.flatMap(({ zone, observations }) =>
        observations.map(({ kind, result, count }) => ({ labels: { zone, kind, result }, value: count })),
      ),
  },
  perZone(
    'rasoat_connections_total',
    'TCP connections opened toward targets by all scans of the store.',
    ({ connections }) => connections,
    'counter',
  ),
  perZone('rasoat_datagrams_total', 'UDP datagrams sent toward targets.', ({ datagrams }) => datagrams, 'counter'),
  perZone('rasoat_sent_bytes_total', 'Bytes sent toward targets.', ({ bytesSent }) => bytesSent, 'counter'),
  perZone(
    'rasoat_received_bytes_total',
    'Bytes received from targets.',
    ({ bytesReceived }) => bytesReceived,
    'counter',
  ),
  perZone(
    'rasoat_last_finished_run_age_seconds',
    'Time since the newest finished scan of the zone ended.',
    (zone, { at }) => (zone.lastFinished === undefined ? undefined : seconds(zone.lastFinished.endedAt, at)),
  ),
  {
    name: 'rasoat_coverage_debt_systems',
    help: 'Systems past the day on which they were to be looked at.',
    type: 'gauge',
    labels: ['zone'],
    samples: ({ debt = [] }) => debt.map(({ zone, systems }) => ({ labels: { zone }, value: systems })),
  },
  {
    name: 'rasoat_coverage_debt_seconds',
    help: 'Time that these systems are past it, added up; of whole days.',
    type: 'gauge',
    labels: ['zone'],
    samples: ({ debt = [] }) => debt.map(({ zone, days }) => ({ labels: { zone }, value: (days * dayMs) / 1000 })),
  },
  {
    name: 'rasoat_controls',
    help: 'Control targets by how they were last read.',
    type: 'gauge',
    labels: ['zone', 'reading'],
    samples: ({ controls }) =>
      [...Map.groupBy(controls, ({ zone }) => zone)].flatMap(([zone, some]) =>
        (['right', 'misread', 'unread'] as const).map((reading) => ({
          labels: { zone, reading },
          value: some.filter((control) => control.reading === reading).length,
        })),
      ),
  },
  {
    name: 'rasoat_feed_data_age_seconds',
    help: 'Age of the data of each feed in the folder of feeds.',
    type: 'gauge',
    labels: ['feed'],
    samples: ({ feeds, at }) => feeds.map(({ feed, date }) => ({ labels: { feed }, value: seconds(date, at) })),
  },
  {
    name: 'rasoat_feed_limit_seconds',
    help: 'Age past which a feed decides nothing any more.',
    type: 'gauge',
    labels: ['feed'],
    samples: ({ feeds }) =>
      feeds.map(({ feed, limitDays }) => ({ labels: { feed }, value: (limitDays * dayMs) / 1000 })),
  },
  {
    name: 'rasoat_store_bytes',
    help: 'Size of the store.',
    type: 'gauge',
    labels: ['engine'],
    samples: ({ store }) => [{ labels: { engine: store.engine }, value: store.bytes }],
  },
  {
    name: 'rasoat_disk_free_bytes',
    help: 'Free on the disk of the output folder.',
    type: 'gauge',
    labels: [],
    samples: ({ store }) => one(store.freeBytes),
  },
  {
    name: 'rasoat_pruned_runs',
    help: 'Runs whose raw observations were removed by the rule of retention.',
    type: 'gauge',
    labels: [],
    samples: ({ store }) => one(store.prunedRuns),
  },
  {
    name: 'rasoat_last_backup_age_seconds',
    help: 'Time since the newest backup of the store was made.',
    type: 'gauge',
    labels: [],
    samples: ({ lastBackup, at }) => (lastBackup === undefined ? [] : one(seconds(lastBackup, at))),
  },
];
