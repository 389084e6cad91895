import { kinds } from '../../model/observation.ts';
import { message, type Message } from '../../model/text.ts';
import type { Tone } from './mark.ts';
import { groupBy, type SystemFile } from './report-index.ts';
import { failureWord } from './unseen.ts';

/** One target and how each observation of it went. */
export type TargetRow = {
  readonly key: string;
  readonly kind: Message;
  readonly name: string | null;
  readonly address: string | null;
  readonly looks: readonly {
    readonly kind: Message;
    readonly tone: Tone;
    readonly word: Message;
    readonly detail: string | null;
    readonly at: string;
  }[];
};

/** The targets of a system; none for a system that may not be looked at. */
export function targetRows(file: SystemFile): readonly TargetRow[] {
  const observations = groupBy(file.observations, ({ target }) => target);
  return file.targets.map((target) => ({
    key: target.key,
    kind: message(`words.target.${target.kind}`),
    name: target.name ?? null,
    address: target.address ?? null,
    looks: (observations.get(target.key) ?? [])
      .toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
      .map((observation) => ({
        kind: message(`words.kind.${observation.kind}`),
        tone: observation.ok ? 'met' : 'unproven',
        word: observation.ok ? message('report.targets.seen') : failureWord(observation.failure.code),
        detail: observation.ok ? null : observation.failure.detail,
        at: observation.at,
      })),
  }));
}
