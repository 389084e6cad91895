import type { System } from '../../model/inventory.ts';
import { dayWords, deadlineMessage, dueMessage, openFacts } from '../../model/level-words.ts';
import type { LevelAnswer, LevelQuestion, SystemLevel } from '../../model/level.ts';
import type { LevelSource } from '../../pipeline/levels.ts';
import type { Output } from '../output.ts';
import { safeText } from '../safe-text.ts';
import { actingWords, nameWords } from './words.ts';

/** For people: the answer first, then why, who, by when, what does not fit, what to ask. */
export function printLevel(output: Output, source: LevelSource, system: System, told: SystemLevel): void {
  const { say, lang, colors, line, tell } = output;
  const [own, ...others] = told.answers;
  const item = (key: string, text: string) => {
    line(`  ${colors.dim(`${say(`level.${key}`)}:`)} ${text}`);
  };
  const head = (key: string) => {
    line();
    line(colors.bold(say(`level.${key}`)));
  };
  line(`${colors.bold(safeText(nameWords(lang, system)))}  ${colors.dim(system.id)}`);
  line(say('level.under', { regime: say(`level.regime.${told.regime}`), day: dayWords(told.onDay) }));
  line();
  item('asked', levelWords(output, own));
  item('claimed', told.claimed === null ? say('words.level.none') : say('level.level-n', { level: told.claimed }));
  line(`  ${mark(output, told)} ${say(`level.agrees.${told.agrees}`)}`);
  if (own?.limb != null) item('limb', `${own.limb[lang]} (${own.article ?? ''})`);
  if (own !== undefined && own.also.length > 0) item('also', own.also.join(', '));
  for (const { because } of own?.presumed ?? []) item('presumed', because[lang]);
  for (const other of others)
    item('other', `${levelWords(output, other)}${other.article === null ? '' : `, ${other.article}`}`);
  if (told.kept) line(`  ${say('level.kept')}`);
  if (told.appraiser !== null) item('appraiser', safeText(actingWords(output, told.appraiser, source.inventory)));
  if (told.independence !== null)
    item('independence', `${told.independence.text[lang]} (${told.independence.article})`);
  if (told.approver !== null) item('approver', safeText(actingWords(output, told.approver, source.inventory)));
  if (told.note !== undefined) line(`  ${told.note[lang]}`);
  if (told.forms.length > 0) {
    item('forms', told.forms.map(({ number, text }) => `${say('level.form', { number })} (${text[lang]})`).join('; '));
  }
  item('status', stateWords(output, system, told));
  if (told.official !== null && told.extra !== null) line(`    ${say(`level.extra.${told.extra}`)}`);
  if (told.deadlines.length > 0) head('deadlines');
  for (const deadline of told.deadlines) {
    const { term, days, unit, article } = deadline;
    line(
      `  ${say(`level.term.${term}`)}: ${say(`level.unit.${unit}`, { days })} (${article}); ${tell(deadlineMessage(deadline))}${deadline.uncertain === true ? `; ${say('level.uncertain')}` : ''}`,
    );
  }
  if (told.due.length > 0) head('due-next');
  for (const due of told.due) {
    const words = tell(dueMessage(due));
    line(`  ${due.overdue ? colors.red('▲') : '•'} ${tell(due.what)} (${due.article}): ${words}`);
  }
  if (told.missing.length > 0) head('missing-parts');
  for (const { part, article } of told.missing) line(`  ${say(`level.part.${part}`)} (${article})`);
  head('defects');
  if (told.defects.length === 0) line(`  ${say('level.no-defects')}`);
  for (const { weight, what, article } of told.defects) {
    line(
      `  ${colors.red('▲')} ${say(`words.severity.${weight}`)} · ${safeText(tell(what))}${article === undefined ? '' : ` (${article})`}`,
    );
  }
  if (told.questions.length > 0) head('questions');
  if (told.questions.length > 0) line(`  ${say('level.questions-lead')}`);
  for (const question of told.questions) printQuestion(output, question);
  printUndecided(output, own);
  const history = system.classification?.history ?? [];
  if (history.length > 0) head('history');
  for (const { on, by, document, level, dossier, note } of history) {
    const parts = [
      level === undefined ? undefined : say('level.level-n', { level }),
      dossier === undefined ? undefined : say(`words.dossier.${dossier}`),
      document?.number,
      note,
    ].filter((part) => part !== undefined);
    line(`  ${dayWords(on)}  ${safeText(by)}: ${safeText(parts.join(', '))}`);
  }
}

/** The words of Mẫu 08, which are Vietnamese; said again in the language of the command. */
function stateWords({ lang, say }: Output, { classification }: System, { official, extra }: SystemLevel): string {
  if (official === null) return extra === null ? '' : say(`level.extra.${extra}`);
  const again =
    lang === 'vi' || classification === undefined ? '' : ` (${say(`words.dossier.${classification.dossier}`)})`;
  return `${official}${again}`;
}

/** A question with what was seen, where and when. */
export function printQuestion({ line, say, tell, colors, width }: Output, question: LevelQuestion): void {
  line(`  ? ${tell(question.what)}`);
  line(`      ${colors.dim(safeText(`“${question.quote}”`, width))}`);
  line(`      ${colors.dim(`${say('level.question.seen')} ${safeText(question.target)}, ${question.at}`)}`);
}

function levelWords({ say }: Output, answer: LevelAnswer | undefined): string {
  return answer?.level == null ? say('level.none') : say('level.level-n', { level: answer.level });
}

function mark({ colors }: Output, { agrees }: SystemLevel): string {
  switch (agrees) {
    case 'yes':
      return colors.cyan('●');
    case 'below':
      return colors.red('▲');
    case 'above':
      return '◆';
    case 'open':
    case 'not-claimed':
      return colors.dim('◌');
  }
}

/** Missing facts, each once, with what they could make of the level. */
function printUndecided({ say, line, colors }: Output, answer: LevelAnswer | undefined): void {
  if (answer === undefined || answer.undecided.length === 0) return;
  line();
  line(colors.bold(say('level.undecided')));
  for (const { fact, level, articles } of openFacts(answer)) {
    const could = say('level.could', { level, articles: articles.join(', ') });
    line(`  ${say(`level.fact.${fact}`)}: ${colors.dim(could)}`);
  }
}
