import { neededKinds } from '../inventory/targets.ts';
import { neighbourKinds, readsNeighbours } from '../judge/neighbours.ts';
import type { Check } from '../model/check.ts';
import type { Finding } from '../model/finding.ts';
import type { Kind } from '../model/observation.ts';
import type { Target } from '../model/target.ts';
import type { Life } from '../model/track/life.ts';
import { derivedFrom } from '../probe/observe.ts';
import { movedTargets, placeOf, placesOf, type KnownPlaces } from '../track/place.ts';
import { renamesOf } from '../track/renames.ts';
import { keyOf } from '../track/sighter.ts';

/** What must be looked at to tell some findings, worked out from what their checks say that they read. */
export type Needs = {
  /** Checks that decide them, by their present ids. */
  readonly checks: readonly Check[];
  /** Before any name is looked up: whether an endpoint's target, by its place, has to do with it. */
  readonly concerns: (target: Target) => boolean;
  /** Once names were looked up: by which kinds each target is looked at, and which findings are kept. */
  readonly settle: (planned: readonly Target[], before: KnownPlaces) => Settled;
};

export type Settled = {
  readonly targets: readonly Target[];
  readonly kindsOf: (target: Target) => readonly Kind[];
  readonly keeps: (finding: Finding) => boolean;
};

/** Works out what a verification needs. Pure. */
export function needsOf(lives: readonly Life[], all: readonly Check[]): Needs {
  const renamed = renamesOf(all);
  const checkOf = new Map(all.map((check) => [check.id, check]));
  const asked = lives.flatMap((life): readonly Need[] => {
    const check = checkOf.get(renamed(life.check));
    return check === undefined ? [] : [{ life, check, kinds: sourcesOf(check.reads) }];
  });
  const checks = [...new Set(asked.map(({ check }) => check))];
  // Such a check is decided by what every other target showed, so all of them are looked at as far as it asks.
  const everywhere = new Set<Kind>(checks.some(readsNeighbours) ? neighbourKinds : []);
  const places = new Set(asked.map(({ life }) => `${life.system}\n${placeOf(life.target)}`));
  const isAsked = ({ system, key }: Target) => places.has(`${system}\n${placeOf(key)}`);
  return {
    checks,
    concerns: (target) => isAsked(target) || neededKinds(target).some((kind) => everywhere.has(kind)),
    settle: (planned, before) => {
      const here = placesOf(planned);
      const moved = movedTargets(before, here);
      const kinds = new Map<string, Set<Kind>>();
      const kept = new Set<string>();
      for (const { life, check, kinds: wanted } of asked) {
        const { system } = life;
        const resolved = moved.get(`${system}\n${life.target}`) ?? life.target;
        const nameless = `${placeOf(life.target)} [?]`;
        const target = here.has(`${system}\n${placeOf(life.target)}`) ? resolved : nameless;
        const at = `${system}\n${target}`;
        kinds.set(at, new Set([...(kinds.get(at) ?? []), ...wanted]));
        kept.add(keyOf({ system, target, check: check.id }));
      }
      const kindsOf = (target: Target): readonly Kind[] => {
        const own = kinds.get(`${target.system}\n${target.key}`);
        return neededKinds(target).filter((kind) => own?.has(kind) === true || everywhere.has(kind));
      };
      return {
        targets: planned.filter((target) => kindsOf(target).length > 0),
        kindsOf,
        keeps: (finding) => kept.has(keyOf(finding)),
      };
    },
  };
}

type Need = { readonly life: Life; readonly check: Check; readonly kinds: readonly Kind[] };

/** Kinds with those that they are read from. */
function sourcesOf(reads: readonly Kind[]): readonly Kind[] {
  return [...new Set(reads.flatMap((kind) => [kind, ...(derivedFrom[kind] ?? [])]))];
}
