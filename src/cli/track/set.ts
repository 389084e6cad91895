import { Argument, type Command } from 'commander';
import { UserError } from '../../model/errors.ts';
import { message } from '../../model/text.ts';
import type { HistoryEntry } from '../../model/track/history.ts';
import type { Life } from '../../model/track/life.ts';
import { exitCodes } from '../exit-codes.ts';
import { jsonOption, outOption } from '../options.ts';
import { safeJson } from '../safe-text.ts';
import type { Wiring } from '../wiring.ts';
import { withStore } from '../with-store.ts';

/** What a person can say of a finding; the other states come of observations alone. */
const sayable = ['in-progress', 'claimed-fixed', 'open', 'waived', 'false-positive'] as const;

type Options = {
  out: string;
  by?: string;
  document?: string;
  reason?: string;
  approvedBy?: string;
  until?: string;
  json?: boolean;
};

/** `rasoat track set FINDING STATE`: records what a person says, in the history. */
export function addTrackSet(track: Command, { output, run }: Wiring): void {
  const { say } = output;
  track
    .command('set')
    .description(say('track.set.about'))
    .argument('<finding>', say('track.set.finding'))
    .addArgument(new Argument('<state>', say('track.set.state')).choices(sayable))
    .addOption(outOption(output))
    .option('--by <name>', say('track.help.by'))
    .option('--document <number>', say('track.help.document'))
    .option('--reason <text>', say('track.help.reason'))
    .option('--approved-by <name>', say('track.help.approved-by'))
    .option('--until <day>', say('track.help.until'))
    .addOption(jsonOption(output))
    .action(
      run(async (finding: string, state: (typeof sayable)[number], _own: Options, command: Command) => {
        const options = command.optsWithGlobals<Options>();
        const { say: word, putAside } = await import('../../track/change.ts');
        const { recordChange } = await import('../../pipeline/track-change.ts');
        const by = nameOf(options.by);
        const entryOf = (life: Life): HistoryEntry => {
          const { document, reason = '', approvedBy = '', until } = options;
          const hand = { by, at: new Date().toISOString(), ...(document === undefined ? {} : { document }) };
          if (state !== 'waived' && state !== 'false-positive') return word(life, state, hand, options.reason);
          const request = { as: state, reason, document: document ?? '', approvedBy };
          return putAside(life, until === undefined ? request : { ...request, until }, hand);
        };
        await withStore(options.out, async (store) => {
          for (const life of await recordChange(store, finding.split(','), entryOf)) {
            const { id, state: now, aside } = life;
            if (options.json === true) output.line(safeJson({ finding: id, state: now, setAside: aside ?? null }));
            else output.line(say('track.recorded', { finding: id, state: say(`track.state.${now}`) }));
          }
        });
        return exitCodes.allMet;
      }),
    );
}

/** Whoever changes a finding has a name: nothing in the history is nobody's. */
export function nameOf(by: string | undefined): string {
  const name = by?.trim() ?? '';
  if (name === '') throw new UserError([{ message: message('track.by-missing') }]);
  return name;
}
