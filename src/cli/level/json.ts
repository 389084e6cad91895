import type { System } from '../../model/inventory.ts';
import { deadlineMessage, dueMessage } from '../../model/level-words.ts';
import type { LevelAnswer, SystemLevel } from '../../model/level.ts';
import type { LevelSource } from '../../pipeline/levels.ts';
import type { Output } from '../output.ts';

/**
 * The published form of `level explain`; keys are a contract. Words are in the language of the command, `null` where
 * there is nothing to say; `agrees` is null while the facts do not suffice or nothing is claimed.
 */
export function levelJson(
  output: Output,
  source: LevelSource,
  system: System,
  told: SystemLevel,
): Readonly<Record<string, unknown>> {
  const { lang, say, tell } = output;
  const [own, ...others] = told.answers;
  const organisation = (id: string | undefined) =>
    source.inventory.organisations.find((one) => one.id === id)?.name ?? null;
  const acting = (one: SystemLevel['appraiser']) =>
    one && {
      authority: one.authority,
      name: one.name[lang],
      article: one.article,
      organisation: one.organisation ?? null,
      organisationName: organisation(one.organisation),
    };
  return {
    system: system.id,
    name: system.name,
    regime: told.regime,
    onDay: told.onDay,
    ...answerJson(output, own),
    claimed: told.claimed,
    agrees: told.agrees === 'yes' ? true : told.agrees === 'below' || told.agrees === 'above' ? false : null,
    agreement: told.agrees,
    kept: told.kept,
    appraiser: told.appraiser?.name[lang] ?? null,
    approver: told.approver?.name[lang] ?? null,
    authorities: { appraiser: acting(told.appraiser), approver: acting(told.approver) },
    independence: told.independence && { article: told.independence.article, text: told.independence.text[lang] },
    forms: told.forms.map(({ number, text }) => ({ number, text: text[lang] })),
    note: told.note?.[lang] ?? null,
    deadlines: told.deadlines.map((deadline) => ({
      ...deadline,
      what: say(`level.term.${deadline.term}`),
      standing: tell(deadlineMessage(deadline)),
    })),
    due: told.due.map((due) => ({
      ...due,
      due: due.due ?? null,
      what: tell(due.what),
      standing: tell(dueMessage(due)),
    })),
    official: told.official,
    extra: told.extra,
    missing: told.missing.map(({ part, article }) => ({ part, article, what: say(`level.part.${part}`) })),
    defects: told.defects.map((defect) => ({ ...defect, what: tell(defect.what) })),
    questions: told.questions.map((question) => ({ ...question, what: tell(question.what) })),
    history: system.classification?.history ?? [],
    other: others.map((answer) => answerJson(output, answer)),
  };
}

function answerJson({ lang }: Output, answer: LevelAnswer | undefined): Readonly<Record<string, unknown>> {
  if (answer === undefined) return { level: null, article: null, limb: null, also: [], presumed: [], undecided: [] };
  return {
    regime: answer.regime,
    level: answer.level,
    article: answer.article,
    limb: answer.limb?.[lang] ?? null,
    also: answer.also,
    presumed: answer.presumed.map(({ fact, value, because }) => ({ fact, value, because: because[lang] })),
    undecided: answer.undecided.map(({ level, article, text, missing }) => ({
      level,
      article,
      limb: text[lang],
      missing,
    })),
  };
}
