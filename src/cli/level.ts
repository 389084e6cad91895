import { InvalidArgumentError, Option } from 'commander';
import { isDay, dayOf } from '../model/day.ts';
import type { LevelSource } from '../pipeline/levels.ts';
import { exitCodes } from './exit-codes.ts';
import { printAudit } from './level/audit.ts';
import { levelJson } from './level/json.ts';
import { printLevel } from './level/page.ts';
import {
  frameworksOption,
  jsonOption,
  outOption,
  regimeOption,
  runOption,
  type RegimeWord,
  regimeOfWord,
} from './options.ts';
import type { Output } from './output.ts';
import { safeJson } from './safe-text.ts';
import type { Wiring } from './wiring.ts';
import { withRun } from './with-store.ts';

type Options = {
  out: string;
  run?: string;
  inventory?: string;
  frameworks?: string[];
  on?: string;
  regime?: RegimeWord;
  json?: boolean;
};

/** `rasoat level explain SYSTEM` and `rasoat level audit`. */
export function addLevel({ program, output, run }: Wiring): void {
  const { say } = output;
  const level = program.command('level').description(say('level.cli.about')).helpCommand(false);
  const common = (name: string) =>
    level
      .command(name)
      .description(say(`level.cli.${name}`))
      .option('--inventory <file>', say('level.cli.inventory'))
      .addOption(outOption(output))
      .addOption(runOption(output))
      .addOption(frameworksOption(output))
      .addOption(new Option('--on <day>', say('level.cli.on')).argParser(dayArgument))
      .addOption(jsonOption(output));
  common('explain')
    .argument('<system>', say('level.cli.system'))
    .addOption(regimeOption(output))
    .action(
      run(async (asked: string, options: Options) => {
        const { createLevels, findSystem } = await import('../pipeline/levels.ts');
        const source = await sourceOf(output, options);
        const system = findSystem(source.inventory, asked);
        const told = createLevels(source).levelOf(system, options.regime && regimeOfWord(options.regime));
        if (options.json === true) output.line(safeJson(levelJson(output, source, system, told)));
        else printLevel(output, source, system, told);
        return exitCodes.allMet;
      }),
    );
  common('audit').action(
    run(async (options: Options) => {
      const { createLevels } = await import('../pipeline/levels.ts');
      const source = await sourceOf(output, options);
      const defects = printAudit(output, source, createLevels(source).all(), options.json === true);
      return defects > 0 ? exitCodes.notMet : exitCodes.allMet;
    }),
  );
}

/** The inventory named, else a stored run. */
async function sourceOf(output: Output, options: Options): Promise<LevelSource> {
  // A run has its own laws; ours are then not even loaded.
  const book = async () => (await import('../pipeline/level-book.ts')).readLevels(options);
  const { levelSourceOf } = await import('../pipeline/levels.ts');
  const on = options.on === undefined ? {} : { onDay: options.on };
  if (options.inventory !== undefined) {
    const { readInventory } = await import('../inventory/read.ts');
    const ours = await book();
    const { inventory } = await readInventory(options.inventory);
    return { inventory, book: ours, onDay: dayOf(new Date().toISOString()), ...on };
  }
  // Laws given on the command line are asked for; without them the run's own stand.
  const asked = options.frameworks === undefined ? {} : { book: await book() };
  return withRun(
    options.out,
    options.run,
    async (store, stored) => ({ ...(await levelSourceOf(store, stored, book)), ...asked, ...on }),
    { output },
  );
}

function dayArgument(value: string): string {
  if (!isDay(value)) throw new InvalidArgumentError(value);
  return value;
}
