import type { Command } from 'commander';
import { UserError } from '../../model/errors.ts';
import { sixClear } from '../../model/inventory/six-clear.ts';
import { message } from '../../model/text.ts';
import type { TaskWords } from '../../model/track/life.ts';
import { exitCodes } from '../exit-codes.ts';
import { outOption } from '../options.ts';
import type { Wiring } from '../wiring.ts';
import { withStore } from '../with-store.ts';
import { nameOf } from './set.ts';

type Options = { out: string; by?: string; document?: string } & TaskWords;

/** `rasoat track task FINDING`: who does what by when, for one finding or several. */
export function addTrackTask(track: Command, { output, run }: Wiring): void {
  const { say } = output;
  const command = track
    .command('task')
    .description(say('track.task.about'))
    .argument('<finding>', say('track.set.finding'))
    .addOption(outOption(output))
    .option('--by <name>', say('track.help.by'))
    .option('--document <number>', say('track.help.document'));
  for (const key of sixClear) command.option(`--${key} <text>`, say(`track.help.${key}`));
  command.action(
    run(async (finding: string, _own: Options, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { assign } = await import('../../track/change.ts');
      const { recordChange } = await import('../../pipeline/track-change.ts');
      const by = nameOf(options.by);
      const given = sixClear.flatMap((key) => (options[key] === undefined ? [] : [[key, options[key]] as const]));
      if (given.length === 0) throw new UserError([{ message: message('track.words-missing') }]);
      const words: TaskWords = Object.fromEntries(given);
      const { document } = options;
      await withStore(options.out, async (store) => {
        const hand = { by, at: new Date().toISOString(), ...(document === undefined ? {} : { document }) };
        for (const { id } of await recordChange(store, finding.split(','), (life) => assign(life, words, hand))) {
          output.line(say('track.assigned', { finding: id }));
        }
      });
      return exitCodes.allMet;
    }),
  );
}
