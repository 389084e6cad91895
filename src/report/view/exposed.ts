import type { Severity } from '../../model/check.ts';
import { dayOf, daysBetween } from '../../model/day.ts';
import { message, type Message, type Text } from '../../model/text.ts';
import type { TrackedFinding } from '../../model/track/tracked.ts';
import { gravity, severityWord } from './actions.ts';
import { compare, groupBy, type Failed, type ReportIndex, type SystemFile } from './report-index.ts';
import { systemLinks, type SystemLinks } from './system-links.ts';

/** One thing that fails where it must not: what, where, since when, and what falls due. */
export type ExposedRow = {
  readonly title: Text;
  readonly severity: Message;
  readonly places: number;
  readonly systems: number;
  readonly links: SystemLinks;
  /** The day it was first seen, and its age on the day of the run; null where its life is not known. */
  readonly since: string | null;
  readonly age: number;
  /** The earliest day that a text names. */
  readonly due: string | null;
  /** No day yet, because the next run has to confirm it first. */
  readonly seenOnce: boolean;
  readonly standing: { readonly said: Message; readonly late: boolean } | null;
};

/** What is exposed in the province, gravest first. */
export type Exposed = { readonly rows: readonly ExposedRow[]; readonly more: number };

const shown = 12;
const grave: ReadonlySet<Severity> = new Set<Severity>(['critical', 'high']);

type Here = Failed & { readonly file: SystemFile };

/** Critical and high failures that nobody has accepted, by check: gravest first, then those past their day, then the most widespread. */
export function exposed(index: ReportIndex): Exposed {
  const lives = groupBy(index.data.track?.findings ?? [], ({ life }) => keyOf(life));
  const failed = index.files.flatMap((file) =>
    file.open.filter(({ finding }) => grave.has(finding.severity)).map((one): Here => ({ ...one, file })),
  );
  const rows = [...groupBy(failed, ({ finding }) => `${finding.severity} ${finding.check}`)]
    .map(([, same]) => ({ same, first: same[0] }))
    .flatMap(({ same, first }) => (first === undefined ? [] : [{ first, row: rowOf(index, first, same, lives) }]))
    .toSorted(
      (a, b) =>
        gravity(a.first.finding.severity) - gravity(b.first.finding.severity) ||
        compare(a.row.due ?? '9999', b.row.due ?? '9999') ||
        b.row.systems - a.row.systems ||
        compare(a.first.finding.check, b.first.finding.check),
    )
    .map(({ row }) => row);
  return { rows: rows.slice(0, shown), more: Math.max(0, rows.length - shown) };
}

function rowOf(
  index: ReportIndex,
  { check, finding }: Failed,
  same: readonly Here[],
  lives: ReadonlyMap<string, readonly TrackedFinding[]>,
): ExposedRow {
  const own = same.flatMap((one) => lives.get(keyOf(one.finding)) ?? []);
  const since = own.map(({ life }) => dayOf(life.openedAt)).toSorted(compare)[0] ?? null;
  const due = own.flatMap((one) => one.due?.on ?? []).toSorted(compare)[0] ?? null;
  const systems = [...groupBy(same, ({ file }) => file)]
    .map(([file, places]) => ({ file, places: places.length }))
    .toSorted((a, b) => b.places - a.places || compare(a.file.system.id, b.file.system.id));
  return {
    title: check.title,
    severity: severityWord(finding.severity),
    places: same.length,
    systems: systems.length,
    links: systemLinks(systems, `viec-${check.change}`, 4),
    since,
    age: since === null ? 0 : daysBetween(since, index.today),
    due,
    seenOnce: due === null && own.length > 0 && own.every(({ life }) => life.phase === 'watched'),
    standing: due === null ? null : standing(due, index.today),
  };
}

function standing(due: string, today: string): NonNullable<ExposedRow['standing']> {
  const late = daysBetween(due, today);
  return late > 0
    ? { said: message('shell.exposed.late', { n: late }), late: true }
    : { said: message('shell.exposed.left', { n: -late }), late: false };
}

/** A finding is the same thing over its life: one check for one target of one system. */
function keyOf({
  system,
  check,
  target,
}: {
  readonly system: string;
  readonly check: string;
  readonly target: string;
}) {
  return `${system} ${check} ${target}`;
}
