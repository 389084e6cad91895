import { outcomes, severities } from '../../model/check.ts';
import { verdicts } from '../../model/assessment.ts';
import { layerVerdicts } from '../../model/layer-status.ts';
import { taskStates } from '../../model/task-status.ts';
import { scan } from '../view/scan.ts';
import { layerNumbers } from '../view/report-index.ts';
import { checkCoverage } from '../view/tally.ts';
import { exposition, type Metric, type Sample } from './exposition.ts';
import type { Ledger } from './ledger.ts';
import { totalsOf } from './totals.ts';

/**
 * The run as gauges, for a node exporter's text folder. Labels are words of closed lists and ids of systems: no host, for a
 * metrics server keeps what it is given for long and shows it to many.
 */
export function prometheus(of: Ledger): Generator<string> {
  return exposition([...runMetrics(of), ...totalMetrics(of), ...systemMetrics(of), ...costMetrics(of)]);
}

const one = (value: number): readonly Sample[] => [{ labels: {}, value }];
const seconds = (iso: string): number => Date.parse(iso) / 1000;

function runMetrics({ index, at, feeds }: Ledger): readonly Metric[] {
  const { run, judgedAt, inventory } = index.data;
  const info = { run: run.id, tool: run.tool, zone: run.zone, province: inventory.province.id, state: run.state };
  return [
    { name: 'rasoat_run_info', help: 'The run that these figures are of.', samples: [{ labels: info, value: 1 }] },
    { name: 'rasoat_run_start_timestamp_seconds', help: 'When the run began.', samples: one(seconds(run.startedAt)) },
    { name: 'rasoat_run_end_timestamp_seconds', help: 'When the run ended.', samples: one(seconds(at)) },
    {
      name: 'rasoat_run_raw_removed_timestamp_seconds',
      help: 'When the raw observations of the run were removed by a rule of retention.',
      samples: run.pruned === undefined ? [] : one(seconds(run.pruned.at)),
    },
    { name: 'rasoat_run_judged_timestamp_seconds', help: 'When it was judged.', samples: one(seconds(judgedAt)) },
    {
      name: 'rasoat_feed_age_seconds',
      help: 'Age of the data of each feed that a verdict leant on, when the run ended.',
      samples: oldest(feeds).map(({ feed, date }) => ({
        labels: { feed },
        value: seconds(at) - seconds(`${date}T00:00:00Z`),
      })),
    },
  ];
}

/** A feed may have been leant on with several dates (tables of support); the oldest is told. */
function oldest(feeds: Ledger['feeds']): Ledger['feeds'] {
  const first = new Map<string, Ledger['feeds'][number]>();
  for (const feed of feeds) if (!first.has(feed.feed) && !Number.isNaN(seconds(feed.date))) first.set(feed.feed, feed);
  return [...first.values()];
}

function totalMetrics(of: Ledger): readonly Metric[] {
  const { index, inInventory, withheld } = of;
  const { data, files } = index;
  const totals = totalsOf(of);
  const covered = checkCoverage(files.flatMap(({ findings }) => findings));
  const findings = new Map<string, number>();
  for (const file of files) {
    for (const { severity, outcome } of file.findings) {
      findings.set(`${severity} ${outcome}`, (findings.get(`${severity} ${outcome}`) ?? 0) + 1);
    }
  }
  const track = data.track?.tally;
  return [
    { name: 'rasoat_inventory_systems', help: 'Systems of the inventory.', samples: one(inInventory) },
    {
      name: 'rasoat_withheld_systems',
      help: 'Systems that may not be named: counted in nothing else.',
      samples: one(withheld),
    },
    {
      name: 'rasoat_systems',
      help: 'Systems by verdict.',
      samples: verdicts.map((verdict) => ({ labels: { verdict }, value: totals.systems[verdict] })),
    },
    {
      name: 'rasoat_obligations',
      help: 'Binding obligations of systems by verdict.',
      samples: verdicts.map((verdict) => ({ labels: { verdict }, value: totals.obligations[verdict] })),
    },
    {
      name: 'rasoat_findings',
      help: 'Findings by severity of the check and outcome, waived failures included.',
      samples: severities.flatMap((severity) =>
        outcomes.map((outcome) => ({
          labels: { severity, outcome },
          value: findings.get(`${severity} ${outcome}`) ?? 0,
        })),
      ),
    },
    { name: 'rasoat_waived_findings', help: 'Failures under a waiver in force.', samples: one(totals.waived) },
    { name: 'rasoat_coverage_observed_checks', help: 'Answers had.', samples: one(covered.seen) },
    { name: 'rasoat_coverage_needed_checks', help: 'Answers needed.', samples: one(covered.needed) },
    {
      name: 'rasoat_late_findings',
      help: 'Failures past their day.',
      samples: track === undefined ? [] : one(track.late),
    },
    {
      name: 'rasoat_findings_to_mend',
      help: 'Confirmed failures to be mended.',
      samples: track === undefined ? [] : one(track.toMend),
    },
    {
      name: 'rasoat_layers',
      help: 'Systems by the word that each of the four layers stands under.',
      samples: layerNumbers.flatMap((layer) =>
        layerVerdicts.map((word) => ({
          labels: { layer: String(layer), word },
          value: files.filter((file) => file.layerWords[layer] === word).length,
        })),
      ),
    },
    {
      name: 'rasoat_tasks',
      help: 'Tasks of directives by state, for each body or system they fall on.',
      samples:
        data.tasks === undefined
          ? []
          : taskStates.map((state) => ({
              labels: { state },
              value: data.tasks?.items.filter((item) => item.state === state).length ?? 0,
            })),
    },
  ];
}

function systemMetrics({ systems }: Ledger): readonly Metric[] {
  const each = (of: (system: Ledger['systems'][number]) => number): readonly Sample[] =>
    systems.map((system) => ({ labels: { system: system.file.system.id }, value: of(system) }));
  return [
    {
      name: 'rasoat_system_verdict',
      help: 'The verdict that a system stands under: 1.',
      samples: systems.map(({ file }) => ({ labels: { system: file.system.id, verdict: file.verdict }, value: 1 })),
    },
    {
      name: 'rasoat_system_open_findings',
      help: 'Failures that nobody has accepted.',
      samples: systems.flatMap(({ file }) =>
        severities.map((severity) => ({
          labels: { system: file.system.id, severity },
          value: file.open.filter(({ finding }) => finding.severity === severity).length,
        })),
      ),
    },
    {
      name: 'rasoat_system_observed_checks',
      help: 'Answers had of a system.',
      samples: each(({ file }) => checkCoverage(file.findings).seen),
    },
    {
      name: 'rasoat_system_needed_checks',
      help: 'Answers needed of a system.',
      samples: each(({ file }) => checkCoverage(file.findings).needed),
    },
    {
      name: 'rasoat_system_late_findings',
      help: 'Failures of a system past their day.',
      samples: systems.some(({ late }) => late === null) ? [] : each(({ late }) => late ?? 0),
    },
  ];
}

function costMetrics({ index }: Ledger): readonly Metric[] {
  const { cost } = scan(index);
  return [
    { name: 'rasoat_scan_addresses', help: 'Addresses that heard something from us.', samples: one(cost.addresses) },
    { name: 'rasoat_scan_connections', help: 'TCP connections attempted.', samples: one(cost.connections) },
    { name: 'rasoat_scan_datagrams', help: 'UDP datagrams sent.', samples: one(cost.datagrams) },
    { name: 'rasoat_scan_sent_bytes', help: 'Bytes sent.', samples: one(cost.sent) },
    { name: 'rasoat_scan_received_bytes', help: 'Bytes received.', samples: one(cost.received) },
    {
      name: 'rasoat_scan_refused_by_guard',
      help: 'Packets that the scope guard held back.',
      samples: one(cost.refused),
    },
    {
      name: 'rasoat_scan_peak_connections_per_second',
      help: 'Most new connections within a second to one address.',
      samples: one(cost.peak),
    },
  ];
}
