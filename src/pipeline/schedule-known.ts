import { layerDues } from '../assess/layers/status.ts';
import { provenByLooking } from '../assess/tasks/rule.ts';
import { taskStatus } from '../assess/tasks/status.ts';
import type { TurnInput } from '../engine/schedule/turn.ts';
import { expandEndpoints } from '../inventory/targets.ts';
import { severities } from '../model/check.ts';
import { addDays, dayOf, startOfDay } from '../model/day.ts';
import type { Inventory } from '../model/inventory.ts';
import type { TrackState } from '../model/track/state.ts';
import type { Store } from '../store/types.ts';
import { assessRun } from './assess-run.ts';
import type { AssessingLaw } from './assessing-law.ts';
import { knownLooks, type KnownLook, type LeftTarget, type Rewind } from './known-looks.ts';
import { standing } from './track-view.ts';

/** What is known of one system: what its turn is worked out from, and what its last look had to leave. */
export type Known = Omit<TurnInput, 'left'> & { readonly left: readonly LeftTarget[] };

export type ScheduleInput = {
  readonly inventory: Inventory;
  readonly lawbook: AssessingLaw;
  readonly zone: string;
  /** Now. */
  readonly at: string;
  /** What was looked at before; absent: nothing was. */
  readonly store?: Store;
  /** What becomes of looks that lie in the future (`knownLooks`). */
  readonly rewind?: Rewind;
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
export async function knownOf(input: ScheduleInput, day: string): Promise<(system: string) => Known> {
  const { inventory, lawbook, zone, at, store, rewind } = input;
  const runs = (await store?.runs())?.filter((run) => run.state === 'finished' && run.zone === zone) ?? [];
  const newest = runs[0];
  const judgement = newest === undefined ? undefined : await store?.judgement(newest.id);
  // Of a hundred thousand findings a schedule asks for those that prove a directive's task; the rest is not even read.
  const frameworks = provenByLooking(lawbook.frameworks);
  const checks = [...new Set(frameworks.flatMap(({ obligations }) => obligations.flatMap((one) => one.checks)))];
  const findings = judgement === undefined ? [] : ((await store?.findingHeads(judgement.id, { checks })) ?? []);
  const kept = judgement === undefined ? undefined : await store?.asides(judgement.id);
  const asides = kept === undefined ? {} : { asides: kept };
  const targets = newest === undefined ? [] : ((await store?.targets(newest.id)) ?? []);
  const asked = { until: newest?.startedAt ?? '', before: startOfDay(addDays(dayOf(at), 1)) };
  const scans = newest === undefined ? [] : ((await store?.wholeLooks(asked)) ?? []);
  const scansOf = Map.groupBy(scans, ({ system }) => system);
  const systems = new Map(inventory.systems.map((system) => [system.id, system]));
  const lookedAt = (await store?.lastSeen(at)) ?? new Map<string, string>();
  const assessments = assessRun({ inventory, targets, findings, lawbook: { ...lawbook, frameworks }, ...asides, at });
  const tasks = taskStatus({ inventory, frameworks, assessments, findings, ...asides, lookedAt, at });
  const tracked = store === undefined ? [] : await standing(store, day);

  const looks = store === undefined ? new Map<string, KnownLook>() : await looksIn(store);
  // Where no life was told yet (a store older than that), what the newest run saw failing.
  const seenFailing = tracked.length === 0 && judgement !== undefined;
  const fails = Map.groupBy(
    seenFailing ? ((await store?.findings(judgement.id, { outcomes: ['fail'] })) ?? []) : [],
    ({ system }) => system,
  );
  const lives = Map.groupBy(
    tracked.filter(({ life, state }) => life.zone === zone && troubled.has(state)),
    ({ life }) => life.system,
  );
  const proven = new Map(tasks.tasks.map((task) => [task.id, task]));
  const askedOf = Map.groupBy(tasks.items, ({ subject }) => (subject.kind === 'system' ? subject.system : ''));
  const certain = new Map(
    frameworks.flatMap(({ obligations }) => obligations.map(({ id, cite }) => [id, cite.certainty] as const)),
  );
  return (system) => {
    const { last, left = [] } = looks.get(system) ?? {};
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
      left,
      ...(gravest === undefined ? {} : { gravest }),
      ...(claimedFixed === undefined ? {} : { claimedFixed }),
      intervals: intervalsOf(system),
      directives: (askedOf.get(system) ?? []).flatMap(({ task, subject, due }) => {
        const view = proven.get(task);
        if (subject.kind !== 'system' || view === undefined) return [];
        if (due.last === undefined || due.last < day) return [];
        return [{ task, last: due.last, cite: { ...view.source, certainty: certain.get(task) ?? 'inference' } }];
      }),
    };
  };

  function looksIn(from: Store): Promise<ReadonlyMap<string, KnownLook>> {
    const planned = expandEndpoints(inventory, zone).endpoints;
    const systems = new Set(planned.map(({ system: { id } }) => id));
    return knownLooks(from, { zone, systems, at, ...(rewind === undefined ? {} : { rewind }) });
  }

  function intervalsOf(system: string): Known['intervals'] {
    const about = systems.get(system);
    if (about === undefined) return [];
    const due = layerDues({ system: about, frameworks: lawbook.frameworks, looks: scansOf.get(system) ?? [], at });
    const byActivity = new Map(due.map((one) => [one.activity, one]));
    return [...byActivity.values()].flatMap(({ activity, next, months, cite, binding }) =>
      activity === 'assessment' || next === null ? [] : [{ on: next, months, cite, binding }],
    );
  }
}
