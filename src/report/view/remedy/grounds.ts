import type { Due } from '../../../model/track/due.ts';
import type { TrackedFinding } from '../../../model/track/tracked.ts';
import { message, type Message, type Text } from '../../../model/text.ts';
import type { FailureKey } from '../life/life-lookup.ts';
import { compare, groupBy, type Assessed, type SystemFile } from '../report-index.ts';

/** By when, and because of which text. */
export type DueView = {
  readonly on: string;
  /** Past it, or on it, or before it, in words. */
  readonly standing: Message;
  readonly late: boolean;
  readonly source: Text;
  readonly instrument: string | null;
  readonly clause: string | null;
};

/** A text that is not kept while the failures stand. */
export type GroundView = {
  readonly instrument: string;
  readonly clause: string | null;
  readonly title: Text;
  readonly certainty: Message;
};

const mostGrounds = 6;

/** The first day on which any of the failures is due; null where none has a day. */
export function firstDue(lives: readonly TrackedFinding[], today: string): DueView | null {
  const [first] = lives.flatMap(({ due }) => due ?? []).toSorted((a, b) => compare(a.on, b.on));
  return first === undefined ? null : dueView(first, today);
}

/** A due day as shown on a day. */
function dueView({ on, source, instrument, clause }: Due, today: string): DueView {
  const days = Math.round((Date.parse(on) - Date.parse(today)) / 86_400_000);
  const late = days < 0;
  const standing =
    days === 0
      ? message('owner.due.today')
      : message(late ? 'owner.due.late' : 'owner.due.left', { n: Math.abs(days) });
  return { on, standing, late, source, instrument: instrument ?? null, clause: clause ?? null };
}

/** Tells the texts behind a failure: those that bind and are not met because of it, laws before directives' advice. */
export function groundsOf(file: SystemFile): (failure: FailureKey) => readonly Assessed[] {
  const broken = file.assessed.filter(
    ({ assessment, framework }) =>
      framework.kind !== 'good-practice' && (assessment.verdict === 'not-met' || assessment.verdict === 'contradicted'),
  );
  const byFinding = groupBy(
    broken.flatMap((one) =>
      one.assessment.findings.map(({ check, target }) => ({ one, key: JSON.stringify([check, target]) })),
    ),
    ({ key }) => key,
  );
  return ({ check, target }) => (byFinding.get(JSON.stringify([check, target])) ?? []).map(({ one }) => one);
}

/** Texts as shown, each once. */
export function groundViews(assessed: readonly Assessed[]): readonly GroundView[] {
  const seen = new Map<string, GroundView>();
  for (const { assessment, obligation } of assessed) {
    const { instrument, certainty } = obligation.cite;
    const clause = assessment.clause ?? obligation.cite.clause ?? null;
    seen.set(JSON.stringify([instrument, clause]), {
      instrument,
      clause,
      title: obligation.title,
      certainty: message(`words.certainty.${certainty}`),
    });
  }
  return [...seen.values()].slice(0, mostGrounds);
}
