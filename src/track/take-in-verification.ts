import type { FailureCode } from '../model/failure.ts';
import type { HistoryEntry } from '../model/track/history.ts';
import type { Life } from '../model/track/life.ts';
import type { Sighting } from '../model/track/sighting.ts';
import { digestOf } from './digest.ts';
import { applyEntry, type Lives } from './fold.ts';
import { givenAsides, withdrawnAsides } from './inventory-asides.ts';
import { movedTargets, placeOf, placesOf } from './place.ts';
import { renamesOf } from './renames.ts';
import { keyOf, sightingOf } from './sighter.ts';
import { program, type Intake, type Taken } from './take-in.ts';

/** Reasons for which nothing was asked of the target: that is no look, and no sighting. */
const notLooked: ReadonlySet<FailureCode> = new Set<FailureCode>(['not-permitted', 'not-run']);

/**
 * Takes a verification into the lives of its zone. Only the findings asked about and really looked at are sighted, nothing is
 * born, and nothing is gone: what was not looked at stays as it was. That a name leads elsewhere now is known of
 * every finding there, so all of them move together. `intake.targets` are all that the names looked up lead to. Changes
 * `lives`; otherwise pure.
 */
export function takeInVerification(lives: Lives, intake: Intake, asked: ReadonlySet<string>): Taken {
  const { run, zone, at, judgement, checksHash, settings } = intake;
  const entries: HistoryEntry[] = [];
  const add = (event: HistoryEntry['event'], sightings?: readonly Sighting[]) => {
    const entry = { at, by: program, event };
    const derived = applyEntry(lives, entry, sightings);
    entries.push(entry, ...derived.map((event) => ({ at, by: program, event })));
  };
  for (const event of identityEvents(lives, intake, asked)) add(event);
  const sightings = sightingsOf(lives, intake, asked);
  const digest = digestOf(sightings);
  const counted = { sightings: sightings.length, digest, verification: true } as const;
  add({ kind: 'run', run, zone, judgement, checksHash, settings, ...counted }, sightings);
  const seen = (): Lives => new Map(sightings.flatMap(({ finding }) => pairOf(lives, finding)));
  for (const { event } of withdrawnAsides(seen(), intake.inventory, at)) add(event);
  for (const entry of givenAsides(seen(), intake.inventory, renamesOf(intake.checks), at)) {
    const derived = applyEntry(lives, entry);
    entries.push(entry, ...derived.map((event) => ({ at, by: program, event })));
  }
  return { entries, sightings, places: placesOf(intake.targets) };
}

function pairOf(lives: Lives, id: string): readonly (readonly [string, Life])[] {
  const life = lives.get(id);
  return life === undefined ? [] : [[id, life]];
}

function identityEvents(lives: Lives, intake: Intake, asked: ReadonlySet<string>): readonly HistoryEntry['event'][] {
  const { run } = intake;
  const moved = movedTargets(intake.before, placesOf(intake.targets));
  const renamed = renamesOf(intake.checks);
  const byKey = new Map(intake.findings.map((finding) => [keyOf(finding), finding]));
  return [...lives.values()].flatMap((life): readonly HistoryEntry['event'][] => {
    const { id: finding, system } = life;
    const target = moved.get(`${system}\n${life.target}`) ?? life.target;
    const move: readonly HistoryEntry['event'][] =
      target === life.target ? [] : [{ kind: 'moved', finding, run, from: life.target, to: target }];
    if (!asked.has(finding)) return move;
    const check = renamed(life.check);
    const severity = byKey.get(keyOf({ system, target, check }))?.severity ?? life.severity;
    return [
      ...move,
      ...(check === life.check ? [] : [{ kind: 'renamed' as const, finding, run, from: life.check, to: check }]),
      ...(severity === life.severity
        ? []
        : [{ kind: 'weighed' as const, finding, run, from: life.severity, to: severity }]),
    ];
  });
}

function sightingsOf(lives: Lives, { findings }: Intake, asked: ReadonlySet<string>): readonly Sighting[] {
  const byKey = new Map(findings.map((finding) => [keyOf(finding), finding]));
  return [...lives.values()].flatMap((life): readonly Sighting[] => {
    if (!asked.has(life.id)) return [];
    // A name that leads nowhere was looked up: that is a look which saw nothing.
    const nameless = { ...life, target: `${placeOf(life.target)} [?]` };
    const finding = byKey.get(keyOf(life)) ?? byKey.get(keyOf(nameless));
    if (finding === undefined || (finding.cause !== undefined && notLooked.has(finding.cause.failure.code))) return [];
    return [sightingOf(life.id, finding)];
  });
}
