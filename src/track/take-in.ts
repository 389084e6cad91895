import { contentHash } from '../model/canonical.ts';
import type { Check } from '../model/check.ts';
import type { Finding } from '../model/finding.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Target } from '../model/target.ts';
import type { HistoryEntry } from '../model/track/history.ts';
import type { Sighting, TrackSettings } from '../model/track/sighting.ts';
import { digestOf } from './digest.ts';
import { applyEntry, type Lives } from './fold.ts';
import { givenAsides, withdrawnAsides } from './inventory-asides.ts';
import { movedTargets, placesOf, type KnownPlaces } from './place.ts';
import { renamesOf } from './renames.ts';
import { createSighter, keyOf } from './sighter.ts';

/** A finished run as the tracker takes it in. */
export type Intake = {
  readonly run: string;
  readonly zone: string;
  /** When the run ended. */
  readonly at: string;
  readonly judgement: number;
  readonly checksHash: string;
  readonly checks: readonly Pick<Check, 'id' | 'replaces'>[];
  readonly inventory: Inventory;
  readonly targets: readonly Pick<Target, 'key' | 'system'>[];
  readonly findings: readonly Finding[];
  /** Where the zone's declared names led when they last led anywhere. */
  readonly before: KnownPlaces;
  readonly settings: TrackSettings;
  /** It looked at some systems alone; then `lives` are of those. */
  readonly partial?: true;
};

/** What a run adds to the history, in order, and what it saw of each finding. */
export type Taken = {
  readonly entries: readonly HistoryEntry[];
  readonly sightings: readonly Sighting[];
  /** For the next run of the zone: the places of this one over those known before. */
  readonly places: KnownPlaces;
};

/**
 * Takes a run into the lives of its zone: finds each finding again though hosts were renumbered or checks renamed, lets new
 * ones be born, and folds what was seen. Lives of other zones must not be among them: what another zone sees says
 * nothing here. Changes `lives`; otherwise pure.
 */
export function takeIn(lives: Lives, intake: Intake): Taken {
  const { run, zone, at, judgement, checksHash, settings, partial } = intake;
  const entries: HistoryEntry[] = [];
  const add = (entry: HistoryEntry, sightings?: readonly Sighting[]) => {
    const derived = applyEntry(lives, entry, sightings);
    entries.push(entry, ...derived.map((event) => ({ at: entry.at, by: program, event })));
  };
  for (const entry of identityEntries(lives, intake)) add(entry);
  const sight = createSighter(intake);
  const sightings = [...lives.values()].flatMap((life) => sight(life) ?? []);
  const digest = digestOf(sightings);
  const counted = { sightings: sightings.length, digest, ...(partial === undefined ? {} : { partial }) };
  add(
    {
      at,
      by: program,
      event: { kind: 'run', run, zone, judgement, checksHash, settings, ...counted },
    },
    sightings,
  );
  for (const entry of withdrawnAsides(lives, intake.inventory, at)) add(entry);
  for (const entry of givenAsides(lives, intake.inventory, renamesOf(intake.checks), at)) add(entry);
  return { entries, sightings, places: new Map([...intake.before, ...placesOf(intake.targets)]) };
}

/** Who the program is in its own history. */
export const program = 'rasoat';

function identityEntries(lives: Lives, intake: Intake): readonly HistoryEntry[] {
  const { run, at, findings } = intake;
  const moved = movedTargets(intake.before, placesOf(intake.targets));
  const renamed = renamesOf(intake.checks);
  const byKey = new Map(findings.map((finding) => [keyOf(finding), finding]));
  const known = new Set<string>();
  const changes: HistoryEntry[] = [];
  for (const life of lives.values()) {
    const target = moved.get(`${life.system}\n${life.target}`) ?? life.target;
    const check = renamed(life.check);
    const key = keyOf({ system: life.system, target, check });
    known.add(key);
    const { id: finding } = life;
    const entry = (event: HistoryEntry['event']) => changes.push({ at, by: program, event });
    if (target !== life.target) entry({ kind: 'moved', finding, run, from: life.target, to: target });
    if (check !== life.check) entry({ kind: 'renamed', finding, run, from: life.check, to: check });
    const severity = byKey.get(key)?.severity ?? life.severity;
    if (severity !== life.severity) entry({ kind: 'weighed', finding, run, from: life.severity, to: severity });
  }
  const born = findings.filter((finding) => finding.outcome === 'fail' && !known.has(keyOf(finding)));
  return [...born.map((finding) => birthOf(finding, intake)), ...changes];
}

function birthOf({ system, check, target, severity, at }: Finding, { run, zone }: Intake): HistoryEntry {
  const finding = contentHash([run, zone, system, check, target]).slice(0, 16);
  return { at, by: program, event: { kind: 'born', finding, run, zone, system, check, target, severity } };
}
