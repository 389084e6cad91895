import { verdicts, type Coverage, type Verdict } from '../model/assessment.ts';
import { severities, type Severity } from '../model/check.ts';
import { standingGroups, type StandingGroup } from '../model/control.ts';
import type { ReportData } from '../model/report-data.ts';
import type { Lang } from '../model/text.ts';
import { webCostOf, type WebCost } from '../model/web-cost.ts';
import { visibleWidth } from './width.ts';
import type { Output } from './output.ts';
import { safeText } from './safe-text.ts';

/** The end of a scan in figures; what `scan --json` prints. */
export type Summary = {
  readonly run: string;
  readonly zone: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly systems: {
    readonly total: number;
    /** Those that a report lists: all but quân sự, quốc phòng, cơ yếu. */
    readonly listed: number;
    readonly notMeeting: number;
    /** Those that were not scanned: of an excluded field, or holding state secrets without a permit. */
    readonly excluded: number;
  };
  readonly targets: number;
  readonly findings: Readonly<Record<Severity, number>> & { readonly pass: number; readonly notObserved: number };
  readonly obligations: Readonly<Record<Verdict, number>>;
  readonly coverage: Coverage;
  readonly cost: {
    readonly addresses: number;
    readonly connections: number;
    readonly bytes: number;
    readonly peakPerSecond: number;
    /** Requests to web endpoints, and questions to them that were left out. */
    readonly web: WebCost;
    /** UDP datagrams to targets. */
    readonly datagrams: number;
  };
  /** Our own resolvers, which are no targets. */
  readonly resolver: { readonly servers: readonly string[]; readonly queries: number };
  /** Whether our own control servers were read right; null where nothing is known of them. */
  readonly controls: {
    readonly groups: readonly StandingGroup[];
    /** Findings that are not observed because of a control. */
    readonly withheld: number;
    readonly connections: number;
    readonly bytes: number;
  } | null;
  readonly worst: readonly {
    readonly system: string;
    readonly name: string;
    readonly notMet: number;
    readonly fails: number;
  }[];
  readonly report: string | null;
};

const broken: ReadonlySet<Verdict> = new Set(['not-met', 'contradicted']);

/** Counts what a run found. */
export function summarise(data: ReportData, lang: Lang, report: string | undefined): Summary {
  const fails = data.findings.filter((finding) => finding.outcome === 'fail');
  const passes = data.findings.filter((finding) => finding.outcome === 'pass').length;
  const notObserved = data.findings.filter((finding) => finding.outcome === 'not-observed').length;
  // As on the report's first page: good practice is asked by no text, so it makes no system "not meeting".
  const practice = new Set(data.frameworks.filter(({ kind }) => kind === 'good-practice').map(({ id }) => id));
  const bad = Map.groupBy(
    data.assessments.filter(({ verdict, framework }) => broken.has(verdict) && !practice.has(framework)),
    ({ system }) => system,
  );
  return {
    run: data.run.id,
    zone: data.run.zone,
    startedAt: data.run.startedAt,
    endedAt: data.run.endedAt ?? null,
    systems: {
      total: data.inventory.systems.length,
      listed: data.inventory.systems.filter(({ excluded }) => excluded === undefined).length,
      notMeeting: bad.size,
      excluded: data.excludedSystems,
    },
    targets: data.targets.length,
    findings: { ...countBy(severities, fails, (finding) => finding.severity), pass: passes, notObserved },
    obligations: countBy(verdicts, data.assessments, ({ verdict }) => verdict),
    coverage: { seen: fails.length + passes, needed: fails.length + passes + notObserved },
    cost: {
      addresses: data.costs.filter((cost) => cost.connections + cost.datagrams > 0).length,
      connections: total(data.costs.map((cost) => cost.connections)),
      bytes: total(data.costs.map((cost) => cost.bytesSent + cost.bytesReceived)),
      peakPerSecond: Math.max(0, ...data.costs.map((cost) => cost.peakPerSecond)),
      web: webCostOf(data.observations),
      datagrams: total(data.costs.map((cost) => cost.datagrams)),
    },
    resolver: {
      servers: data.resolverCosts.map(({ server }) => server),
      queries: total(data.resolverCosts.map(({ queries }) => queries)),
    },
    controls: controlsOf(data),
    worst: data.inventory.systems
      .map((system) => ({
        system: system.id,
        name: lang === 'en' ? (system.nameEn ?? system.name) : system.name,
        notMet: bad.get(system.id)?.length ?? 0,
        fails: fails.filter((finding) => finding.system === system.id).length,
      }))
      .filter(({ notMet, fails: count }) => notMet + count > 0)
      .sort((a, b) => b.notMet - a.notMet || b.fails - a.fails || a.system.localeCompare(b.system))
      .slice(0, 10),
    report: report ?? null,
  };
}

function controlsOf({ controls, findings }: ReportData): Summary['controls'] {
  if (controls === undefined) return null;
  return {
    groups: standingGroups(controls.standings),
    withheld: findings.filter(({ cause }) => cause?.failure.code === 'control').length,
    connections: total(controls.costs.map(({ connections }) => connections)),
    bytes: total(controls.costs.map((cost) => cost.bytesSent + cost.bytesReceived)),
  };
}

function countBy<Word extends string, Item>(
  words: readonly Word[],
  items: readonly Item[],
  wordOf: (item: Item) => Word,
): Record<Word, number> {
  const counts = Object.fromEntries(words.map((word) => [word, 0])) as Record<Word, number>;
  for (const item of items) counts[wordOf(item)] += 1;
  return counts;
}

const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);

/** Prints the summary for a person: the answer first, then the worst systems, the coverage and the cost. */
export function printSummary(output: Output, summary: Summary): void {
  const { colors, say } = output;
  output.line();
  output.line(
    colors.bold(
      say('cli.summary.answer', {
        notMeeting: summary.systems.notMeeting,
        total: summary.systems.listed,
      }),
    ),
  );
  output.line(
    say('cli.summary.obligations', {
      notMet: summary.obligations['not-met'],
      contradicted: summary.obligations.contradicted,
      unproven: summary.obligations.unproven,
      met: summary.obligations.met,
      manual: summary.obligations.manual,
    }),
  );
  output.line(say('cli.summary.findings', { ...summary.findings }));
  output.line(say('cli.summary.coverage', { ...summary.coverage }));
  printControls(output, summary.controls);
  output.line();
  const width = Math.max(0, ...summary.worst.map(({ name }) => visibleWidth(safeText(name, 60))));
  for (const { name, notMet, fails } of summary.worst) {
    const shown = safeText(name, 60);
    const gap = ' '.repeat(width - visibleWidth(shown));
    output.line(`  ${colors.red('▲')} ${shown}${gap}  ${say('cli.summary.system', { notMet, fails })}`);
  }
  if (summary.worst.length > 0) output.line();
  const { web, ...cost } = summary.cost;
  output.line(say('cli.summary.cost', { ...cost, kilobytes: Math.round(summary.cost.bytes / 100) / 10 }));
  if (web.endpoints > 0) output.line(say('cli.summary.web', { ...web }));
  if (summary.cost.datagrams > 0) output.line(say('cli.summary.datagrams', { count: summary.cost.datagrams }));
  if (summary.resolver.queries > 0) {
    const servers = safeText(summary.resolver.servers.join(', '));
    output.line(say('cli.summary.resolver', { queries: summary.resolver.queries, servers }));
  }
  if (summary.controls !== null && summary.controls.connections > 0) {
    const { connections, bytes } = summary.controls;
    output.line(say('controls.line.cost', { connections, kilobytes: Math.round(bytes / 100) / 10 }));
  }
  if (summary.systems.excluded > 0) output.line(say('cli.summary.excluded', { count: summary.systems.excluded }));
  if (summary.report !== null) output.line(`${say('cli.summary.report')} ${colors.bold(summary.report)}`);
}

/** One line, family by family; and where verdicts were withheld because of a control, how many. */
function printControls({ line, say, colors }: Output, controls: Summary['controls']): void {
  if (controls === null || controls.groups.length === 0) return;
  const { groups, withheld } = controls;
  if (groups.every(({ state }) => state === 'none')) {
    line(say('controls.line.none-at-all'));
    return;
  }
  const told = groups.map(({ family, state, kinds }) =>
    say(`controls.line.group-${state}`, {
      family: say(`controls.family.${String(family ?? 'name')}`),
      kinds: kinds.map((kind) => say(`words.kind.${kind}`)).join(', '),
    }),
  );
  line(say('controls.line.head', { groups: told.join('; ') }));
  if (withheld > 0) line(colors.bold(colors.red(say('controls.line.withheld', { count: withheld }))));
}
