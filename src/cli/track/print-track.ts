import { severities } from '../../model/check.ts';
import type { Mark, Sighting } from '../../model/track/sighting.ts';
import type { TrackedFinding } from '../../model/track/tracked.ts';
import { mostMarks } from '../../pipeline/strips.ts';
import type { FindingsView } from '../../pipeline/track-view.ts';
import type { Output } from '../output.ts';
import { safeText } from '../safe-text.ts';

/** The published form; keys are a contract. Days are of the calendar of Viet Nam, instants UTC. */
export function publishedTrack(
  { life, state, ageDays, due, otherDue, passed, daysLate, asideUntil }: TrackedFinding,
  strip: readonly (Sighting & { readonly run: string })[],
): Readonly<Record<string, unknown>> {
  const { id, zone, system, target, check, severity, bornAt, seenAt, failedAt, recurrences, refuted, word, aside } =
    life;
  return {
    finding: id,
    state,
    severity,
    zone,
    system,
    target,
    check,
    firstSeen: bornAt,
    lastSeen: seenAt,
    lastFailed: failedAt,
    ageDays,
    due: due ?? null,
    otherDue,
    passed,
    daysLate,
    recurrences,
    refuted,
    word: word ?? null,
    setAside: asideUntil === undefined ? null : (aside ?? null),
    strip: strip.map(({ run, at, mark, cause }) => ({ run, at, mark, cause: cause ?? null })),
  };
}

const signs: Readonly<Record<Mark, string>> = {
  pass: '●',
  fail: '▲',
  'not-observed': '◌',
  'not-applicable': '–',
  gone: '✕',
};

/** The last runs as one sign each, oldest first. */
export function stripOf(strip: readonly Mark[], most = mostMarks): string {
  return strip
    .slice(-most)
    .map((mark) => signs[mark])
    .join('');
}

/** For people: system by system, worst first, then what it all comes to. */
export function printTrack(
  output: Output,
  { findings, tally, checks }: FindingsView,
  strips: ReadonlyMap<string, readonly Mark[]>,
): void {
  const { colors, say, lang } = output;
  const rank = ({ life }: TrackedFinding) => severities.indexOf(life.severity);
  const shown = new Map<readonly Mark[], string>();
  // Findings whose marks are the same share them.
  const signsOf = (strip: readonly Mark[] = []): string => {
    const known = shown.get(strip) ?? stripOf(strip);
    shown.set(strip, known);
    return known;
  };
  if (findings.length === 0) output.line(say('track.none'));
  for (const [system, ofSystem] of Map.groupBy(findings, ({ life }) => life.system)) {
    output.line(colors.bold(safeText(system)));
    for (const one of [...ofSystem].sort((a, b) => rank(a) - rank(b) || b.daysLate - a.daysLate)) {
      const { life, state } = one;
      const title = checks.get(life.check)?.title[lang] ?? life.check;
      const severity = say(`words.severity.${life.severity}`);
      output.line(
        `  ${life.id.slice(0, 8)}  ${say(`track.state.${state}`)} · ${severity} · ${title} ${colors.dim(`(${life.check})`)}`,
      );
      output.line(`            ${safeText(life.target)}  ${signsOf(strips.get(life.id))}`);
      output.line(`            ${colors.dim(factsOf(output, one).join(' · '))}`);
    }
  }
  output.line();
  output.line(
    say('track.totals', {
      toMend: tally.toMend,
      late: tally.late,
      aside: tally.setAside,
      lapsing: tally.lapsing.length,
      new: tally.states.new ?? 0,
      fixed: tally.states['fixed-verified'] ?? 0,
      gone: tally.states['gone-with-endpoint'] ?? 0,
    }),
  );
  const { meanDaysToFix, mended } = tally;
  const mean = meanDaysToFix?.toFixed(1).replace('.', lang === 'vi' ? ',' : '.');
  output.line(mean === undefined ? say('track.mean-none') : say('track.mean', { days: mean, count: mended }));
}

function factsOf(
  output: Output,
  { life, ageDays, due, daysLate, asideUntil, passed }: TrackedFinding,
): readonly string[] {
  const { say, lang, colors } = output;
  const dueWords =
    due &&
    (daysLate > 0
      ? colors.red(say('track.list.late', { days: daysLate, on: due.on }))
      : say('track.list.due', { on: due.on }));
  const [directive] = passed.filter(({ rule }) => rule === 'directive');
  return [
    say('track.list.age', { days: ageDays }),
    ...(asideUntil === undefined ? [] : [say('track.list.until', { until: asideUntil })]),
    ...(dueWords === undefined || due === undefined
      ? []
      : [`${dueWords}, ${say('track.because-of', { source: sourceOf(output, due) })}`]),
    ...(directive === undefined
      ? []
      : [say('track.passed-directive', { source: directive.source[lang], on: directive.on })]),
    ...(life.recurrences === 0 ? [] : [say('track.list.recurred', { count: life.recurrences })]),
    ...(life.refuted === 0 ? [] : [say('track.list.refuted', { count: life.refuted })]),
  ];
}

/** The text a due day comes from, with its clause. */
export function sourceOf({ lang }: Output, due: NonNullable<TrackedFinding['due']>): string {
  const place = [due.instrument, due.clause].filter((part) => part !== undefined).join(' ');
  return place === '' ? due.source[lang] : `${due.source[lang]} [${place}]`;
}
