import { dayWords } from '../../model/level-words.ts';
import { weights, type LevelDefect, type SystemLevel } from '../../model/level.ts';
import type { LevelSource } from '../../pipeline/levels.ts';
import type { Output } from '../output.ts';
import { safeJson, safeText } from '../safe-text.ts';
import { printQuestion } from './page.ts';
import { nameWords } from './words.ts';

/** Prints every inconsistency, worst first, then questions to owners; returns how many inconsistencies there are. */
export function printAudit(output: Output, source: LevelSource, levels: readonly SystemLevel[], json: boolean): number {
  const { line, say, tell, lang, colors } = output;
  const found = levels
    .flatMap((told) => told.defects.map((defect) => ({ told, defect })))
    .sort((a, b) => rank(a.defect) - rank(b.defect) || compare(a.told.system, b.told.system));
  const asked = levels.flatMap((told) => told.questions.map((question) => ({ told, question })));
  if (json) {
    for (const { told, defect } of found)
      line(
        safeJson(row(told, { ...defect, what: 'defect', article: defect.article ?? null, text: tell(defect.what) })),
      );
    for (const { told, question } of asked)
      line(safeJson(row(told, { ...question, what: 'question', text: tell(question.what) })));
    return found.length;
  }
  const names = new Map(source.inventory.systems.map((system) => [system.id, nameWords(lang, system)]));
  for (const [weight, some] of Map.groupBy(found, ({ defect }) => defect.weight)) {
    line(colors.bold(say(`words.severity.${weight}`)));
    for (const { told, defect } of some) {
      const article = defect.article === undefined ? '' : colors.dim(` (${defect.article})`);
      line(`  ${colors.red('▲')} ${safeText(names.get(told.system) ?? told.system, 80)}  ${colors.dim(told.system)}`);
      line(`      ${safeText(tell(defect.what))}${article}`);
    }
  }
  if (asked.length > 0) line(colors.bold(say('level.questions')));
  for (const { told, question } of asked) {
    line(`  ${safeText(names.get(told.system) ?? told.system, 80)}  ${colors.dim(told.system)}`);
    printQuestion(output, question);
  }
  const day = dayWords(source.onDay);
  const counts = { systems: levels.length, questions: asked.length, day };
  const broken = levels.filter(({ defects }) => defects.length > 0).length;
  line(
    found.length === 0
      ? say('level.audit.none', counts)
      : say('level.audit.totals', { ...counts, defects: found.length, with: broken }),
  );
  return found.length;
}

function row(told: SystemLevel, rest: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const level = told.answers[0]?.level ?? null;
  return { system: told.system, regime: told.regime, claimed: told.claimed, level, ...rest };
}

function rank({ weight }: LevelDefect): number {
  return weights.indexOf(weight);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
