import { failure } from '../../model/failure.ts';
import type { Check } from '../../model/check.ts';
import type { RunControls } from '../../model/control.ts';
import type { Framework } from '../../model/framework.ts';
import type { Observation } from '../../model/observation.ts';
import type { ReportData } from '../../model/report-data.ts';
import type { Text } from '../../model/text.ts';
import { redactInventory, type Renamed } from './inventory.ts';
import { knownNames } from './known.ts';
import { scrubber } from './scrub.ts';
import { redactTasks } from './tasks.ts';
import { redactTrack } from './track.ts';

type Scrub = (text: string) => string;

/**
 * What a copy that travels is drawn from: systems by name, verdicts, counts and days. It is built anew from what may go, not by taking
 * out what may not, so that a field added later stays behind until somebody lets it through. No hosts, addresses, people, captured
 * data or words of owners; ids of systems and keys of targets become numbers; names and texts are scrubbed of what points at a
 * machine or a person. Pure.
 */
export function redact(data: ReportData): ReportData {
  const scrub = scrubber(knownNames(data));
  const systems = numbered(
    data.inventory.systems.map(({ id }) => id),
    'he-thong',
  );
  const targets = numbered(
    data.targets.map(({ key }) => key),
    'diem',
  );
  const renamed: Renamed = { system: systems, target: targets };
  const { run } = data;
  return {
    run: {
      id: run.id,
      tool: scrub(run.tool),
      zone: run.zone,
      startedAt: run.startedAt,
      ...(run.endedAt === undefined ? {} : { endedAt: run.endedAt }),
      inventoryHash: hash(run.inventoryHash),
      checksHash: hash(run.checksHash),
      frameworksHash: hash(run.frameworksHash),
      ...(run.portList === undefined ? {} : { portList: { name: run.portList.name, ports: '' } }),
      state: run.state,
    },
    inventory: redactInventory(data.inventory, scrub, renamed),
    checks: data.checks.map((check) => redactCheck(check, scrub)),
    frameworks: data.frameworks.map((framework) => redactFramework(framework, scrub)),
    targets: data.targets.map(({ key, kind, system }) => ({
      key: targets(key),
      kind,
      system: systems(system),
      endpoint: { kind: 'host', host: targets(key) },
    })),
    observations: data.observations.map((one) => redactObservation(one, targets)),
    findings: data.findings.map(({ system, target, check, severity, outcome, cause, at }) => ({
      system: systems(system),
      target: targets(target),
      check,
      severity,
      outcome,
      evidence: [],
      ...(cause === undefined ? {} : { cause: { kind: cause.kind, failure: failure(cause.failure.code, '') } }),
      at,
    })),
    assessments: data.assessments.map(({ system, framework, obligation, verdict, because, coverage, evidenceAt }) => ({
      system: systems(system),
      framework,
      obligation,
      verdict,
      ...(because === undefined ? {} : { because }),
      findings: [],
      coverage,
      ...(evidenceAt === undefined ? {} : { evidenceAt }),
    })),
    costs: data.costs.map((cost, at) => ({ ...countsOf(cost), address: `${at + 1}` })),
    resolverCosts: [],
    // Families and kinds alone: no server of ours is named.
    ...(data.controls === undefined ? {} : { controls: redactControls(data.controls) }),
    ...(data.tasks === undefined ? {} : { tasks: redactTasks(data.tasks, scrub, renamed) }),
    judgedAt: data.judgedAt,
    excludedSystems: data.excludedSystems,
    ...(data.track === undefined ? {} : { track: redactTrack(data.track, scrub, renamed) }),
    ...(data.layers === undefined
      ? {}
      : {
          layers: data.layers.map(({ system, layer, verdict, because, asOf, coverage }) => ({
            system: systems(system),
            layer,
            verdict,
            because,
            asOf,
            claim: null,
            missing: [],
            refused: [],
            stale: [],
            evidence: [],
            coverage,
            due: [],
            detection: null,
          })),
        }),
  };
}

function redactControls({ standings }: RunControls): RunControls {
  return {
    standings: standings.map(({ family, kind, targets, state, by }) => ({ family, kind, targets, state, by })),
    readings: [],
    costs: [],
    resolverCosts: [],
  };
}

/** A hash is a hash or nothing. */
function hash(text: string): string {
  return /^[0-9a-f]{64}$/.test(text) ? text : '';
}

/** Names by number, in the order given; what is not among them has number 0. */
function numbered(ids: readonly string[], word: string): (id: string) => string {
  const numbers = new Map([...new Set(ids)].map((id, at) => [id, at + 1]));
  return (id) => `${word}-${numbers.get(id) ?? 0}`;
}

function countsOf(cost: ReportData['costs'][number]): Omit<ReportData['costs'][number], 'address'> {
  const { connections, datagrams, refusedByGuard, bytesSent, bytesReceived, peakPerSecond } = cost;
  return { connections, datagrams, refusedByGuard, bytesSent, bytesReceived, peakPerSecond };
}

/** That there was a look, of which kind, and whether it succeeded; of what was seen, nothing but what counts need. */
function redactObservation(one: Observation, target: (key: string) => string): Observation {
  const { kind, zone, at, ms } = one;
  const bare = { kind, target: target(one.target), zone, at, ms, probe: '' };
  if (!one.ok) return { ...bare, ok: false, failure: failure(one.failure.code, '') };
  // Facts of a kind that no page of a copy which travels reads; a reader that did would find nothing there.
  return { ...bare, ok: true, facts: factsLeft(one) } as unknown as Observation;
}

function factsLeft(one: Observation & { readonly ok: true }): Readonly<Record<string, unknown>> {
  if (one.kind === 'ports') return { engine: one.facts.engine };
  if (one.kind === 'http' && one.facts.requests !== undefined) {
    const { made, leftOut } = one.facts.requests;
    return { requests: { made, leftOut } };
  }
  return {};
}

function redactCheck(check: Check, scrub: Scrub): Check {
  return {
    id: check.id,
    title: both(check.title, scrub),
    why: { vi: '', en: '' },
    severity: check.severity,
    about: check.about,
    reads: check.reads,
    rule: {},
    fix: {},
    change: check.change,
    sources: [],
    since: scrub(check.since),
    examples: [],
  };
}

function redactFramework(framework: Framework, scrub: Scrub): Framework {
  const { instrument } = framework;
  return {
    id: framework.id,
    kind: framework.kind,
    title: both(framework.title, scrub),
    instrument: {
      number: scrub(instrument.number),
      ...(instrument.issued === undefined ? {} : { issued: instrument.issued }),
      issuer: both(instrument.issuer, scrub),
      source: scrub(instrument.source),
      certainty: instrument.certainty,
      readOn: instrument.readOn,
    },
    inForce: framework.inForce,
    obligations: framework.obligations.map((one) => ({
      id: one.id,
      title: both(one.title, scrub),
      asks: both(one.asks, scrub),
      ...(one.layer === undefined ? {} : { layer: one.layer }),
      cite: { instrument: scrub(one.cite.instrument), certainty: one.cite.certainty },
      checks: one.checks,
      proof: one.proof,
    })),
  };
}

function both({ vi, en }: Text, scrub: Scrub): Text {
  return { vi: scrub(vi), en: scrub(en) };
}
