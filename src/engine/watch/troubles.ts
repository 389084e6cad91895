import { dayMs } from '../../model/day.ts';
import type { FleetFigures } from '../../model/fleet-figures.ts';
import { silentAfterMs } from '../../model/scheduler.ts';
import { message, type Message } from '../../model/text.ts';

/** From when on a figure asks for a person; conventions of ours. `templates/watch/alerts.yaml` alerts at the same. */
const limits = {
  oldestLaneMs: 3_600_000,
  stuckRunMs: 3_600_000,
  clockMs: 5_000,
  finishedMs: 14 * dayMs,
  backupMs: 8 * dayMs,
  freeBytes: 2_000_000_000,
} as const;

/** What asks for a person, the worst first; `at` and texts of persons are filled in by who prints it. Pure. */
export function troublesOf(figures: FleetFigures): readonly Message[] {
  return [
    ...ofSwitch(figures),
    ...ofWork(figures),
    ...ofWorkers(figures),
    ...ofKnowledge(figures),
    ...ofStore(figures),
  ];
}

const age = (from: string, { at }: FleetFigures): number => Date.parse(at) - Date.parse(from);

function* ofSwitch(figures: FleetFigures): Generator<Message> {
  const { switch: set, scheduler } = figures;
  if (set !== undefined && set.position !== 'on')
    yield message(`status.trouble.${set.position}`, { at: set.at, by: set.by, reason: set.reason });
  if (scheduler === undefined || scheduler.phase === 'ended') return;
  if (age(scheduler.at, figures) > silentAfterMs)
    yield message('status.trouble.scheduler-silent', { at: scheduler.at });
  else if (scheduler.phase === 'error') yield message('status.trouble.scheduler-error');
  if (scheduler.clockBack !== undefined) yield message('status.trouble.clock-back', { at: scheduler.clockBack.at });
}

function* ofWork(figures: FleetFigures): Generator<Message> {
  const on = (figures.switch?.position ?? 'on') === 'on';
  for (const { zone, control } of misread(figures)) yield message('status.trouble.misread', { zone, control });
  for (const { zone, lanesQueued = 0, oldestQueued, lastFinished } of figures.zones) {
    const here = figures.workers?.filter((worker) => worker.zone === zone && worker.state === 'alive') ?? [];
    if (lanesQueued > 0 && here.length === 0) yield message('status.trouble.no-worker', { zone, lanes: lanesQueued });
    else if (on && oldestQueued !== undefined && age(oldestQueued, figures) > limits.oldestLaneMs)
      yield message('status.trouble.waits-long', { zone, at: oldestQueued });
    if (lastFinished !== undefined && age(lastFinished.endedAt, figures) > limits.finishedMs)
      yield message('status.trouble.not-finished', { zone, at: lastFinished.endedAt });
  }
  for (const { run, zone, startedAt, lastAt = startedAt, waiting } of figures.underWay)
    if (on && waiting > 0 && age(lastAt, figures) > limits.stuckRunMs)
      yield message('status.trouble.stuck', { run, zone, at: lastAt });
}

function* misread({ controls }: FleetFigures): Generator<{ readonly zone: string; readonly control: string }> {
  for (const { zone, kind, family, reading } of controls)
    if (reading !== 'right') yield { zone, control: family === null ? kind : `${kind} IPv${family}` };
}

function* ofWorkers({ workers = [] }: FleetFigures): Generator<Message> {
  for (const { host, pid, zone, state, seenAt, clockMs } of workers) {
    if (state === 'stale') yield message('status.trouble.stale', { host, pid, zone, at: seenAt });
    else if (clockMs !== null && Math.abs(clockMs) > limits.clockMs)
      yield message('status.trouble.clock', { host, pid, seconds: Math.round(clockMs / 1000) });
  }
  const versions = [...new Set(workers.filter(({ state }) => state === 'alive').map(({ version }) => version))].sort();
  if (versions.length > 1) yield message('status.trouble.versions', { versions: versions.join(', ') });
}

function* ofKnowledge(figures: FleetFigures): Generator<Message> {
  for (const { zone, systems, days } of figures.debt ?? [])
    if (systems > 0) yield message('status.trouble.debt', { zone, systems, days });
  for (const { feed, date, limitDays } of figures.feeds)
    if (age(date, figures) > limitDays * dayMs)
      yield message('status.trouble.feed', { feed, at: date, limit: limitDays });
}

function* ofStore(figures: FleetFigures): Generator<Message> {
  const { store, lastBackup, runs } = figures;
  if (store.freeBytes < limits.freeBytes) yield message('status.trouble.disk', { bytes: store.freeBytes });
  if (runs.length === 0) return;
  if (lastBackup === undefined) yield message('status.trouble.no-backup');
  else if (age(lastBackup, figures) > limits.backupMs) yield message('status.trouble.old-backup', { at: lastBackup });
}

/** When a run under way will have looked at all its targets, at the pace it had so far; undefined: too little was done to say. Pure. */
export function endOf({ startedAt, lastAt, waiting, done }: FleetFigures['underWay'][number]): string | undefined {
  if (lastAt === undefined || done < 3 || waiting === 0) return undefined;
  const spent = Date.parse(lastAt) - Date.parse(startedAt);
  return new Date(Date.parse(lastAt) + (spent / done) * waiting).toISOString();
}
