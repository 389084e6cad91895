import { dayOf } from '../model/day.ts';
import type { Certainty } from '../model/citation.ts';
import type { Level } from '../model/inventory/level-words.ts';
import type { Text } from '../model/text.ts';
import type { Due } from '../model/track/due.ts';
import type { Life } from '../model/track/life.ts';
import { plusDays, plusMonths, plusWorkingDays, type Calendar } from './calendar.ts';
import type { DeadlineRules } from './deadline-schema.ts';

/** An obligation that binds the finding's system, as far as a due day needs it. */
export type Binding = {
  readonly obligation: string;
  readonly title: Text;
  readonly instrument: string;
  readonly clause?: string;
  readonly certainty: Certainty;
  readonly checks: readonly string[];
  /** "Trước ngày": the day after the last compliant one, unless the province reads it as that day. */
  readonly before?: string;
};

export type DueInput = {
  readonly level?: Level;
  /** Marked trọng yếu. */
  readonly important: boolean;
  readonly bindings: readonly Binding[];
  readonly rules: DeadlineRules;
  readonly calendar: Calendar;
  readonly beforeDay?: 'strict' | 'inclusive';
};

/**
 * Every day a confirmed finding is due by, the first in force first. A directive's day that was over before the finding was
 * first seen could not be kept by anybody who learns of it now: it is given under `passed`, and assessed as the overdue
 * task it is (src/assess), not as this finding's due day. Nothing is due of what is only new, or fixed. Pure.
 */
export function dueDays(
  life: Pick<Life, 'severity' | 'openedAt' | 'check' | 'words' | 'phase'>,
  input: DueInput,
): { readonly due: readonly Due[]; readonly passed: readonly Due[] } {
  if (life.phase !== 'confirmed') return { due: [], passed: [] };
  const from = dayOf(life.openedAt);
  const all = [
    ...byDocument(life),
    ...byDirective(life, input),
    ...byInterval(life, from, input),
    ...byConvention(life, from, input),
  ];
  const inOrder = all.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return {
    due: inOrder.filter(({ on, rule }) => on >= from || rule === 'document'),
    passed: inOrder.filter(({ on, rule }) => on < from && rule !== 'document'),
  };
}

function byDocument({ words }: Pick<Life, 'words'>): readonly Due[] {
  if (words.time === undefined) return [];
  return [
    {
      on: words.time,
      rule: 'document',
      source: { vi: 'Văn bản giao nhiệm vụ', en: 'The document that gave the task' },
      certainty: 'text',
    },
  ];
}

function byDirective({ check }: Pick<Life, 'check'>, { bindings, beforeDay }: DueInput): readonly Due[] {
  return bindings.flatMap((binding): readonly Due[] => {
    const { before, checks, title, instrument, clause, obligation, certainty } = binding;
    if (before === undefined || !checks.includes(check)) return [];
    const on = beforeDay === 'inclusive' ? before : plusDays(before, -1);
    return [
      {
        on,
        rule: 'directive',
        source: title,
        instrument,
        ...(clause === undefined ? {} : { clause }),
        obligation,
        certainty,
      },
    ];
  });
}

function byInterval(
  life: Pick<Life, 'severity'>,
  from: string,
  { bindings, rules, level, important }: DueInput,
): readonly Due[] {
  if (level === undefined || life.severity === 'info') return [];
  return rules.intervals.flatMap(({ obligation, certainty, source, months, importantMonths }): readonly Due[] => {
    const bound = bindings.find((binding) => binding.obligation === obligation);
    const count = (important ? importantMonths?.[level] : undefined) ?? months[level];
    if (bound === undefined || count === undefined) return [];
    const { instrument, clause } = bound;
    return [
      {
        on: plusMonths(from, count),
        rule: 'interval',
        source,
        instrument,
        ...(clause === undefined ? {} : { clause }),
        obligation,
        certainty,
      },
    ];
  });
}

function byConvention(
  { severity }: Pick<Life, 'severity'>,
  from: string,
  { rules, level, calendar }: DueInput,
): readonly Due[] {
  if (severity === 'info') return [];
  const count = rules.convention.workingDays[severity][level ?? 'none'];
  return [
    {
      on: plusWorkingDays(calendar, from, count),
      rule: 'convention',
      source: rules.convention.source,
      certainty: 'inference',
    },
  ];
}
