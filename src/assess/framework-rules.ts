import type { CheckId } from '../model/check.ts';
import type { DirectiveTask, Framework, Obligation } from '../model/framework.ts';
import { message } from '../model/text.ts';
import { isDay } from '../model/day.ts';
import type { Departure } from './schema-problem.ts';
import type { Path } from '../yaml/pointer.ts';

/** What is wrong with a framework although its shape is right. `checks`: the ids that exist. */
export function frameworkDepartures(framework: Framework, checks: ReadonlySet<CheckId>): readonly Departure[] {
  return [
    ...datesOf(framework).flatMap(([path, day]) =>
      isDay(day) ? [] : [{ path, message: message('frameworks.no-such-day', { day }) }],
    ),
    ...periods(framework).flatMap(([path, { from, to }]) =>
      from !== undefined && to !== undefined && to < from
        ? [{ path, message: message('frameworks.days-reversed', { from, to }) }]
        : [],
    ),
    ...layerRuleDepartures(framework),
    ...framework.obligations.flatMap((obligation, index) =>
      obligationDepartures(framework, obligation, ['obligations', index], checks),
    ),
  ];
}

function obligationDepartures(
  framework: Framework,
  obligation: Obligation,
  path: Path,
  checks: ReadonlySet<CheckId>,
): readonly Departure[] {
  const departures: Departure[] = [];
  if (!obligation.id.startsWith(`${framework.id}/`)) {
    departures.push({
      path: [...path, 'id'],
      message: message('frameworks.wrong-prefix', { prefix: `${framework.id}/` }),
    });
  }
  obligation.checks.forEach((check, index) => {
    const at = [...path, 'checks', index];
    if (!checks.has(check)) departures.push({ path: at, message: message('frameworks.unknown-check', { check }) });
    if (obligation.checks.indexOf(check) < index) {
      departures.push({ path: at, message: message('frameworks.check-twice', { check }) });
    }
  });
  if (obligation.claim !== undefined && obligation.proof === 'scan') {
    departures.push({ path: [...path, 'claim'], message: message('frameworks.claim-on-scan') });
  }
  if (obligation.checks.length === 0 && obligation.claim === undefined && obligation.manual === undefined) {
    departures.push({ path, message: message('frameworks.no-way-to-tell', { id: obligation.id }) });
  }
  if (framework.kind === 'directive' && obligation.task === undefined) {
    departures.push({ path, message: message('frameworks.missing-field', { field: 'task' }) });
  }
  if (obligation.task !== undefined) departures.push(...taskDepartures(obligation, obligation.task, [...path, 'task']));
  return departures;
}

/** Addressees of a task that every system is asked, a rule that has nothing to go by. */
function taskDepartures(obligation: Obligation, task: DirectiveTask, path: Path): readonly Departure[] {
  const departures: Departure[] = [];
  if (task.addressees !== undefined && task.provinceWide !== true) {
    departures.push({ path: [...path, 'addressees'], message: message('frameworks.addressees-of-systems') });
  }
  const rule = task.evidence?.rule;
  const groundless =
    (rule === 'findings' && obligation.checks.length === 0) ||
    (rule === 'level' && obligation.claim !== 'level') ||
    (rule === 'layers' && obligation.claim?.startsWith('layers') !== true) ||
    (rule === 'reports' && task.periodic !== true) ||
    ((rule === 'runs' || rule === 'coverage') && task.provinceWide !== true);
  if (rule !== undefined && groundless) {
    departures.push({
      path: [...path, 'evidence', 'rule'],
      message: message('frameworks.rule-without-ground', { rule }),
    });
  }
  return departures;
}

function layerRuleDepartures({ kind, layerRules }: Framework): readonly Departure[] {
  if (layerRules === undefined) return [];
  const path: Path = ['layerRules'];
  if (kind !== 'layers') return [{ path, message: message('frameworks.layer-rules-elsewhere') }];
  return layerRules.requirements.flatMap(({ must, months, days }, index) => {
    const spans = [months, days].filter((span) => span !== undefined).length;
    const wrong = must === 'fresh' ? spans !== 1 : spans > 0;
    return wrong ? [{ path: [...path, 'requirements', index], message: message('frameworks.fresh-span') }] : [];
  });
}

type Period = { readonly from?: string; readonly to?: string };

function periods(framework: Framework): readonly (readonly [Path, Period])[] {
  return [
    [['inForce'], framework.inForce],
    ...(framework.regimes ?? []).map((bound, index) => [['regimes', index], bound] as const),
    ...(['requirements', 'intervals'] as const).flatMap((part) =>
      (framework.layerRules?.[part] ?? []).flatMap((rule, at) =>
        (rule.regimes ?? []).map((bound, index) => [['layerRules', part, at, 'regimes', index], bound] as const),
      ),
    ),
  ];
}

function datesOf(framework: Framework): readonly (readonly [Path, string])[] {
  const { issued, readOn } = framework.instrument;
  const dates: (readonly [Path, string | undefined])[] = [
    [['instrument', 'issued'], issued],
    [['instrument', 'readOn'], readOn],
    ...periods(framework).flatMap(([path, { from, to }]) => [
      [[...path, 'from'], from] as const,
      [[...path, 'to'], to] as const,
    ]),
    [['layerRules', 'readOn'], framework.layerRules?.readOn],
    ...(framework.layerRules?.requirements ?? []).map(
      ({ from }, index) => [['layerRules', 'requirements', index, 'from'], from] as const,
    ),
    ...framework.obligations.map(({ task }, index) => {
      const { deadline } = task ?? {};
      const at = ['obligations', index, 'task', 'deadline'];
      if (deadline !== undefined && 'within' in deadline)
        return [[...at, 'within', 'last'], deadline.within.last] as const;
      return [[...at, 'before'], deadline !== undefined && 'before' in deadline ? deadline.before : undefined] as const;
    }),
  ];
  return dates.flatMap(([path, day]) => (day === undefined ? [] : [[path, day] as const]));
}
