import { layerDues } from '../assess/layers/status.ts';
import { provenByLooking } from '../assess/tasks/rule.ts';
import { taskStatus } from '../assess/tasks/status.ts';
import type { TurnInput } from '../engine/schedule/turn.ts';
import { severities } from '../model/check.ts';
import { dayOf } from '../model/day.ts';
import type { Inventory } from '../model/inventory.ts';
import type { TrackState } from '../model/track/state.ts';
import type { Lawbook, Store } from '../store/types.ts';
import { assessRun } from './assess-run.ts';
import { standing } from './track-view.ts';

export type ScheduleInput = {
  readonly inventory: Inventory;
  readonly lawbook: Lawbook;
  readonly zone: string;
  /** Now. */
  readonly at: string;
  /** What was looked at before; absent: nothing was. */
  readonly store?: Store;
};

/** States that something is to be done about, and those not confirmed yet. */
const troubled: ReadonlySet<TrackState> = new Set<TrackState>([
  'new',
  'open',
  'in-progress',
  'claimed-fixed',
  'reopened',
]);

/** What the store and the law tell of each system. */
export async function knownOf(input: ScheduleInput, day: string): Promise<(system: string) => TurnInput> {
  const { inventory, lawbook, zone, at, store } = input;
  const runs = (await store?.runs())?.filter((run) => run.state === 'finished' && run.zone === zone) ?? [];
  const newest = runs[0];
  const judgement = newest === undefined ? undefined : await store?.judgement(newest.id);
  // Of a hundred thousand findings a schedule asks for those that prove a directive's task; the rest is not even read.
  const frameworks = provenByLooking(lawbook.frameworks);
  const checks = [...new Set(frameworks.flatMap(({ obligations }) => obligations.flatMap((one) => one.checks)))];
  const findings = judgement === undefined ? [] : ((await store?.findings(judgement.id, { checks })) ?? []);
  const kept = judgement === undefined ? undefined : await store?.asides(judgement.id);
  const asides = kept === undefined ? {} : { asides: kept };
  const targets = newest === undefined ? [] : ((await store?.targets(newest.id)) ?? []);
  const scans = newest === undefined ? [] : ((await store?.scanLooks(newest.startedAt)) ?? []);
  const scansOf = Map.groupBy(scans, ({ system }) => system);
  const systems = new Map(inventory.systems.map((system) => [system.id, system]));
  const lookedAt = (await store?.lastSeen(at)) ?? new Map<string, string>();
  const assessments = assessRun({ inventory, targets, findings, lawbook: { ...lawbook, frameworks }, ...asides, at });
  const tasks = taskStatus({ inventory, frameworks, assessments, findings, ...asides, lookedAt, at });
  const tracked = store === undefined ? [] : await standing(store, day);

  const ofZone = new Set(runs.map(({ id }) => id));
  const looks = Map.groupBy(
    ((await store?.scanLooks(at)) ?? []).filter(({ run }) => ofZone.has(run)),
    ({ system }) => system,
  );
  // Where no life was told yet (a store older than that), what the newest run saw failing.
  const seenFailing = tracked.length === 0 && judgement !== undefined;
  const fails = Map.groupBy(
    seenFailing ? ((await store?.findings(judgement.id, { outcomes: ['fail'] })) ?? []) : [],
    ({ system }) => system,
  );
  const plannedThen = Map.groupBy(targets, ({ system }) => system);
  const lives = Map.groupBy(
    tracked.filter(({ life, state }) => life.zone === zone && troubled.has(state)),
    ({ life }) => life.system,
  );
  const proven = new Map(tasks.tasks.map((task) => [task.id, task]));
  const asked = Map.groupBy(tasks.items, ({ subject }) => (subject.kind === 'system' ? subject.system : ''));
  const certain = new Map(
    frameworks.flatMap(({ obligations }) => obligations.map(({ id, cite }) => [id, cite.certainty] as const)),
  );
  return (system) => {
    const last = lastOf(system);
    const open = lives.get(system) ?? [];
    const failing = fails.get(system) ?? [];
    const gravest = severities.find(
      (severity) =>
        open.some(({ life }) => life.severity === severity) || failing.some((one) => one.severity === severity),
    );
    const claims = open.flatMap(({ life, state }) =>
      state === 'claimed-fixed' && life.word !== undefined ? [dayOf(life.word.at)] : [],
    );
    const claimedFixed = claims.sort().at(-1);
    return {
      ...(last === undefined ? {} : { last }),
      ...(gravest === undefined ? {} : { gravest }),
      ...(claimedFixed === undefined ? {} : { claimedFixed }),
      intervals: intervalsOf(system),
      directives: (asked.get(system) ?? []).flatMap(({ task, subject, due }) => {
        const view = proven.get(task);
        if (subject.kind !== 'system' || view === undefined) return [];
        if (due.last === undefined || due.last < day) return [];
        return [{ task, last: due.last, cite: { ...view.source, certainty: certain.get(task) ?? 'inference' } }];
      }),
    };
  };

  function lastOf(system: string): TurnInput['last'] {
    const seen = (looks.get(system) ?? []).toSorted((a, b) => (a.at < b.at ? 1 : -1))[0];
    const needed = plannedThen.get(system)?.length ?? 0;
    const look = seen === undefined ? undefined : { at: seen.at, seen: seen.seen, needed: seen.needed };
    if (newest?.endedAt === undefined || needed === 0 || seen?.run === newest.id) return look;
    // It stood in the plan of the newest run, which saw nothing of it.
    return { at: newest.endedAt, seen: 0, needed };
  }

  function intervalsOf(system: string): TurnInput['intervals'] {
    const about = systems.get(system);
    if (about === undefined) return [];
    const due = layerDues({ system: about, frameworks: lawbook.frameworks, looks: scansOf.get(system) ?? [], at });
    const byActivity = new Map(due.map((one) => [one.activity, one]));
    return [...byActivity.values()].flatMap(({ activity, next, months, cite, binding }) =>
      activity === 'assessment' || next === null ? [] : [{ on: next, months, cite, binding }],
    );
  }
}
