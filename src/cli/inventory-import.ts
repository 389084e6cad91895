import type { Command } from 'commander';
import { exitCodes } from './exit-codes.ts';
import { jsonOption } from './options.ts';
import { safeJson, safeText } from './safe-text.ts';
import type { Wiring } from './wiring.ts';

/** `rasoat inventory import FILE --out FILE`: exit 1 when a cell could not be understood; the file is written all the same. */
export function addInventoryImport(inventory: Command, { output, run }: Wiring): void {
  const { say } = output;
  inventory
    .command('import')
    .argument('<file>', say('cli.inventory.import-file'))
    .description(say('cli.inventory.import'))
    .requiredOption('--out <file>', say('cli.inventory.import-out'))
    .addOption(jsonOption(output))
    .action(
      run(async (file: string, options: { out: string; json?: boolean }) => {
        const { importInventory } = await import('../pipeline/import-inventory.ts');
        const { organisations, systems, misread, sheets, todo } = await importInventory(file, options.out, output.lang);
        const why = (key: string) => say(`forms.import.why.${key}`);
        if (options.json === true) {
          output.line(
            safeJson({
              file: options.out,
              sheets,
              organisations: organisations.length,
              systems: systems.map(({ id, name, todo: open }) => ({ id, name, todo: open })),
              todo,
              notUnderstood: misread.map((one) => ({ ...one, code: one.why, why: why(one.why) })),
            }),
          );
        } else {
          output.line(
            say('cli.inventory.imported', {
              file: safeText(options.out, 1000),
              organisations: organisations.length,
              systems: systems.length,
              todo,
            }),
          );
          if (misread.length > 0) output.line(say('forms.import.head-misread', { n: misread.length }));
          for (const one of misread) {
            output.line(`  ${safeText(one.sheet, 100)} ${one.cell}: "${safeText(one.text)}" – ${why(one.why)}`);
          }
        }
        return misread.length === 0 ? exitCodes.allMet : exitCodes.notMet;
      }),
    );
}
