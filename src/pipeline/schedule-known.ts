import { taskStatus } from '../assess/tasks/status.ts';
import type { TurnInput } from '../engine/schedule/turn.ts';
import { expandEndpoints } from '../inventory/targets.ts';
import { severities } from '../model/check.ts';
import { dayOf } from '../model/day.ts';
import type { Inventory } from '../model/inventory.ts';
import type { TrackState } from '../model/track/state.ts';
import type { Lawbook, Store } from '../store/types.ts';
import { assessRun } from './assess-run.ts';
import { knownLooks, type KnownLook, type LeftTarget, type Rewind } from './known-looks.ts';
import { claimedLayers, layerEvidence, layersOf } from './layers.ts';
import { loadTrack } from './track-view.ts';

/** What is known of one system: what its turn is worked out from, and what its last look had to leave. */
export type Known = Omit<TurnInput, 'left'> & { readonly left: readonly LeftTarget[] };

export type ScheduleInput = {
  readonly inventory: Inventory;
  readonly lawbook: Lawbook;
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
  const findings = judgement === undefined ? [] : ((await store?.findings(judgement.id)) ?? []);
  const kept = judgement === undefined ? undefined : await store?.asides(judgement.id);
  const asides = kept === undefined ? {} : { asides: kept };
  const targets = newest === undefined ? [] : ((await store?.targets(newest.id)) ?? []);
  const evidence = newest === undefined || store === undefined ? undefined : await layerEvidence(store, newest);
  const layers =
    evidence === undefined
      ? claimedLayers(inventory, lawbook, at)
      : layersOf({ inventory, findings, ...asides, targets, ...lawbook, ...evidence, at });
  const lookedAt = (await store?.lastSeen(at)) ?? new Map<string, string>();
  const assessments = assessRun({ inventory, targets, findings, lawbook, ...asides, at });
  const { frameworks } = lawbook;
  const tasks = taskStatus({ inventory, frameworks, assessments, findings, ...asides, lookedAt, at });
  const tracked = store === undefined ? [] : (await loadTrack(store, day)).findings;

  const looks = store === undefined ? new Map<string, KnownLook>() : await looksIn(store);
  const fails = Map.groupBy(
    findings.filter(({ outcome }) => outcome === 'fail'),
    ({ system }) => system,
  );
  const lives = Map.groupBy(
    tracked.filter(({ life, state }) => life.zone === zone && troubled.has(state)),
    ({ life }) => life.system,
  );
  const proven = new Map(
    tasks.tasks.filter(({ rule }) => rule === 'findings' || rule === 'runs').map((task) => [task.id, task]),
  );
  const certain = new Map(
    frameworks.flatMap(({ obligations }) => obligations.map(({ id, cite }) => [id, cite.certainty] as const)),
  );
  return (system) => {
    const { last, left = [] } = looks.get(system) ?? {};
    const open = lives.get(system) ?? [];
    // Where no life was told yet (a store older than that), what the newest run saw failing.
    const failing = tracked.length > 0 ? [] : (fails.get(system) ?? []);
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
      directives: tasks.items.flatMap(({ task, subject, due }) => {
        const view = proven.get(task);
        if (subject.kind !== 'system' || subject.system !== system || view === undefined) return [];
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
    const due = layers.filter((layer) => layer.system === system).flatMap((layer) => layer.due);
    const byActivity = new Map(due.map((one) => [one.activity, one]));
    return [...byActivity.values()].flatMap(({ activity, next, months, cite, binding }) =>
      activity === 'assessment' || next === null ? [] : [{ on: next, months, cite, binding }],
    );
  }
}
