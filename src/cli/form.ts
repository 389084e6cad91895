import { Argument } from 'commander';
import { UserError } from '../model/errors.ts';
import { dayOf, isDay } from '../model/day.ts';
import { message } from '../model/text.ts';
import { forms, type Defect, type FormKind, type Paper } from '../report/form/paper.ts';
import { exitCodes } from './exit-codes.ts';
import { defaultOut, jsonOption, runOption } from './options.ts';
import type { Output } from './output.ts';
import type { Wiring } from './wiring.ts';
import { safeJson, safeText } from './safe-text.ts';
import { withRun } from './with-store.ts';

type Options = {
  out: string;
  inventory?: string;
  from?: string;
  run?: string;
  organisation?: string;
  date?: string;
  template?: string;
  json?: boolean;
};

/** Defects shown on a terminal; all are on the cover page and in `--json`. */
const mostShown = 20;

/** `rasoat form mau-08|periodic|plan --out FILE`: exit 1 when something in it must be put right by a person. */
export function addForm({ program, output, run }: Wiring): void {
  const { say } = output;
  program
    .command('form')
    .description(say('cli.form.about'))
    .addArgument(new Argument('<form>', say('cli.form.which')).choices([...forms]))
    .requiredOption('--out <file>', say('cli.form.out'))
    .option('--inventory <file>', say('cli.form.inventory'))
    .option('--from <dir>', say('cli.form.from'))
    .addOption(runOption(output))
    .option('--organisation <id>', say('cli.form.organisation'))
    .option('--date <day>', say('cli.form.date'))
    .option('--template <file>', say('cli.form.template'))
    .addOption(jsonOption(output))
    .action(
      run(async (kind: FormKind, options: Options) => {
        const { fillForm, formatOf, writeForm } = await import('../report/form/write.ts');
        formatOf(options.out, options.template);
        const paper = fillForm(kind, await inputOf(output, options));
        const template = options.template === undefined ? {} : { template: options.template };
        await writeForm(paper, options.out, { lang: output.lang, ...template });
        if (options.json === true) output.line(safeJson(published(output, paper, options.out)));
        else tell(output, paper, options.out);
        return paper.cover.defects.length === 0 ? exitCodes.allMet : exitCodes.notMet;
      }),
    );
}

async function inputOf(output: Output, options: Options) {
  const on = options.date ?? dayOf(new Date().toISOString());
  if (!isDay(on)) throw new UserError([{ message: message('forms.error.day', { day: on }) }]);
  const request = { on, ...(options.organisation === undefined ? {} : { organisation: options.organisation }) };
  const { formInputOfFile, formInputOfRun } = await import('../pipeline/form-input.ts');
  if (options.inventory !== undefined) {
    if (options.run !== undefined || options.from !== undefined) {
      throw new UserError([{ message: message('forms.error.both-sources') }]);
    }
    return formInputOfFile(options.inventory, request);
  }
  return withRun(options.from ?? defaultOut, options.run, (store, stored) => formInputOfRun(store, stored, request), {
    output,
  });
}

function published(output: Output, { kind, on, filled, cover }: Paper, file: string) {
  return {
    form: kind,
    file,
    date: on,
    filled,
    defects: cover.defects.map((defect) => ({ ...withoutMessage(defect), message: output.tell(defect.message) })),
  };
}

function withoutMessage({ code, system, organisation, about }: Defect) {
  return { code, system: system ?? null, organisation: organisation ?? null, about };
}

function tell(output: Output, { cover }: Paper, file: string): void {
  const { say, line } = output;
  line(say('cli.form.written', { file: safeText(file, 1000), n: cover.defects.length }));
  for (const { about, message: words } of cover.defects.slice(0, mostShown)) {
    line(`  ${output.colors.bold(safeText(about))}: ${safeText(output.tell(words), 500)}`);
  }
  const more = cover.defects.length - mostShown;
  if (more > 0) line(say('cli.form.more', { n: more }));
}
