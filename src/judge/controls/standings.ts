import {
  controlResults,
  familyOf,
  type ControlReading,
  type ControlStanding,
  type ControlState,
  type Family,
} from '../../model/control.ts';
import { controlKinds } from '../../model/inventory/control.ts';
import { kinds, type Kind } from '../../model/observation.ts';
import type { Target } from '../../model/target.ts';

const families: readonly Family[] = [4, 6, null];

/**
 * Who vouches for each kind over each family: of all that the run's targets are looked at by, and of all that controls were read by.
 * Names have no family. A control whose name led nowhere counts for every family. Pure.
 */
export function standingsOf(
  targets: readonly Target[],
  readings: readonly ControlReading[],
  kindsOf: (target: Target) => readonly Kind[],
): readonly ControlStanding[] {
  const counts = new Map<string, number>();
  for (const target of targets) {
    for (const kind of kindsOf(target)) {
      const key = keyOf(familyOf(target), kind);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return families.flatMap((family) =>
    kinds.flatMap((kind): readonly ControlStanding[] => {
      const count = counts.get(keyOf(family, kind)) ?? 0;
      const own = readings.filter((one) => one.kinds.includes(kind) && one.family === family);
      // A name of a host without address is no family to vouch for.
      if (count + own.length === 0 || (family === null && !isOfNames(kind))) return [];
      const nowhere = family === null || isOfNames(kind) ? [] : readings.filter((one) => isNowhere(one, kind));
      return [{ family, kind, targets: count, ...stateOf([...own, ...nowhere]) }];
    }),
  );
}

const keyOf = (family: Family, kind: Kind): string => `${String(family)} ${kind}`;
const isOfNames = (kind: Kind): boolean => kind === 'dns' || kind === 'mail';
const isNowhere = ({ family, kinds: read }: ControlReading, kind: Kind): boolean =>
  family === null && read.includes(kind);

function stateOf(readings: readonly ControlReading[]): Pick<ControlStanding, 'state' | 'by'> {
  const state = readings.reduce<ControlState>(
    (worst, { result }) =>
      worst === 'none' || controlResults.indexOf(result) > controlResults.indexOf(worst) ? result : worst,
    'none',
  );
  return { state, by: controlKinds.filter((kind) => readings.some(({ expects }) => expects === kind)) };
}
