import { addMonths, dayOf, daysBetween } from '../../model/day.ts';
import type { System } from '../../model/inventory.ts';
import type { LayerActivity, LayerInterval, LayerRules } from '../../model/layer-rules.ts';
import { layerActivities } from '../../model/layer-rules.ts';
import type { LayerDue } from '../../model/layer-status.ts';
import type { ScanLook } from '../../model/scan-look.ts';
import { bindsLaw } from './bound.ts';

/**
 * When the system's assessment and scans were last made and fall due again, by its level (regulation.md 2.6). Days in
 * the future count as not done: a report cannot be dated after the day it is read. `looks`: runs of this tool.
 */
export function dueOf(
  rules: LayerRules,
  system: System,
  looks: readonly ScanLook[],
  onDay: string,
): readonly LayerDue[] {
  return layerActivities.flatMap((activity) => {
    const found = intervalOf(rules, activity, system, onDay);
    const level = system.classification?.level;
    if (found === undefined || level === undefined) return [];
    const { months, clause, interval, binding } = found;
    const look = activity === 'assessment' ? undefined : wholeLook(looks, onDay);
    const last = activity === 'assessment' ? reportDay(system, onDay) : look && dayOf(look.at);
    const next = last === undefined ? undefined : earlier(addMonths(last, months), promised(system, activity, last));
    return [
      {
        activity,
        level,
        months,
        cite: { ...interval.cite, clause },
        ...(interval.note === undefined ? {} : { note: interval.note }),
        binding,
        last: last ?? null,
        next: next ?? null,
        overdueDays: next === undefined ? null : Math.max(0, daysBetween(next, onDay)),
        ...(look === undefined ? {} : { run: { id: look.run, seen: look.seen, needed: look.needed } }),
      },
    ];
  });
}

type Found = {
  readonly months: number;
  readonly clause: string;
  readonly interval: LayerInterval;
  readonly binding: boolean;
};

/** The first interval that binds; failing that the first of the level, which then binds later. */
function intervalOf(rules: LayerRules, activity: LayerActivity, system: System, onDay: string): Found | undefined {
  const level = system.classification?.level;
  const ofLevel = rules.intervals.flatMap((interval) => {
    const own = level === undefined ? undefined : interval.levels[level];
    if (interval.activity !== activity || own === undefined) return [];
    if (interval.criticalOnly === true && system.critical === undefined) return [];
    return [{ ...own, interval, binding: bindsLaw(interval, system, onDay) }];
  });
  return ofLevel.find(({ binding }) => binding) ?? ofLevel[0];
}

/** The latest run that saw something of every target of the system; a run that saw some of them is no whole scan. */
function wholeLook(looks: readonly ScanLook[], onDay: string): ScanLook | undefined {
  return looks
    .filter(({ seen, needed, at }) => needed > 0 && seen === needed && dayOf(at) <= onDay)
    .sort((a, b) => (a.at < b.at ? 1 : -1))[0];
}

function reportDay(system: System, onDay: string): string | undefined {
  const held = system.layers?.assessment;
  if (held?.claimed !== true) return undefined;
  const day = (held.report ?? held.document)?.date;
  return day !== undefined && day <= onDay ? day : undefined;
}

/** The owner's own next day holds where it is the earlier one; one before the last report was kept already. */
function promised(system: System, activity: LayerActivity, last: string): string | undefined {
  const day = activity === 'assessment' ? system.layers?.assessment?.nextDue : undefined;
  return day !== undefined && day > last ? day : undefined;
}

function earlier(day: string, other: string | undefined): string {
  return other !== undefined && other < day ? other : day;
}
