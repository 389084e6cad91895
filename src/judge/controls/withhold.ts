import type { Check } from '../../model/check.ts';
import { controlResults, familyOf, type ControlReading, type Family } from '../../model/control.ts';
import { failure } from '../../model/failure.ts';
import type { Finding } from '../../model/finding.ts';
import type { Kind } from '../../model/observation.ts';
import type { Target } from '../../model/target.ts';
import { readsNeighbours } from '../neighbours.ts';

export type WithholdInput = {
  readonly readings: readonly ControlReading[];
  readonly targets: readonly Target[];
  readonly checks: readonly Check[];
  /** By which kinds a target is looked at. */
  readonly kindsOf: (target: Target) => readonly Kind[];
  /** Kinds that are read from others, as software is from HTTP: what misreads those misreads it. */
  readonly derivedFrom: Readonly<Partial<Record<Kind, readonly Kind[]>>>;
};

/**
 * The findings that the controls of the run do not vouch for, as not observed; those that stand are not among them. Nothing
 * else comes of a control: no finding passes or fails by it. Pure.
 *
 * A reading is wrong when it was misread, and also when it could not be read: a verdict needs positive evidence that it was read
 * right. It takes away the verdicts of checks that read the same kind (or a kind that is read from it) over the same family; a name has
 * no family of its own, so any takes its verdicts away. What was seen between two readings of a control stands where both are right:
 * when it changed between them is not known.
 */
export function withhold(findings: readonly Finding[], input: WithholdInput): readonly Finding[] {
  const series = wrongSeries(input.readings);
  if (series.length === 0) return [];
  const targets = new Map(input.targets.map((target) => [`${target.system}\n${target.key}`, target]));
  const checks = new Map(input.checks.map((check) => [check.id, check]));
  return findings.flatMap((finding): readonly Finding[] => {
    const target = targets.get(`${finding.system}\n${finding.target}`);
    const check = checks.get(finding.check);
    if (target === undefined || check === undefined || finding.outcome === 'not-observed') return [];
    const own = input.kindsOf(target);
    // Such a check never applied to the target, whatever was read.
    if (!check.reads.every((kind) => own.includes(kind))) return [];
    const sources = sourcesOf(check.reads, own, input.derivedFrom);
    // What the others showed decides such a check, over whatever family.
    const family = readsNeighbours(check) ? null : familyOf(target);
    const wrong = series.flatMap((one) =>
      speaks(one, sources, family) ? worst(around(one.readings, finding.at)) : [],
    );
    const [reading] = worst(wrong);
    return reading === undefined ? [] : [withheld(finding, reading, sources)];
  });
}

/** Readings of one check of one target of one control, in the order of their clocks. */
type Series = {
  readonly family: Family;
  readonly kinds: readonly Kind[];
  readonly readings: readonly ControlReading[];
};

/** The series in which anything is wrong. */
function wrongSeries(readings: readonly ControlReading[]): readonly Series[] {
  const grouped = Map.groupBy(readings, ({ control, target, check }) => `${control}\n${target}\n${check}`);
  return [...grouped.values()].flatMap((all): readonly Series[] => {
    const [first] = all;
    if (first === undefined || all.every(({ result }) => result === 'right')) return [];
    const { family, kinds } = first;
    return [{ family, kinds, readings: all.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)) }];
  });
}

function speaks(series: Series, sources: readonly Kind[], family: Family): boolean {
  if (!series.kinds.some((kind) => sources.includes(kind))) return false;
  return series.family === null || family === null || series.family === family;
}

/** The last reading up to an instant and the first after it, as far as there are. */
function around(readings: readonly ControlReading[], at: string): readonly ControlReading[] {
  const before = readings.findLast((reading) => reading.at <= at);
  const after = readings.find((reading) => reading.at > at);
  return [before, after].filter((one) => one !== undefined);
}

/** The worst reading that is not right, first of its kind; none where all are. */
function worst(readings: readonly ControlReading[]): readonly ControlReading[] {
  const wrong = readings.filter(({ result }) => result !== 'right');
  const most = Math.max(...wrong.map(({ result }) => controlResults.indexOf(result)));
  return wrong.filter(({ result }) => controlResults.indexOf(result) === most).slice(0, 1);
}

/** Kinds with those of the same target that they are read from. */
function sourcesOf(
  reads: readonly Kind[],
  own: readonly Kind[],
  derivedFrom: WithholdInput['derivedFrom'],
): readonly Kind[] {
  return [...reads, ...reads.flatMap((kind) => derivedFrom[kind] ?? []).filter((kind) => own.includes(kind))];
}

function withheld(finding: Finding, reading: ControlReading, sources: readonly Kind[]): Finding {
  const { control, family, check, expected, got, why, at, kinds } = reading;
  // Owners read this: which control it was and not where it stands.
  const over = family === null ? '' : ` over IPv${String(family)}`;
  const seen = why === null ? got : `${got} (${why.code})`;
  const detail = `control ${control}${over}: ${check} must ${expected}, got ${seen}, looked at ${at}`;
  const kind = kinds.find((one) => sources.includes(one)) ?? finding.cause?.kind ?? sources[0] ?? 'tls';
  return { ...finding, outcome: 'not-observed', evidence: [], cause: { kind, failure: failure('control', detail) } };
}
