import { feedsFolder } from '../feeds/folder.ts';
import { UserError } from '../model/errors.ts';
import { exitCodes } from './exit-codes.ts';
import { jsonOption } from './options.ts';
import type { Output } from './output.ts';
import { placeOf, printProblems } from './problems.ts';
import type { Wiring } from './wiring.ts';
import { safeJson } from './safe-text.ts';

/** `rasoat inventory validate FILE`. */
export function addInventory({ program, output, env, run }: Wiring): void {
  program
    .command('inventory')
    .description(output.say('cli.inventory.about'))
    .helpCommand(false)
    .command('validate')
    .argument('<file>', output.say('cli.help.inventory'))
    .description(output.say('cli.inventory.validate'))
    .addOption(jsonOption(output))
    .action(
      run(async (file: string, options: { json?: boolean }) => {
        const { readInventory } = await import('../inventory/read.ts');
        const { adoptPublicSuffixesOf } = await import('../pipeline/public-suffixes.ts');
        await adoptPublicSuffixesOf(feedsFolder(undefined, env));
        try {
          const { inventory, hash, warnings } = await readInventory(file);
          const counts = {
            organisations: inventory.organisations.length,
            systems: inventory.systems.length,
            endpoints: inventory.systems.reduce((sum, system) => sum + system.endpoints.length, 0),
            authorisations: inventory.authorisations.length,
          };
          if (options.json === true) {
            output.line(
              safeJson({
                valid: true,
                hash,
                ...counts,
                errors: [],
                warnings: warnings.map((one) => problemJson(output, one)),
              }),
            );
          } else {
            printProblems(output, warnings, 'warning');
            output.line(output.say('cli.inventory.valid', counts));
          }
          return exitCodes.allMet;
        } catch (error) {
          if (!(error instanceof UserError) || options.json !== true) throw error;
          output.line(
            safeJson({ valid: false, errors: error.problems.map((one) => problemJson(output, one)), warnings: [] }),
          );
          return exitCodes.badInput;
        }
      }),
    );
}

function problemJson(output: Output, problem: UserError['problems'][number]): Readonly<Record<string, unknown>> {
  const { file, line, column } = problem;
  return { at: placeOf(problem), file, line, column, code: problem.message.key, message: output.tell(problem.message) };
}
