import { exitCodes } from './exit-codes.ts';
import { jsonOption, outOption, positive } from './options.ts';
import { noteSomePruned } from './pruned-note.ts';
import { safeJson } from './safe-text.ts';
import { printTrend, publishedPoint } from './track/print-trend.ts';
import type { Wiring } from './wiring.ts';
import { withStore } from './with-store.ts';

type Options = { out: string; json?: boolean; last?: number; zone?: string };

/** `rasoat trend [SYSTEM|ORGANISATION]`: findings to mend, late, new, fixed and what was seen, run by run. */
export function addTrend({ program, output, run }: Wiring): void {
  const { say } = output;
  program
    .command('trend')
    .description(say('life.cli.about'))
    .argument('[system|organisation]', say('life.cli.subject'))
    .addOption(outOption(output))
    .option('--last <n>', say('life.cli.last'), positive)
    .option('--zone <id>', say('life.cli.zone'))
    .addOption(jsonOption(output))
    .action(
      run(async (subject: string | undefined, { out, json, last, zone }: Options) => {
        const { loadTrend } = await import('../pipeline/load-trend.ts');
        const { trackRuns } = await import('../pipeline/track-run.ts');
        await withStore(out, async (store) => {
          await trackRuns(store);
          const asked = { ...(subject === undefined ? {} : { subject }), ...(zone === undefined ? {} : { zone }) };
          const loaded = await loadTrend(store, asked);
          noteSomePruned(output, await store.runs());
          const points = last === undefined ? loaded.points : loaded.points.slice(-last);
          if (json !== true) printTrend(output, { ...loaded, points });
          else
            for (const point of points) output.line(safeJson(publishedPoint(subject ?? null, loaded.run.zone, point)));
        });
        return exitCodes.allMet;
      }),
    );
}
