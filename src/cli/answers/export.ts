import { Option, type Command } from 'commander';
import { trackStates, type TrackState } from '../../model/track/state.ts';
import { exitCodes } from '../exit-codes.ts';
import { jsonOption, outOption, refuseServed, webRootOption } from '../options.ts';
import { safeJson, safeText } from '../safe-text.ts';
import type { Wiring } from '../wiring.ts';
import { withStore } from '../with-store.ts';

type Options = { out: string; owner: string; to: string; state?: TrackState[]; json?: boolean; allowWebRoot?: boolean };

/** `rasoat answers export --owner ORG --to FILE`. */
export function addAnswersExport(answers: Command, { output, run }: Wiring): void {
  const { say, line, lang } = output;
  answers
    .command('export')
    .description(say('answers.export.about'))
    .addOption(outOption(output))
    .requiredOption('--owner <id>', say('answers.help.owner'))
    .requiredOption('--to <file>', say('answers.help.to'))
    .addOption(webRootOption(output))
    .addOption(new Option('--state <state...>', say('answers.help.state')).choices([...trackStates]))
    .addOption(jsonOption(output))
    .action(
      run(async ({ out, owner, to, state, json, allowWebRoot }: Options) => {
        await refuseServed(to, allowWebRoot);
        const { exportAnswers } = await import('../../pipeline/answers-export.ts');
        const request = { organisation: owner, file: to, lang, at: new Date().toISOString() };
        const { sheet, open, closed, fresh } = await withStore(out, (store) =>
          exportAnswers(store, state === undefined ? request : { ...request, states: state }),
        );
        if (json === true) {
          const file = sheet === undefined ? null : to;
          line(safeJson({ file, sheet: sheet?.id ?? null, organisation: owner, open, closed, new: fresh }));
          return exitCodes.allMet;
        }
        const names = { organisation: safeText(owner), file: safeText(to, 1000) };
        if (sheet === undefined) line(say('answers.export.nothing', names));
        else line(say('answers.export.done', { ...names, sheet: sheet.id, open, closed }));
        if (fresh > 0 && state === undefined) line(say('answers.export.fresh', { fresh }));
        return exitCodes.allMet;
      }),
    );
}
