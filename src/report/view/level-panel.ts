import type { Acting, LevelAnswer, LevelDeadline, SystemLevel } from '../../model/level.ts';
import { deadlineMessage, dueMessage, openFacts } from '../../model/level-words.ts';
import { message, type Message, type Text } from '../../model/text.ts';
import type { PageRef } from '../page-ref.ts';
import { documentView, type DocumentView } from './document.ts';
import type { Mark, Tone } from './mark.ts';
import { nameOf, type Name } from './name.ts';
import type { ReportIndex, SystemFile } from './report-index.ts';

/** The level by each decree, the claim beside it, who acts by when, what does not fit, and what to ask the owner. */
export type LevelPanel = {
  readonly answers: readonly AnswerView[];
  readonly agrees: Mark;
  readonly kept: boolean;
  readonly acts: readonly ActView[];
  readonly independence: { readonly text: Text; readonly article: string } | null;
  readonly note: Text | null;
  readonly forms: readonly { readonly number: Message; readonly text: Text }[];
  /** The words of Mẫu 08, which are Vietnamese. */
  readonly official: string | null;
  readonly extra: Message | null;
  readonly deadlines: readonly DeadlineView[];
  readonly due: readonly {
    readonly what: Message;
    readonly article: string;
    readonly when: Message;
    readonly overdue: boolean;
  }[];
  readonly missing: readonly { readonly part: Message; readonly article: string }[];
  readonly defects: readonly { readonly weight: Message; readonly what: Message; readonly article: string | null }[];
  readonly questions: readonly {
    readonly what: Message;
    readonly quote: string;
    readonly target: string;
    readonly at: string;
  }[];
  readonly open: readonly { readonly fact: Message; readonly could: Message }[];
  readonly history: readonly ChangeView[];
};

type AnswerView = {
  readonly regime: Message;
  readonly own: boolean;
  readonly level: Message;
  readonly article: string | null;
  readonly limb: Text | null;
  readonly also: string | null;
  readonly presumed: readonly Text[];
};
type ActView = {
  readonly word: Message;
  readonly name: Text;
  readonly article: string;
  /** Without `ref` where the report has no page of it. */
  readonly organisation: { readonly name: Name; readonly ref: PageRef | null } | null;
  /** It is one of the owner's, and the inventory does not say which. */
  readonly unknown: boolean;
};
type DeadlineView = {
  readonly what: Message;
  readonly length: Message;
  readonly article: string;
  readonly standing: Message;
  readonly late: boolean;
  readonly uncertain: boolean;
};
type ChangeView = {
  readonly on: string;
  readonly by: string;
  readonly document: DocumentView | null;
  readonly level: Message | null;
  readonly dossier: Message | null;
  readonly note: string | null;
};

const tones = {
  yes: 'met',
  below: 'contradicted',
  above: 'unproven',
  open: 'unproven',
  'not-claimed': 'unproven',
} as const satisfies Record<SystemLevel['agrees'], Tone>;

/** The panel of one system; null where the judgement has no laws of levels. */
export function levelPanel(index: ReportIndex, { system }: SystemFile): LevelPanel | null {
  const told = index.levelOf.get(system.id);
  if (told === undefined) return null;
  return {
    answers: told.answers.map((answer) => answerView(answer, answer.regime === told.regime)),
    agrees: { tone: tones[told.agrees], word: message(`level.agrees.${told.agrees}`) },
    kept: told.kept,
    acts: [actView(index, 'appraiser', told.appraiser), actView(index, 'approver', told.approver)].filter(
      (one) => one !== null,
    ),
    independence: told.independence,
    note: told.note ?? null,
    forms: told.forms.map(({ number, text }) => ({ number: message('level.form', { number }), text })),
    official: told.official,
    extra: told.extra === null ? null : message(`level.extra.${told.extra}`),
    deadlines: told.deadlines.map(deadlineView),
    due: told.due.map((one) => ({ what: one.what, article: one.article, when: dueMessage(one), overdue: one.overdue })),
    missing: told.missing.map(({ part, article }) => ({ part: message(`level.part.${part}`), article })),
    defects: told.defects.map(({ weight, what, article }) => ({
      weight: message(`words.severity.${weight}`),
      what,
      article: article ?? null,
    })),
    questions: told.questions.map(({ what, quote, target, at }) => ({ what, quote, target, at })),
    open: openFacts(told.answers[0]).map(({ fact, level, articles }) => ({
      fact: message(`level.fact.${fact}`),
      could: message('level.could', { level, articles: articles.join(', ') }),
    })),
    history: (system.classification?.history ?? []).map(({ on, by, document, level, dossier, note }) => ({
      on,
      by,
      document: documentView(document),
      level: level === undefined ? null : message('level.level-n', { level }),
      dossier: dossier === undefined ? null : message(`words.dossier.${dossier}`),
      note: note ?? null,
    })),
  };
}

function answerView(answer: LevelAnswer, own: boolean): AnswerView {
  return {
    regime: message(`level.regime.${answer.regime}`),
    own,
    level: answer.level === null ? message('level.none') : message('level.level-n', { level: answer.level }),
    article: answer.article,
    limb: answer.limb,
    also: answer.also.length === 0 ? null : answer.also.join(', '),
    presumed: answer.presumed.map(({ because }) => because),
  };
}

function actView(index: ReportIndex, word: 'appraiser' | 'approver', acting: Acting | null): ActView | null {
  if (acting === null) return null;
  const { authority, name, article } = acting;
  const organisation = index.organisations.get(acting.organisation ?? '');
  return {
    word: message(`level.${word}`),
    name,
    article,
    organisation:
      organisation === undefined
        ? null
        : {
            name: nameOf(organisation),
            ref: index.paged.has(organisation.id) ? { page: 'organisation', id: organisation.id } : null,
          },
    unknown: organisation === undefined && (authority === 'owner' || authority === 'specialised-unit'),
  };
}

function deadlineView(deadline: LevelDeadline): DeadlineView {
  const { term, unit, days, article, state, uncertain } = deadline;
  return {
    what: message(`level.term.${term}`),
    length: message(`level.unit.${unit}`, { days }),
    article,
    standing: deadlineMessage(deadline),
    late: state === 'overdue' || state === 'done-late',
    uncertain: uncertain === true,
  };
}
