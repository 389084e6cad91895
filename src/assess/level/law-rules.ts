import { isDay } from '../../model/day.ts';
import { levels } from '../../model/inventory/level-words.ts';
import type { Calendar, LevelLaw } from '../../model/level-law.ts';
import { message } from '../../model/text.ts';
import type { Path } from '../../yaml/pointer.ts';
import type { Departure } from '../schema-problem.ts';
import { conditionDepartures } from './condition-rules.ts';
import { factKinds } from './facts.ts';

/** What is wrong with a law of levels although its shape is right. */
export function lawDepartures(law: LevelLaw): readonly Departure[] {
  return [
    ...days([
      [['instrument', 'issued'], law.instrument.issued],
      [['instrument', 'readOn'], law.instrument.readOn],
      [['inForce', 'from'], law.inForce.from],
      [['inForce', 'to'], law.inForce.to],
      [['regulationBefore', 'from'], law.regulationBefore?.from],
      [['transition', 'from'], law.transition?.from],
      [['transition', 'kept', 'measuresBy'], law.transition?.kept.measuresBy],
      [['transition', 'building', 'approvalBy'], law.transition?.building.approvalBy],
      [['transition', 'building', 'measuresBy'], law.transition?.building.measuresBy],
    ]),
    ...law.limbs.flatMap(({ when, presumes = [] }, index) => [
      ...conditionDepartures(when, ['limbs', index, 'when']),
      ...presumes.flatMap(({ fact }, at): readonly Departure[] =>
        factKinds[fact]?.kind === 'boolean'
          ? []
          : [{ path: ['limbs', index, 'presumes', at, 'fact'], message: message('level.file.no-fact', { fact }) }],
      ),
    ]),
    ...levels.flatMap((level): readonly Departure[] => {
      const found = law.procedures.filter((procedure) => procedure.levels.includes(level)).length;
      return found === 1 ? [] : [{ path: ['procedures'], message: message('level.file.one-procedure', { level }) }];
    }),
    ...law.procedures.flatMap(({ appraiser, approver }, index) =>
      [appraiser, approver]
        .filter((one) => law.authorities[one] === undefined)
        .map((authority) => ({
          path: ['procedures', index],
          message: message('level.file.no-authority', { authority }),
        })),
    ),
    ...law.terms.flatMap(({ days: length }, index): readonly Departure[] =>
      length > 0 && length <= 366 ? [] : [{ path: ['terms', index, 'days'], message: message('level.file.bad-days') }],
    ),
  ];
}

/** What is wrong with a calendar although its shape is right. */
export function calendarDepartures(calendar: Calendar): readonly Departure[] {
  const listed: readonly (readonly [Path, string])[] = [
    ...calendar.off.map(({ day }, index) => [['off', index, 'day'], day] as const),
    ...(calendar.worked ?? []).map(({ day }, index) => [['worked', index, 'day'], day] as const),
  ];
  const seen = new Set<string>();
  return [
    ...days([[['readOn'], calendar.readOn], ...listed]),
    ...listed.flatMap(([path, day]): readonly Departure[] => {
      if (!isDay(day)) return [];
      if (!day.startsWith(`${calendar.year}-`)) {
        return [{ path, message: message('level.file.other-year', { day, year: String(calendar.year) }) }];
      }
      if (seen.has(day)) return [{ path, message: message('level.file.day-twice', { day }) }];
      seen.add(day);
      return [];
    }),
  ];
}

function days(found: readonly (readonly [Path, string | undefined])[]): readonly Departure[] {
  return found.flatMap(([path, day]) =>
    day === undefined || isDay(day) ? [] : [{ path, message: message('frameworks.no-such-day', { day }) }],
  );
}
