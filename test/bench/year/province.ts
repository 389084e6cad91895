import { canonicalJson } from '../../../src/model/canonical.ts';
import type { Finding } from '../../../src/model/finding.ts';
import type { Inventory, System } from '../../../src/model/inventory.ts';
import type { Observation } from '../../../src/model/observation.ts';
import type { Target } from '../../../src/model/target.ts';
import { findingRow } from '../../../src/store/finding-row.ts';
import type { Template } from './template.ts';

/** Text with a hole where the week's instant goes. */
type Holed = { readonly before: string; readonly after: string };
type FilledFinding = {
  readonly target: string;
  readonly check: string;
  readonly severity: string;
  readonly outcome: Finding['outcome'];
  readonly asFound: Holed;
  readonly passed: Holed;
  readonly unseen: Holed;
};
type ObservationRow = {
  readonly target: string;
  readonly kind: string;
  readonly seen: Holed;
  readonly silent: Holed;
} & Pick<Observation, 'ok'>;

export type BenchSystem = {
  readonly id: string;
  readonly targets: readonly { readonly key: string; readonly body: string }[];
  readonly observations: readonly ObservationRow[];
  readonly findings: readonly FilledFinding[];
  readonly assessments: readonly { readonly obligation: string; readonly verdict: string; readonly body: string }[];
  readonly known: readonly { readonly target: string; readonly hash: string }[];
};
export type Province = { readonly inventory: Inventory; readonly systems: readonly BenchSystem[] };

/** How many findings of each outcome a system keeps: 68 at most, as a province that is half in order has them. */
const kept: Readonly<Record<Finding['outcome'], number>> = {
  fail: 14,
  pass: 34,
  'not-observed': 10,
  'not-applicable': 10,
};

const hole = '\u0000at\u0000';

/**
 * Repeats a real run under other names until the province has `count` systems. Every system has the endpoints of two of the
 * template's, about three targets; organisations repeat so that each owns about ten systems.
 */
export function makeProvince(template: Template, count: number): Province {
  const scanned = template.inventory.systems.filter(({ id }) => template.targets.some(({ system }) => system === id));
  const at = (index: number): System => {
    const system = scanned[index % scanned.length];
    if (system === undefined) throw new Error('the template scanned nothing');
    return system;
  };
  const by = {
    targets: Map.groupBy(template.targets, ({ system }) => system),
    observations: Map.groupBy(template.observations, ({ target }) => target),
    findings: Map.groupBy(template.findings, ({ system }) => system),
    assessments: Map.groupBy(template.assessments, ({ system }) => system),
  };
  const systems: BenchSystem[] = [];
  const inventorySystems: System[] = [];
  for (let index = 0; index < count; index += 1) {
    const round = Math.floor(index / scanned.length) + 1;
    const [first, second] = [at(index), at(index + 17)];
    const id = `${first.id}-${round}`;
    const parts = [
      { of: first.id, rename: renamer(round) },
      { of: second.id, rename: renamer(round + 100) },
    ];
    const targets = parts.flatMap(({ of, rename }) =>
      (by.targets.get(of) ?? []).map((target): Target => ({ ...rename(target), system: id })),
    );
    const observations = parts.flatMap(({ of, rename }) =>
      (by.targets.get(of) ?? []).flatMap(({ key }) => (by.observations.get(key) ?? []).map(rename)),
    );
    const findings = parts.flatMap(({ of, rename }) =>
      (by.findings.get(of) ?? []).map((finding): Finding => ({ ...rename(finding), system: id })),
    );
    const [own] = parts;
    systems.push({
      id,
      targets: targets.map((target) => ({ key: target.key, body: canonicalJson(target) })),
      observations: observations.map(observationRow),
      findings: some(findings).map(filledFinding),
      assessments: (by.assessments.get(first.id) ?? []).map((one) => ({
        obligation: one.obligation,
        verdict: one.verdict,
        body: canonicalJson({ ...own?.rename(one), system: id }),
      })),
      known: parts.flatMap(({ of, rename }) =>
        (by.targets.get(of) ?? []).flatMap(({ key }) => {
          const hash = template.known.get(key);
          return hash === undefined ? [] : [{ target: rename(key), hash }];
        }),
      ),
    });
    const group = Math.floor((round - 1) / 4);
    inventorySystems.push({
      ...parts[0]?.rename(first),
      id,
      name: `${first.name} ${round}`,
      owner: organisationIn(group, first.owner),
      operator: organisationIn(group, first.operator),
      endpoints: parts.flatMap(({ rename }, part) => (part === 0 ? first : second).endpoints.map(rename)),
    });
  }
  const groups = Math.floor((Math.ceil(count / scanned.length) - 1) / 4) + 1;
  return { systems, inventory: inventoryOf(template.inventory, inventorySystems, groups) };
}

/** Organisations of the first group keep their names, which tasks and documents refer to. */
const organisationIn = (group: number, id: string): string => (group === 0 ? id : `${id}-${group}`);

function inventoryOf(inventory: Inventory, systems: readonly System[], groups: number): Inventory {
  return {
    ...inventory,
    systems,
    organisations: Array.from({ length: groups }, (_, group) =>
      inventory.organisations.map((one) => ({ ...one, id: organisationIn(group, one.id) })),
    ).flat(),
    authorisations: inventory.authorisations.map((one) => ({ ...one, scope: { networks: ['10.0.0.0/8'] } })),
  };
}

/** Gives every host and address of the lab another name and number. */
function renamer(number: number): <T>(value: T) => T {
  return <T>(value: T) =>
    JSON.parse(
      JSON.stringify(value)
        .replaceAll('127.20.', `10.${number}.`)
        .replaceAll(/(?<![a-z0-9-])lai-chau\.example/g, `k${number}.lai-chau.example`),
    ) as T;
}

function some(findings: readonly Finding[]): readonly Finding[] {
  const count = { fail: 0, pass: 0, 'not-observed': 0, 'not-applicable': 0 };
  return findings.filter(({ outcome }) => (count[outcome] += 1) <= kept[outcome]);
}

function filledFinding(finding: Finding): FilledFinding {
  const { target, check, severity, outcome, system } = finding;
  const bare = { at: hole, check, evidence: [], severity, system, target };
  const failure = { code: 'timeout', detail: 'no answer within 5000 ms', retryable: true } as const;
  return {
    target,
    check,
    severity,
    outcome,
    asFound: torn(findingRow({ ...finding, at: hole }).body),
    passed: torn(findingRow({ ...bare, outcome: 'pass' }).body),
    unseen: torn(findingRow({ ...bare, outcome: 'not-observed', cause: { kind: 'http', failure } }).body),
  };
}

function observationRow(observation: Observation): ObservationRow {
  const { target, kind, zone, probe, ok } = observation;
  const failure = { code: 'timeout', detail: 'no answer within 5000 ms', retryable: true };
  return {
    target,
    kind,
    ok,
    seen: torn(canonicalJson({ ...observation, at: hole })),
    silent: torn(canonicalJson({ target, kind, zone, probe, ms: 5000, at: hole, ok: false, failure })),
  };
}

function torn(text: string): Holed {
  const [before = '', after = ''] = text.split(JSON.stringify(hole).slice(1, -1));
  return { before, after };
}

/** The text as of an instant. */
export const filled = ({ before, after }: Holed, at: string): string => before + at + after;
