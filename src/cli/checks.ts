import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';
import type { Check } from '../model/check.ts';
import type { Framework } from '../model/framework.ts';
import { exitCodes } from './exit-codes.ts';
import { checksOption, jsonOption } from './options.ts';
import type { Output } from './output.ts';
import type { Wiring } from './wiring.ts';
import { safeJson } from './safe-text.ts';

type Options = { checks?: string[]; json?: boolean };

/** `rasoat checks list|show|docs`. */
export function addChecks({ program, output, run }: Wiring): void {
  const { say } = output;
  const checks = program.command('checks').description(say('cli.checks.about')).helpCommand(false);
  checks
    .command('list')
    .description(say('cli.checks.list'))
    .addOption(checksOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (options: Options) => {
        const { readLawbook } = await import('../pipeline/lawbook.ts');
        const lawbook = await readLawbook(options);
        for (const check of lawbook.checks) {
          const { id, severity, title } = check;
          if (options.json === true)
            output.line(safeJson({ id, severity, title, about: check.about, reads: check.reads }));
          else output.line(`${id.padEnd(30)} ${say(`words.severity.${severity}`).padEnd(13)} ${title[output.lang]}`);
        }
        return exitCodes.allMet;
      }),
    );
  checks
    .command('show')
    .argument('<id>', say('cli.help.check'))
    .description(say('cli.checks.show'))
    .addOption(checksOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (id: string, options: Options) => {
        const { readLawbook } = await import('../pipeline/lawbook.ts');
        const { checks: all, frameworks } = await readLawbook(options);
        const check = all.find((one) => one.id === id);
        if (check === undefined) throw new UserError([{ message: message('cli.unknown-check', { id }) }]);
        if (options.json === true) output.line(safeJson({ ...check, obligations: servedBy(check, frameworks) }));
        else printCheck(output, check, frameworks);
        return exitCodes.allMet;
      }),
    );
  checks
    .command('docs')
    .description(say('cli.checks.docs'))
    .addOption(checksOption(output))
    .action(
      run(async (options: Options) => {
        const { readLawbook } = await import('../pipeline/lawbook.ts');
        const { renderCatalogue } = await import('../judge/catalogue.ts');
        const { checks: all, frameworks } = await readLawbook(options);
        output.line(renderCatalogue(all, frameworks).trimEnd());
        return exitCodes.allMet;
      }),
    );
}

function servedBy(check: Check, frameworks: readonly Framework[]): readonly string[] {
  return frameworks.flatMap(({ obligations }) =>
    obligations.filter((obligation) => obligation.checks.includes(check.id)).map((obligation) => obligation.id),
  );
}

function printCheck(output: Output, check: Check, frameworks: readonly Framework[]): void {
  const { say, lang, colors } = output;
  output.line(`${colors.bold(check.title[lang])}  ${colors.dim(check.id)}`);
  output.line(`${say('cli.checks.severity')}: ${say(`words.severity.${check.severity}`)}`);
  output.line();
  output.line(check.why[lang]);
  for (const [platform, fix] of Object.entries(check.fix)) {
    output.line();
    output.line(colors.bold(`${say('cli.checks.fix')} · ${say(`words.platform.${platform}`)}`));
    output.line(fix[lang]);
  }
  output.line();
  output.line(`${say('cli.checks.sources')}: ${check.sources.join('; ')}`);
  output.line(`${say('cli.checks.obligations')}: ${servedBy(check, frameworks).join(', ')}`);
}
