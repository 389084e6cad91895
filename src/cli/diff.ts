import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';
import type { Run } from '../model/run.ts';
import type { Store } from '../store/types.ts';
import { diffKinds, type Difference } from '../track/diff.ts';
import { exitCodes } from './exit-codes.ts';
import { jsonOption, outOption } from './options.ts';
import type { Output } from './output.ts';
import { notePruned } from './pruned-note.ts';
import { safeJson, safeText } from './safe-text.ts';
import type { Wiring } from './wiring.ts';
import { refuseVerification, withStore } from './with-store.ts';

/** `rasoat diff RUN RUN`: what the second tells otherwise than the first, and whether the world or the reading changed. */
export function addDiff({ program, output, run }: Wiring): void {
  const { say } = output;
  program
    .command('diff')
    .description(say('track.diff.about'))
    .argument('<first>', say('track.diff.first'))
    .argument('<second>', say('track.diff.second'))
    .addOption(outOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (first: string, second: string, options: { out: string; json?: boolean }) => {
        const { compareRuns } = await import('../pipeline/diff-runs.ts');
        const { trackRuns } = await import('../pipeline/track-run.ts');
        await withStore(options.out, async (store) => {
          await trackRuns(store);
          const [one, other] = [await known(store, first), await known(store, second)];
          const differences = await compareRuns(store, one, other);
          for (const side of [one, other]) notePruned(output, side);
          if (one.pruned !== undefined) output.note(say('retention.diff-note'));
          if (options.json !== true) printDifferences(output, differences);
          else for (const one of differences) output.line(safeJson({ first, second, ...one }));
        });
        return exitCodes.allMet;
      }),
    );
}

async function known(store: Store, id: string): Promise<Run> {
  const found = await store.run(id);
  if (found === undefined) throw new UserError([{ message: message('cli.unknown-run', { run: id }) }]);
  refuseVerification(found);
  return found;
}

function printDifferences(output: Output, differences: readonly Difference[]): void {
  const { say, colors } = output;
  const count = (kind: string) => differences.filter(({ what }) => what === kind).length;
  for (const kind of diffKinds) {
    const some = differences.filter(({ what }) => what === kind);
    if (some.length > 0) output.line(colors.bold(say(`track.diff.${kind}`)));
    for (const one of some) {
      const side = (outcome: Difference['before']) =>
        outcome === null ? say('cli.rejudge.none') : say(`words.outcome.${outcome}`);
      const origin = one.because.map((origin) => say(`track.diff.because.${origin}`)).join(', ');
      output.line(
        `  ${safeText(one.system)}  ${safeText(one.target)}  ${one.check}  ${side(one.before)} → ${side(one.after)} ${colors.dim(`(${origin})`)}`,
      );
      const details = detailsOf(output, one);
      if (details !== '') output.line(`      ${colors.dim(details)}`);
    }
  }
  output.line(
    say('track.diff.totals', {
      new: count('new'),
      reopened: count('reopened'),
      fixed: count('fixed'),
      changed: count('changed'),
      unseen: count('not-observed'),
    }),
  );
}

function detailsOf(output: Output, { why, detail, was }: Difference): string {
  const { say } = output;
  const own = why === 'gone' || why === 'check-retired';
  const reason = why === undefined ? undefined : say(own ? `track.diff.why.${why}` : `words.failure.${why}`);
  const names = [was?.target, was?.check].filter((name) => name !== undefined).map((name) => safeText(name));
  return [
    ...(reason === undefined ? [] : [detail === undefined ? reason : `${reason}: ${safeText(detail, output.width)}`]),
    ...(names.length === 0 ? [] : [say('track.diff.was', { names: names.join(', ') })]),
  ].join(' · ');
}
