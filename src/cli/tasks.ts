import { Option } from 'commander';
import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';
import { exitCodeOfTasks } from './exit-codes.ts';
import { checksOption, frameworksOption, jsonOption, outOption, runOption } from './options.ts';
import { printProblems } from './problems.ts';
import { safeJson } from './safe-text.ts';
import { printRollUp, printTasks } from './tasks-print.ts';
import type { Wiring } from './wiring.ts';
import { withRun } from './with-store.ts';

type Options = {
  out: string;
  run?: string;
  inventory?: string;
  organisation?: string;
  task?: string;
  by?: 'organisation' | 'task' | 'layer' | 'level';
  on?: string;
  checks?: string[];
  frameworks?: string[];
  json?: boolean;
};

/** `rasoat tasks`: where the tasks of directives stand, by a stored run or by an inventory alone. */
export function addTasks({ program, output, run }: Wiring): void {
  const { say } = output;
  program
    .command('tasks')
    .description(say('tasks.about'))
    .addOption(outOption(output))
    .addOption(runOption(output))
    .option('--inventory <file>', say('tasks.help.inventory'))
    .option('--organisation <id>', say('tasks.help.organisation'))
    .option('--task <id>', say('tasks.help.task'))
    .addOption(new Option('--by <key>', say('tasks.help.by')).choices(['organisation', 'task', 'layer', 'level']))
    .option('--on <day>', say('tasks.help.on'))
    .addOption(checksOption(output))
    .addOption(frameworksOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (options: Options) => {
        const { pickTasks } = await import('../pipeline/tasks.ts');
        const { rollUpTasks } = await import('../assess/tasks/roll-up.ts');
        const { inventory, status: all, warnings } = await load(options);
        printProblems(output, warnings, 'warning');
        const status = pickTasks({ inventory, status: all }, options);
        const printed = {
          inventory,
          status,
          every: (options.task ?? options.organisation) !== undefined,
          unseen: options.inventory !== undefined,
        };
        const groups = options.by === undefined ? undefined : rollUpTasks(status, options.by);
        if (options.json === true) {
          output.line(safeJson({ ...status, ...(groups === undefined ? {} : { by: options.by, groups }) }));
        } else if (options.by !== undefined && groups !== undefined) {
          printRollUp(output, printed, options.by, groups);
        } else printTasks(output, printed);
        return exitCodeOfTasks(status.items);
      }),
    );
}

async function load(options: Options) {
  const { inventory, run, on } = options;
  if (inventory === undefined) {
    const { tasksOfRun } = await import('../pipeline/tasks.ts');
    return withRun(options.out, run, async (store, stored) => ({
      ...(await tasksOfRun(store, stored, on)),
      warnings: [],
    }));
  }
  if (run !== undefined) throw new UserError([{ message: message('tasks.two-sources') }]);
  const { tasksOfInventory } = await import('../pipeline/declared-tasks.ts');
  return tasksOfInventory(inventory, options, new Date().toISOString(), on);
}
