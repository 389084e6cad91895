import type { Inventory, System } from '../../model/inventory.ts';
import type { Classification } from '../../model/inventory/classification.ts';
import type { Organisation } from '../../model/inventory/organisation.ts';
import { message } from '../../model/text.ts';
import { formatDay } from '../format.ts';
import type { FormInput } from './input.ts';
import type { Defect } from './paper.ts';
import type { Period } from './period.ts';
import { given, isBlank } from './value.ts';

/** Law 116/2025 Đ45.1: levels of the old law meet the new measures within 12 months of 1 July 2026; the text names no end day. */
const oldLevelsUntil = '2027-06-30';

type Found = readonly [code: string, params?: Record<string, string | number>];

/** What the dossiers leave open or get wrong, system by system. */
export function dossierDefects(input: FormInput, systems: readonly System[], period: Period): readonly Defect[] {
  return systems.flatMap((system) => [
    ...ofSystem(input, system, period).map(([code, params]) => ({
      code,
      system: system.id,
      about: system.name,
      message: message(`forms.defect.${code}`, params),
    })),
    ...(input.audit?.(system) ?? [])
      .filter(({ id }) => !toldHere.has(id))
      .map(({ id, what }) => ({ code: id, system: system.id, about: system.name, message: what })),
  ]);
}

/** What the audit of levels says in words of its own and stands above already. */
const toldHere: ReadonlySet<string> = new Set([
  'never-classified',
  'below-facts',
  'above-facts',
  'approved-without-decision',
  'decision-not-approved',
  'no-regulation',
  'decision-before-regulation',
  'approved-against-appraisal',
  'expected-passed',
  'measures-passed',
  'determine-again',
]);

function ofSystem(input: FormInput, system: System, period: Period): readonly Found[] {
  const { classification } = system;
  if (classification === undefined) return [['level-missing']];
  return [
    ...levelFound(input, system, classification),
    ...(classification.dossier === 'da-phe-duyet'
      ? approvedFound(input, system, classification, period)
      : pendingFound(input, system, classification)),
    ...implementationFound(input.on, classification),
  ];
}

function levelFound(input: FormInput, system: System, { level, facts, redetermine }: Classification): Found[] {
  const found: Found[] = [];
  if (facts?.type === undefined) found.push(['type-missing']);
  const least = input.leastLevel(system);
  if (least !== undefined && least.level > level) {
    found.push(['level-too-low', { level, asked: least.level, clause: least.clause }]);
  }
  if (least !== undefined && least.level < level) {
    found.push(['level-above-facts', { level, asked: least.level, clause: least.clause }]);
  }
  if (redetermine !== undefined) found.push(['redetermine', { day: formatDay(redetermine.since) }]);
  return found;
}

function approvedFound(input: FormInput, system: System, of: Classification, period: Period): Found[] {
  const { decision, regulation } = of;
  const found: Found[] = [];
  if (decision === undefined) found.push(['decision-missing']);
  else {
    const day = formatDay(decision.date);
    if (isBlank(decision.issuer) && of.approvedBy === undefined) found.push(['decision-issuer-missing']);
    if (decision.date > input.on) found.push(['decision-in-future', { day }]);
    else if (decision.date > period.until)
      found.push(['decision-after-cut-off', { day, until: formatDay(period.until) }]);
    const late = deadlineBroken(input, system, decision.date);
    if (late !== undefined)
      found.push(['approved-late', { day, before: formatDay(late.before), text: late.instrument }]);
    if (regulation !== undefined && regulation.date > decision.date) {
      found.push(['regulation-after-decision', { day, regulation: formatDay(regulation.date) }]);
    }
  }
  if (regulation === undefined) found.push(['regulation-missing']);
  if (of.implementation === undefined) found.push(['implementation-missing']);
  if (of.appraisal?.conclusion === 'chua-phu-hop') found.push(['appraised-unsuitable']);
  const last = lastPeriodic(of);
  if (last !== undefined && last < period.from) found.push(['inspection-old', { day: formatDay(last) }]);
  return found;
}

function pendingFound(input: FormInput, system: System, of: Classification): Found[] {
  const { dossier, decision, expectedApproval, returned, accepted } = of;
  const found: Found[] = [];
  if (dossier === 'chua-lap') found.push(['dossier-not-begun']);
  if (decision !== undefined) found.push(['decision-unexpected', { number: decision.number }]);
  if (returned !== undefined && (accepted ?? '') < returned) found.push(['returned', { day: formatDay(returned) }]);
  if (expectedApproval === undefined) found.push(['expected-missing']);
  else {
    const day = formatDay(expectedApproval);
    if (expectedApproval < input.on) found.push(['expected-passed', { day }]);
    const late = deadlineBroken(input, system, expectedApproval);
    if (late !== undefined)
      found.push(['expected-late', { day, before: formatDay(late.before), text: late.instrument }]);
  }
  return found;
}

function implementationFound(on: string, { regime, implementation }: Classification): Found[] {
  if (implementation === undefined || implementation.state === 'day-du') return [];
  const { expected } = implementation;
  if (expected === undefined) return [['implementation-expected-missing']];
  const day = formatDay(expected);
  if (expected < on) return [['implementation-passed', { day }]];
  if (regime === 'nd-85-2016' && expected > oldLevelsUntil) return [['implementation-late', { day }]];
  return [];
}

/** The first deadline that a day of approval breaks: "trước ngày D" is broken on D. */
function deadlineBroken(input: FormInput, system: System, day: string) {
  return input.levelDeadlines
    .filter(({ criticalOnly }) => !criticalOnly || system.critical !== undefined)
    .toSorted((a, b) => (a.before < b.before ? -1 : 1))
    .find(({ before }) => day >= before);
}

/** Day of the latest periodic inspection. */
export function lastPeriodic({ inspections }: Classification): string | undefined {
  return inspections
    ?.filter(({ kind }) => kind === 'dinh-ky')
    .map(({ document }) => document.date)
    .toSorted()
    .at(-1);
}

/** What part 2 of Mẫu 08 asks of owners and their specialised units and the inventory does not say. */
export function organisationDefects(inventory: Inventory, owners: readonly Organisation[]): readonly Defect[] {
  const units = new Set(owners.flatMap(({ specialisedUnit }) => specialisedUnit?.organisation ?? []));
  const asked = [
    ...owners,
    ...inventory.organisations.filter(({ id }) => units.has(id) && !owners.some((one) => one.id === id)),
  ];
  return asked.flatMap((one) => {
    const found: string[] = [];
    if (given(one.head) === null) found.push('head-missing');
    if (isBlank(one.headPosition)) found.push('position-missing');
    if (given(one.address) === null) found.push('address-missing');
    if (given(one.contact?.phone) === null || given(one.contact?.email) === null) found.push('contact-missing');
    if (units.has(one.id) && one.functions === undefined) found.push('functions-missing');
    if (owners.some(({ id }) => id === one.id) && one.specialisedUnit === undefined) found.push('unit-missing');
    return found.map((code): Defect => ({
      code,
      organisation: one.id,
      about: one.name,
      message: message(`forms.defect.${code}`),
    }));
  });
}
