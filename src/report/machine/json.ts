import type { TaskItem } from '../../model/task-status.ts';
import { nameOf } from '../view/name.ts';
import { scan } from '../view/scan.ts';
import type { ReportDocument } from './json-schema.ts';
import { findingOf } from './json-finding.ts';
import { seenOfNeeded, systemOf } from './json-system.ts';
import type { Ledger } from './ledger.ts';
import { totalsOf } from './totals.ts';

type Part<K extends keyof ReportDocument> = ReportDocument[K];

/** The whole report as one document by `rasoat-report/1`. Words of strangers stand as they were sent. Pure. */
export function reportDocument(of: Ledger, organisation: string | null): ReportDocument {
  const { index, systems, inInventory, withheld, feeds } = of;
  const { data, files } = index;
  const { inventory } = data;
  const totals = totalsOf(of);
  return {
    schema: 'rasoat-report/1',
    run: runOf(of),
    province: { id: inventory.province.id, name: nameOf(inventory.province) },
    scope: {
      organisation,
      systemsInInventory: inInventory,
      systemsListed: files.length,
      systemsWithheld: withheld,
      excludedSystems: data.excludedSystems,
    },
    totals: {
      systems: totals.systems,
      obligations: totals.obligations,
      findings: totals.findings,
      openBySeverity: totals.open,
      waived: totals.waived,
      late: data.track?.tally.late ?? null,
      coverage: seenOfNeeded(files.flatMap(({ findings }) => findings)),
    },
    organisations: inventory.organisations.map((one) => ({
      id: one.id,
      name: nameOf(one),
      kind: one.kind ?? null,
      parent: one.parent ?? null,
    })),
    systems: files.map((file) => systemOf(of, file)),
    checks: data.checks.map(({ id, title, severity, change, sources }) => ({
      id,
      title,
      severity,
      change,
      sources: [...sources],
    })),
    findings: systems.flatMap(({ findings }) => findings.map((entry) => findingOf(data.run.id, entry))),
    obligations: data.frameworks.flatMap((framework) =>
      framework.obligations.map((one) => ({
        id: one.id,
        framework: framework.id,
        title: one.title,
        binding: framework.kind !== 'good-practice',
        layer: one.layer ?? null,
        instrument: one.cite.instrument,
        clause: one.cite.clause ?? null,
        certainty: one.cite.certainty,
        checks: [...one.checks],
      })),
    ),
    assessments: files.flatMap(({ assessed }) =>
      assessed.map(({ assessment: one }) => ({
        system: one.system,
        obligation: one.obligation,
        verdict: one.verdict,
        because: one.because ?? null,
        clause: one.clause ?? null,
        claim:
          one.claim === undefined
            ? null
            : {
                says: one.claim.says,
                on: one.claim.on ?? null,
                document: one.claim.document ?? null,
                until: one.claim.until ?? null,
              },
        coverage: { seen: one.coverage.seen, needed: one.coverage.needed },
        evidenceAt: one.evidenceAt ?? null,
        before: one.standing?.before ?? null,
        findings: one.findings.map(({ check, target }) => ({ check, target })),
      })),
    ),
    tasks: (data.tasks?.items ?? []).map(taskOf),
    costs: costsOf(of),
    controls: controlsOf(of),
    feeds: feeds.map(({ feed, date }) => ({ feed, date })),
  };
}

function runOf({ index: { data, today } }: Ledger): Part<'run'> {
  const { run } = data;
  return {
    id: run.id,
    tool: run.tool,
    zone: run.zone,
    startedAt: run.startedAt,
    endedAt: run.endedAt ?? null,
    day: today,
    state: run.state,
    judgedAt: data.judgedAt,
    portList: run.portList?.name ?? null,
    inventoryHash: run.inventoryHash,
    checksHash: run.checksHash,
    frameworksHash: run.frameworksHash,
  };
}

function taskOf({ task, subject, state, because, due, days, evidence }: TaskItem): Part<'tasks'>[number] {
  const { seen, needed } = evidence.coverage;
  return {
    task,
    subject: {
      kind: subject.kind,
      id: subject.kind === 'system' ? subject.system : subject.kind === 'organisation' ? subject.organisation : null,
      name: subject.kind === 'body' ? subject.name : null,
    },
    state,
    because,
    last: due.last ?? null,
    days: days ?? null,
    coverage: { seen, needed },
  };
}

function controlsOf({ index: { data } }: Ledger): Part<'controls'> {
  if (data.controls === undefined) return null;
  return {
    standings: data.controls.standings.map(({ family, kind, targets, state, by }) => ({
      family,
      kind,
      targets,
      state,
      by: [...by],
    })),
    withheld: data.findings.filter(({ cause }) => cause?.failure.code === 'control').length,
    connections: data.controls.costs.reduce((sum, { connections }) => sum + connections, 0),
  };
}

function costsOf({ index }: Ledger): Part<'costs'> {
  const { cost, resolver } = scan(index);
  return {
    addresses: cost.addresses,
    connections: cost.connections,
    datagrams: cost.datagrams,
    refusedByGuard: cost.refused,
    bytesSent: cost.sent,
    bytesReceived: cost.received,
    peakPerSecond: cost.peak,
    byAddress: index.data.costs
      .filter(({ address }) => address !== '')
      .map(({ address, connections, datagrams, refusedByGuard, bytesSent, bytesReceived, peakPerSecond }) => ({
        address,
        connections,
        datagrams,
        refusedByGuard,
        bytesSent,
        bytesReceived,
        peakPerSecond,
      })),
    resolverQueries: resolver?.queries ?? 0,
  };
}
