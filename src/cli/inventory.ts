import { feedsFolder } from '../feeds/folder.ts';
import type { ReadInventory } from '../inventory/read.ts';
import { dayOf } from '../model/day.ts';
import { UserError, type Problem } from '../model/errors.ts';
import { exitCodes } from './exit-codes.ts';
import { addInventoryImport } from './inventory-import.ts';
import { frameworksOption, jsonOption } from './options.ts';
import type { Output } from './output.ts';
import { placeOf, printProblems } from './problems.ts';
import type { Wiring } from './wiring.ts';
import { safeJson } from './safe-text.ts';

type Options = { json?: boolean; frameworks?: string[] };

/** `rasoat inventory validate FILE` and `rasoat inventory import FILE`. */
export function addInventory(wiring: Wiring): void {
  const { program, output, env, run } = wiring;
  const inventory = program.command('inventory').description(output.say('cli.inventory.about')).helpCommand(false);
  addInventoryImport(inventory, wiring);
  inventory
    .command('validate')
    .argument('<file>', output.say('cli.help.inventory'))
    .description(output.say('cli.inventory.validate'))
    .addOption(frameworksOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (file: string, options: Options) => {
        const { readInventory } = await import('../inventory/read.ts');
        const { adoptPublicSuffixesOf } = await import('../pipeline/public-suffixes.ts');
        await adoptPublicSuffixesOf(feedsFolder(undefined, env));
        try {
          const read = await readInventory(file);
          const { inventory, hash } = read;
          await refuseControls(read);
          const warnings = [...read.warnings, ...(await doubts(read, options))];
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

/** What only the texts of law can tell; they are not read for an inventory that records no task. */
async function doubts(read: ReadInventory, { frameworks }: Options): Promise<readonly Problem[]> {
  if ((read.inventory.tasks ?? []).length === 0) return [];
  const { readLawbook } = await import('../pipeline/lawbook.ts');
  const { doubtsOfTasks } = await import('../pipeline/declared-tasks.ts');
  const { frameworks: all } = await readLawbook(frameworks === undefined ? {} : { frameworks });
  return doubtsOfTasks(read, all, dayOf(new Date().toISOString()));
}

/** Checks that controls name; they are not read for an inventory whose controls name none. */
async function refuseControls(read: ReadInventory): Promise<void> {
  if (read.inventory.zones.every(({ controls = [] }) => controls.every(({ checks }) => checks === undefined))) return;
  const { readLawbook } = await import('../pipeline/lawbook.ts');
  const { refuseStrangeChecks } = await import('../pipeline/check-controls.ts');
  refuseStrangeChecks(read, (await readLawbook()).checks);
}

function problemJson(output: Output, problem: UserError['problems'][number]): Readonly<Record<string, unknown>> {
  const { file, line, column } = problem;
  return { at: placeOf(problem), file, line, column, code: problem.message.key, message: output.tell(problem.message) };
}
