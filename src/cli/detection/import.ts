import { exitCodes } from '../exit-codes.ts';
import { jsonOption, outOption, runOption } from '../options.ts';
import { safeJson, safeText } from '../safe-text.ts';
import type { Wiring } from '../wiring.ts';
import { withStore } from '../with-store.ts';

type Options = { out: string; run?: string; centre?: string; json?: boolean };

/** `rasoat detection import FILE`: exit 0 when every row was accepted, 1 when some were refused. */
export function addDetectionImport({ program, output, run }: Wiring): void {
  const { say, colors } = output;
  program
    .command('import')
    .argument('<file>', say('layers.detection.import-file'))
    .description(say('layers.detection.import-about'))
    .addOption(outOption(output))
    .addOption(runOption(output))
    .option('--centre <name>', say('layers.detection.import-centre'))
    .addOption(jsonOption(output))
    .action(
      run(async (file: string, options: Options) => {
        const { importReturn } = await import('../../pipeline/detection-import.ts');
        const { rows, added, runs } = await withStore(options.out, (store) =>
          importReturn(store, file, {
            now: new Date().toISOString(),
            ...(options.run === undefined ? {} : { run: options.run }),
            ...(options.centre === undefined ? {} : { centre: options.centre.slice(0, 200) }),
          }),
        );
        const refused = rows.flatMap((row) => (row.ok ? [] : [row]));
        const counts = { accepted: rows.length - refused.length, added, refused: refused.length };
        if (options.json === true) {
          const told = refused.map(({ line, reason, marker }) => ({ line, reason, marker }));
          output.line(safeJson({ runs, ...counts, refusals: told }));
        } else {
          for (const { line, reason, marker } of refused) {
            const place = colors.bold(say('layers.detection.line', { line }));
            const what = marker === null ? '' : ` ${colors.dim(safeText(marker, 64))}`;
            output.line(`${place}: ${say(`layers.refused-${reason}`)}${what}`);
          }
          if (rows.length === 0) output.line(say('layers.detection.imported-empty', { run: runs[0] ?? '' }));
          else output.line(say('layers.detection.imported', counts));
          if (rows.length > 0 && counts.accepted === 0) output.line(say('layers.detection.nothing-kept'));
        }
        return refused.length > 0 ? exitCodes.notMet : exitCodes.allMet;
      }),
    );
}
