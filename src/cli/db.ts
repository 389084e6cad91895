import type { Command } from 'commander';
import type { TableDigest } from '../store/copy.ts';
import { exitCodes } from './exit-codes.ts';
import { addPrune } from './db-prune.ts';
import { jsonOption, outOption } from './options.ts';
import type { Output } from './output.ts';
import { safeJson, safeText } from './safe-text.ts';
import type { Wiring } from './wiring.ts';

type Options = { out: string; json?: boolean; to: string; use?: boolean };

/** `rasoat db`: the store itself: its shape, its copies, and the engine that it lies in. */
export function addDb(wiring: Wiring): void {
  const { program, output, run } = wiring;
  const { say } = output;
  const db = program.command('db').description(say('db.about'));
  const command = (name: string, key: string): Command =>
    db.command(name).description(say(key)).addOption(outOption(output)).addOption(jsonOption(output));

  command('migrate', 'db.migrate.about').action(
    run(async (options: Options) => {
      const { tablesOf } = await import('../pipeline/db.ts');
      const { place, tables } = await tablesOf(options.out);
      print(output, options, { from: place, to: place, tables }, 'db.shape');
      return exitCodes.allMet;
    }),
  );
  command('copy', 'db.copy.about')
    .requiredOption('--to <url>', say('db.help.to'))
    .option('--use', say('db.help.use'))
    .action(
      run(async (options: Options) => {
        const { copyToPostgres } = await import('../pipeline/db.ts');
        const copied = await copyToPostgres(options.out, options.to, options.use === true, progressOf(output));
        print(output, options, copied, 'db.copied');
        return exitCodes.allMet;
      }),
    );
  command('backup', 'db.backup.about')
    .requiredOption('--to <file>', say('db.help.file'))
    .action(
      run(async (options: Options) => {
        const { backUp } = await import('../pipeline/db.ts');
        print(output, options, await backUp(options.out, options.to, progressOf(output)), 'db.copied');
        return exitCodes.allMet;
      }),
    );
  addPrune(db, wiring);
  command('restore', 'db.restore.about')
    .argument('<file>')
    .action(
      run(async (file: string, options: Options) => {
        const { restore } = await import('../pipeline/db.ts');
        print(output, options, await restore(file, options.out, progressOf(output)), 'db.copied');
        return exitCodes.allMet;
      }),
    );
}

/** One plain line a table, on the side where progress goes. */
function progressOf(output: Output) {
  let last = '';
  return {
    table: (table: string, rows: number) => {
      const line = output.say('db.progress', { table, rows });
      if (line !== last && rows % 50_000 < 500) output.note(line);
      last = line;
    },
  };
}

type Printed = { readonly from: string; readonly to: string; readonly tables: readonly TableDigest[] };

function print(output: Output, { json }: Options, printed: Printed, key: string): void {
  const { say, colors } = output;
  if (json === true) {
    output.line(safeJson(printed));
    return;
  }
  const rows = printed.tables.reduce((sum, table) => sum + table.rows, 0);
  for (const table of printed.tables.filter((one) => one.rows > 0)) {
    output.line(`  ${table.table.padEnd(20)} ${String(table.rows).padStart(9)}  ${colors.dim(table.sha256)}`);
  }
  output.line(
    say(key, { from: safeText(printed.from), to: safeText(printed.to), rows, tables: printed.tables.length }),
  );
}
