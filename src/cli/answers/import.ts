import type { Command } from 'commander';
import type { ImportedAnswers } from '../../pipeline/answers.ts';
import { exitCodes } from '../exit-codes.ts';
import { jsonOption, outOption } from '../options.ts';
import type { Output } from '../output.ts';
import { safeJson, safeText } from '../safe-text.ts';
import type { Wiring } from '../wiring.ts';
import { withStore } from '../with-store.ts';

type Options = {
  out: string;
  by?: string;
  document?: string;
  evidenceDir?: string;
  dryRun?: boolean;
  json?: boolean;
};

/** `rasoat answers import FILE`: exit 1 when a row was refused; those accepted are recorded all the same. */
export function addAnswersImport(answers: Command, { output, run }: Wiring): void {
  const { say } = output;
  answers
    .command('import')
    .description(say('answers.import.about'))
    .argument('<file>', say('answers.help.file'))
    .addOption(outOption(output))
    .option('--by <name>', say('answers.help.by'))
    .option('--document <number>', say('answers.help.document'))
    .option('--evidence-dir <dir>', say('answers.help.evidence-dir'))
    .option('--dry-run', say('answers.help.dry-run'))
    .addOption(jsonOption(output))
    .action(
      run(async (file: string, options: Options) => {
        const { importAnswers } = await import('../../pipeline/answers.ts');
        const { out, evidenceDir, dryRun = false } = options;
        const [by, document] = [options.by?.trim() ?? '', options.document?.trim() ?? ''];
        const imported = await withStore(out, (store) =>
          importAnswers(store, {
            out,
            file,
            dryRun,
            at: new Date().toISOString(),
            ...(by === '' ? {} : { by }),
            ...(document === '' ? {} : { document }),
            ...(evidenceDir === undefined ? {} : { evidenceDir }),
          }),
        );
        if (options.json === true) tellJson(output, imported);
        else tell(output, imported, dryRun);
        return imported.rows.some(({ result }) => result === 'refused') ? exitCodes.notMet : exitCodes.allMet;
      }),
    );
}

/** One object a line; keys are a contract. */
function tellJson({ line, tell: words }: Output, { sheet, rows }: ImportedAnswers): void {
  for (const { row, finding, answer, result, reasons, attachments, state } of rows) {
    const reason = reasons.length === 0 ? null : reasons.map(words).join('; ');
    const code = reasons[0]?.key.replace(/^answers\.(?:refused|unchanged|remark)\./, '') ?? null;
    line(safeJson({ row, finding, answer, result, reason, code, state, attachments, sheet: sheet.id }));
  }
}

/** Rows that were left blank are counted, not listed. */
function tell(output: Output, { sheet, rows }: ImportedAnswers, dryRun: boolean): void {
  const { say, line, colors } = output;
  const isBlank = ({ reasons }: (typeof rows)[number]) => reasons[0]?.key === 'answers.unchanged.blank';
  for (const one of rows) {
    if (isBlank(one)) continue;
    const { row, finding, answer, result, reasons, attachments } = one;
    const word = say(`answers.result.${result}`);
    const mark =
      result === 'accepted' ? colors.green(`● ${word}`) : result === 'refused' ? colors.red(`▲ ${word}`) : `– ${word}`;
    const names = attachments.map(({ name }) => safeText(name, 100)).join('; ');
    const parts = [
      ...(answer === null && names === '' ? [] : [say(`answers.answer.${answer ?? 'none'}`)]),
      ...reasons.map((reason) => safeText(output.tell(reason), 500)),
      ...(names === '' ? [] : [say('answers.import.evidence', { names })]),
    ];
    line(`${mark}  ${safeText(row)}  ${safeText(finding ?? '', 40)}  ${parts.join(' · ')}`);
  }
  const count = (result: string) => rows.filter((one) => one.result === result).length;
  line(
    say('answers.import.totals', {
      sheet: sheet.id,
      organisation: safeText(sheet.organisation),
      accepted: count('accepted'),
      refused: count('refused'),
      unchanged: count('unchanged'),
      blank: rows.filter(isBlank).length,
    }),
  );
  if (dryRun) line(say('answers.import.dry'));
}
