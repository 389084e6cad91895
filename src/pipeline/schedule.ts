import { readCadence } from '../engine/schedule/cadence.ts';
import { turnReasonsOf, type TurnInput } from '../engine/schedule/turn.ts';
import { taskStatus } from '../assess/tasks/status.ts';
import { describeScope, type Ask, type Coverage } from '../inventory/describe-scope.ts';
import { knownAddresses, placesOf } from '../inventory/endpoint.ts';
import { refusalOf } from '../inventory/scope.ts';
import { expandEndpoints, type Planned } from '../inventory/targets.ts';
import { readInventory } from '../inventory/read.ts';
import { severities } from '../model/check.ts';
import { dayOf, daysBetween, provinceOffsetMs } from '../model/day.ts';
import { UserError } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Schedule, Turn, TurnHold } from '../model/schedule.ts';
import { message } from '../model/text.ts';
import type { TrackState } from '../model/track/state.ts';
import type { Lawbook, Store } from '../store/types.ts';
import { assessRun } from './assess-run.ts';
import { claimedLayers, layerEvidence, layersOf } from './layers.ts';
import { loadTrack } from './track-view.ts';
import { zoneOf } from './zone.ts';

type ScheduleInput = {
  readonly inventory: Inventory;
  readonly lawbook: Lawbook;
  readonly zone: string;
  /** Now. */
  readonly at: string;
  /** What was looked at before; absent: nothing was. */
  readonly store?: Store;
};

/** When each system is looked at next from a zone, and why; for one that is due, what stands in the way. */
async function scheduleOf(input: ScheduleInput): Promise<Schedule> {
  const { inventory, zone, at } = input;
  const day = dayOf(at);
  const cadence = await readCadence();
  const known = await knownOf(input, day);
  const expansion = expandEndpoints(inventory, zone);
  const planned = Map.groupBy(expansion.endpoints, ({ system }) => system.id);
  const elsewhere = new Set(expansion.otherZone.map(({ system }) => system.id));
  const refused = new Set(expansion.refused.map(({ system }) => system));
  const ask = describeScope(inventory);
  const turns = inventory.systems.flatMap((system): readonly Turn[] => {
    const endpoints = planned.get(system.id) ?? [];
    if (refused.has(system.id) || (endpoints.length === 0 && elsewhere.has(system.id))) return [];
    const about = known(system.id);
    const because = turnReasonsOf(about, cadence, day);
    const due = because[0].on;
    const from = due <= day ? at : startOf(due);
    const openings = endpoints.map((endpoint) => openingOf(endpoint, zone, from, ask));
    const first = openings
      .flatMap(({ opening }) => opening ?? [])
      .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))[0];
    return [
      {
        system: system.id,
        level: system.classification?.level ?? null,
        last: about.last ?? null,
        because,
        next: first ?? null,
        hold: due <= day ? holdOf(openings) : null,
        debtDays: Math.max(0, daysBetween(due, day)),
        endpoints: endpoints.length,
        closed: openings.filter(({ ever }) => !ever).length,
      },
    ];
  });
  turns.sort((a, b) => (a.because[0].on < b.because[0].on ? -1 : a.because[0].on > b.because[0].on ? 1 : 0));
  return { zone, at, day, turns, excludedSystems: expansion.excludedSystems };
}

type Opening = { readonly opening?: NonNullable<Turn['next']>; readonly hold: TurnHold; readonly ever: boolean };

/** When an endpoint may be asked, at the earliest at an instant: by the best of its addresses and ports. */
function openingOf({ endpoint }: Planned, zone: string, at: string, ask: (asking: Ask) => Coverage): Opening {
  const [place] = placesOf(endpoint);
  const ports = place === undefined || place.ports.length === 0 ? [endpoint.kind === 'domain' ? 53 : 443] : place.ports;
  const answers = (knownAddresses(endpoint) ?? [undefined]).flatMap((address) =>
    ports.map((port) =>
      ask({
        port,
        zone,
        at,
        ...(address === undefined ? {} : { address }),
        ...(place?.name === undefined ? {} : { name: place.name }),
      }),
    ),
  );
  const open = answers.find(({ permission }) => permission.allowed);
  if (open?.authorisation !== undefined) {
    return { opening: { from: at, document: open.authorisation.document }, hold: 'due', ever: true };
  }
  const later = answers
    .flatMap(({ next, authorisation }) =>
      next === undefined || authorisation === undefined ? [] : [{ from: next.from, document: authorisation.document }],
    )
    .sort((a, b) => (a.from < b.from ? -1 : 1))[0];
  const words = answers.flatMap(({ permission }) => (permission.allowed ? [] : (refusalOf(permission.reason) ?? [])));
  // Where only the address can tell, the scan itself will ask; it is not a closed door.
  const unresolved = answers.some((answer) => answer.unresolved);
  return {
    ...(later === undefined ? {} : { opening: later }),
    hold: unresolved ? 'due' : (holds.find((hold) => words.some((word) => word === hold)) ?? 'no-document'),
    ever: later !== undefined || unresolved,
  };
}

/** From the least to the most that stands in the way. */
const holds = ['outside-hours', 'blackout', 'not-yet', 'expired'] as const satisfies readonly TurnHold[];

function holdOf(openings: readonly Opening[]): TurnHold {
  if (openings.length === 0) return 'no-endpoint';
  if (openings.some(({ hold }) => hold === 'due')) return 'due';
  return holds.find((hold) => openings.some((one) => one.hold === hold)) ?? 'no-document';
}

/** Midnight of a day in Viet Nam. */
const startOf = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - provinceOffsetMs).toISOString();

/** States that something is to be done about, and those not confirmed yet. */
const troubled: ReadonlySet<TrackState> = new Set<TrackState>([
  'new',
  'open',
  'in-progress',
  'claimed-fixed',
  'reopened',
]);

/** What the store and the law tell of each system. */
async function knownOf(input: ScheduleInput, day: string): Promise<(system: string) => TurnInput> {
  const { inventory, lawbook, zone, at, store } = input;
  const runs = (await store?.runs())?.filter((run) => run.state === 'finished' && run.zone === zone) ?? [];
  const newest = runs[0];
  const judgement = newest === undefined ? undefined : await store?.judgement(newest.id);
  const findings = judgement === undefined ? [] : ((await store?.findings(judgement.id)) ?? []);
  const targets = newest === undefined ? [] : ((await store?.targets(newest.id)) ?? []);
  const evidence = newest === undefined || store === undefined ? undefined : await layerEvidence(store, newest);
  const layers =
    evidence === undefined
      ? claimedLayers(inventory, lawbook, at)
      : layersOf({ inventory, findings, targets, ...lawbook, ...evidence, at });
  const lookedAt = (await store?.lastSeen(at)) ?? new Map<string, string>();
  const assessments = assessRun({ inventory, targets, findings, lawbook, at });
  const { frameworks } = lawbook;
  const tasks = taskStatus({ inventory, frameworks, assessments, findings, lookedAt, at });
  const tracked = store === undefined ? [] : (await loadTrack(store, day)).findings;

  const ofZone = new Set(runs.map(({ id }) => id));
  const looks = Map.groupBy(
    ((await store?.scanLooks(at)) ?? []).filter(({ run }) => ofZone.has(run)),
    ({ system }) => system,
  );
  const fails = Map.groupBy(
    findings.filter(({ outcome }) => outcome === 'fail'),
    ({ system }) => system,
  );
  const plannedThen = Map.groupBy(targets, ({ system }) => system);
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
    const last = lastOf(system);
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

  function lastOf(system: string): TurnInput['last'] {
    const seen = (looks.get(system) ?? []).toSorted((a, b) => (a.at < b.at ? 1 : -1))[0];
    const needed = plannedThen.get(system)?.length ?? 0;
    const look = seen === undefined ? undefined : { at: seen.at, seen: seen.seen, needed: seen.needed };
    if (newest?.endedAt === undefined || needed === 0 || seen?.run === newest.id) return look;
    // It stood in the plan of the newest run, which saw nothing of it.
    return { at: newest.endedAt, seen: 0, needed };
  }

  function intervalsOf(system: string): TurnInput['intervals'] {
    const due = layers.filter((layer) => layer.system === system).flatMap((layer) => layer.due);
    const byActivity = new Map(due.map((one) => [one.activity, one]));
    return [...byActivity.values()].flatMap(({ activity, next, months, cite, binding }) =>
      activity === 'assessment' || next === null ? [] : [{ on: next, months, cite, binding }],
    );
  }
}

type Asked = Pick<ScheduleInput, 'lawbook' | 'at'> & { readonly zone?: string };
type PlacedSchedule = { readonly inventory: Inventory; readonly schedule: Schedule };

/** The schedule of an inventory alone: nothing was looked at yet. Throws UserError for what is wrong with the file. */
export async function scheduleOfFile(file: string, asked: Asked): Promise<PlacedSchedule> {
  const { inventory } = await readInventory(file);
  const zone = zoneOf(inventory, asked.zone);
  return { inventory, schedule: await scheduleOf({ ...asked, inventory, zone }) };
}

/** The schedule by what a store tells, of an inventory or of the newest finished run's. Throws UserError where there is neither. */
export async function scheduleOfStore(store: Store, file: string | undefined, asked: Asked): Promise<PlacedSchedule> {
  const run = (await store.runs()).find(({ state }) => state === 'finished');
  if (file === undefined && run === undefined) throw new UserError([{ message: message('cli.inventory-needed') }]);
  const inventory =
    file !== undefined || run === undefined
      ? (await readInventory(file ?? '')).inventory
      : await store.inventory(run.id);
  const zone = zoneOf(inventory, asked.zone ?? (file === undefined ? run?.zone : undefined));
  return { inventory, schedule: await scheduleOf({ ...asked, inventory, zone, store }) };
}
