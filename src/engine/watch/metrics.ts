import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { FleetFigures } from '../../model/fleet-figures.ts';
import { fleetGauges } from './gauges.ts';

/** Series of one metric at most: what a stranger's words or a bug would make of labels ends here. */
const seriesAtMost = 500;
/** Names of zones, kinds, codes and feeds are ids; anything else is no label. */
const word = /^[\w.-]{1,64}$/;

/** Not metrics but counts of handles under a name that Prometheus keeps for counters (prometheus/client_js issue 283). */
const misnamed = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

export type WorkDone = {
  readonly zone: string;
  readonly seconds: number;
  readonly outcome: 'done' | 'given-back' | 'lost';
};

export type Metrics = {
  /** One lane that this process worked at. */
  readonly lane: (work: WorkDone) => void;
  /** What a delivered target came to. */
  readonly delivered: (zone: string, result: 'kept' | 'had' | 'fenced') => void;
  readonly setLanesUnderWay: (zone: string, count: number) => void;
  /** What the store tells; the next scrape shows it. */
  readonly show: (figures: FleetFigures) => void;
  /** Whether the figures of the last reading are those shown. */
  readonly figuresFailed: () => void;
  readonly text: () => Promise<string>;
  readonly type: string;
  readonly names: () => readonly string[];
};

/** The metrics of one process, in a registry of its own. */
export function createMetrics(process: { readonly role: string; readonly version: string }): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of misnamed) registry.removeSingleMetric(name);
  const registers = [registry];
  const gauge = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Gauge({ name, help, labelNames: [...labelNames], registers });

  gauge('rasoat_build_info', 'The role and version of this process.', ['role', 'version']).set(
    { role: process.role, version: process.version },
    1,
  );
  const read = gauge('rasoat_figures_timestamp_seconds', 'When the figures of the store were last read.');
  const failures = new Counter({
    name: 'rasoat_figures_failures_total',
    help: 'Readings of the store that failed.',
    registers,
  });
  const dropped = new Counter({
    name: 'rasoat_dropped_series_total',
    help: 'Series left out: too many, or not a word.',
    registers,
  });
  const durations = new Histogram({
    name: 'rasoat_scan_duration_seconds',
    help: 'How long finished scans of the store took from begin to end.',
    labelNames: ['zone'],
    buckets: [60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 57_600, 115_200, 604_800],
    registers,
  });
  const lanes = new Histogram({
    name: 'rasoat_worker_lane_seconds',
    help: 'How long this process worked at each lane.',
    labelNames: ['zone', 'outcome'],
    buckets: [0.1, 0.5, 1, 5, 15, 30, 60, 120, 300, 900, 3_600],
    registers,
  });
  const results = new Counter({
    name: 'rasoat_worker_results_total',
    help: 'Results that this process delivered, by what became of them.',
    labelNames: ['zone', 'result'],
    registers,
  });
  const underWay = gauge('rasoat_worker_lanes_under_way', 'Lanes that this process works at now.', ['zone']);

  const told = fleetGauges.map(({ name, help, labels, type, samples }) => {
    const common = { name, help, labelNames: [...labels], registers };
    // A counter that the store counts: set anew at each reading, where prom-client's own may only be added to.
    const metric = type === 'counter' ? new Counter(common) : new Gauge(common);
    return { metric, samples, labelled: labels.length > 0 };
  });

  const fits = (labels: Readonly<Record<string, string>>): boolean =>
    Object.values(labels).every((value) => word.test(value));
  return {
    lane: ({ zone, seconds, outcome }) => {
      if (fits({ zone })) lanes.observe({ zone, outcome }, seconds);
    },
    delivered: (zone, result) => {
      if (fits({ zone })) results.inc({ zone, result });
    },
    setLanesUnderWay: (zone, count) => {
      if (fits({ zone })) underWay.set({ zone }, count);
    },
    show: (figures) => {
      read.set(Date.parse(figures.at) / 1000);
      for (const { metric, samples, labelled } of told) {
        metric.reset();
        // Without labels it would stand at 0 where nothing is known.
        if (!labelled) metric.remove();
        let count = 0;
        for (const { labels, value } of samples(figures)) {
          count += 1;
          if (count > seriesAtMost || !fits(labels) || !Number.isFinite(value)) dropped.inc();
          else metric.inc(labels, value);
        }
      }
      durations.reset();
      for (const { zone, durations: all } of figures.zones)
        if (fits({ zone })) for (const one of all) durations.observe({ zone }, one);
    },
    figuresFailed: () => {
      failures.inc();
    },
    text: () => registry.metrics(),
    type: registry.contentType,
    names: () => registry.getMetricsAsArray().map(({ name }) => name),
  };
}
