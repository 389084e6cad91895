import { dayOf } from '../../src/model/day.ts';
import type { Check } from '../../src/model/check.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Inventory, System, Waiver } from '../../src/model/inventory.ts';
import type { Target } from '../../src/model/target.ts';
import type { Script, ScriptedFinding, ScriptedSystem } from './script.ts';

const weekMs = 7 * 86_400_000;
const begins = Date.UTC(2026, 0, 5, 1);

/** When the run of a week ends, and hours before that. */
export const instant = (week: number, hours = 0): string =>
  new Date(begins + week * weekMs + hours * 3_600_000).toISOString();

/** Checks that get another id in the year: the third twice. */
const renames: readonly { readonly week: number; readonly from: string; readonly to: string }[] = [
  { week: 20, from: 'check-02', to: 'check-02-second' },
  { week: 33, from: 'check-05', to: 'check-05-second' },
  { week: 41, from: 'check-02-second', to: 'check-02-third' },
];

/** The id that a check has in a week. */
export function checkIn(week: number, check: string): string {
  return renames.filter((one) => one.week <= week).reduce((id, { from, to }) => (id === from ? to : id), check);
}

/** The checks of a week, as the tracker reads them. */
export function checksIn(week: number, { checks }: Script): readonly Check[] {
  return checks.map((check) => {
    const id = checkIn(week, check);
    const replaces = renames.filter((one) => one.week <= week && one.to === id).map(({ from }) => from);
    return { id, ...(replaces.length === 0 ? {} : { replaces }) } as unknown as Check;
  });
}

/** A system's target in a week; undefined where it is not in the inventory. */
export function targetIn(week: number, { id, hosts, addresses }: ScriptedSystem): Target | undefined {
  if (hosts[week] === 'out') return undefined;
  const place = hosts[week] === 'nameless' ? '?' : `2001:db8::${addresses[week] ?? 1}`;
  const url = `https://${id}.example/`;
  return { key: `${url} [${place}]`, kind: 'web', system: id, endpoint: { kind: 'web', url }, name: `${id}.example` };
}

/** What a run of a week finds. */
export function findingsIn(week: number, { systems }: Script): readonly Finding[] {
  return systems.flatMap((system) => {
    const target = targetIn(week, system);
    return target === undefined ? [] : system.findings.map((finding) => findingIn(week, finding, target.key));
  });
}

function findingIn(week: number, { system, check, steps }: ScriptedFinding, target: string): Finding {
  const step = steps[week] ?? null;
  const common = {
    system,
    target,
    check: checkIn(week, check),
    severity: 'high' as const,
    evidence: [],
    at: instant(week, -1),
  };
  switch (step?.sees) {
    case 'F': {
      const because = { vi: 'x', en: 'x' };
      // The time of day and the order differ from week to week, and mean nothing.
      const saw = `answer ${step.evidence ?? 1} of ${instant(week)}`;
      const both = [
        { at: `/list/${week % 3}`, saw, because },
        { at: '/flag', saw: true, because },
      ];
      return { ...common, outcome: 'fail', evidence: week % 2 === 0 ? both : both.reverse() };
    }
    case 'P':
    case 'clean':
      return { ...common, outcome: 'pass' };
    case 'n':
      return { ...common, outcome: 'not-applicable' };
    case 'o':
    case undefined: {
      const failure = {
        code: target.endsWith('[?]') ? ('dns' as const) : ('timeout' as const),
        detail: '',
        retryable: true,
      };
      return { ...common, outcome: 'not-observed', cause: { kind: 'http', failure } };
    }
  }
}

/** The inventory of a week. */
export function inventoryIn(week: number, { systems }: Script): Inventory {
  const person = (name: string) => ({ name, position: 'x' });
  const waiversOf = (findings: readonly ScriptedFinding[]): readonly Waiver[] =>
    findings.flatMap(({ check, steps }): readonly Waiver[] => {
      const given = steps.findIndex((step) => typeof step?.inventoryWaiver === 'object');
      const removed = steps.findIndex((step) => step?.inventoryWaiver === 'removed');
      const waiver = steps[given]?.inventoryWaiver;
      if (typeof waiver !== 'object' || week < given || (removed >= 0 && week >= removed)) return [];
      return [
        {
          check: checkIn(week, check),
          until: lastDay(given, waiver.weeks),
          reason: 'x',
          requestedBy: person('A'),
          approvedBy: person('B'),
        },
      ];
    });
  return {
    schema: 1,
    province: { id: 'p', name: 'P' },
    zones: [{ id: 'internet', name: 'Internet' }],
    organisations: [],
    authorisations: [],
    systems: systems.flatMap((system): readonly System[] => {
      const target = targetIn(week, system);
      if (target === undefined) return [];
      const { id, findings } = system;
      return [
        { id, name: id, owner: 'o', operator: 'o', endpoints: [target.endpoint], waivers: [...waiversOf(findings)] },
      ];
    }),
  };
}

/** The last day of what begins in a week and holds for some runs. */
export const lastDay = (week: number, count: number): string => dayOf(instant(week + count - 1));
