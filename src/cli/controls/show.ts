import type { Command } from 'commander';
import type { ControlReading, ControlStanding, RunControls } from '../../model/control.ts';
import type { Run } from '../../model/run.ts';
import { exitCodes } from '../exit-codes.ts';
import { jsonOption, outOption, runOption } from '../options.ts';
import type { Output } from '../output.ts';
import { safeJson, safeText } from '../safe-text.ts';
import type { Wiring } from '../wiring.ts';
import { withRun } from '../with-store.ts';

type Options = { out: string; run?: string; json?: boolean };

/**
 * `rasoat controls show`: what a run read of its controls, what it had to read, and what nothing vouches for. 1 where any was misread;
 * 3 where one could not be read, or a kind that the run looked by has none.
 */
export function addControlsShow(controls: Command, { output, run }: Wiring): void {
  controls
    .command('show')
    .description(output.say('controls.show.about'))
    .addOption(outOption(output))
    .addOption(runOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (options: Options) => {
        const { controlsOfRun } = await import('../../pipeline/control-readings.ts');
        return withRun(
          options.out,
          options.run,
          async (store, one) => {
            const told = await controlsOfRun(store, one);
            if (options.json === true) output.line(safeJson(published(one, told)));
            else print(output, one, told);
            return exitCodeOf(told.standings);
          },
          { verifications: true },
        );
      }),
    );
}

function exitCodeOf(standings: readonly ControlStanding[]): number {
  if (standings.some(({ state }) => state === 'misread')) return exitCodes.notMet;
  return standings.some(({ state }) => state !== 'right') ? exitCodes.tooLittleSeen : exitCodes.allMet;
}

/** What `--json` prints, as one object. */
function published(run: Run, { readings, standings, costs }: RunControls & { readonly withheld: number }): unknown {
  return { run: run.id, zone: run.zone, standings, readings, costs };
}

function print(output: Output, run: Run, told: RunControls & { readonly withheld: number }): void {
  const { line, say, colors } = output;
  const { readings, standings, withheld } = told;
  line(colors.bold(say('controls.show.heading', { zone: safeText(run.zone), run: run.id })));
  for (const standing of standings) {
    const mark = standing.state === 'right' ? colors.green('●') : standing.state === 'none' ? '◌' : colors.red('▲');
    line(`  ${mark} ${standingText(output, standing)}`);
  }
  if (standings.length === 0) line(say('controls.show.nothing'));
  for (const [target, all] of Map.groupBy(readings, ({ control, target: key }) => `${control}  ${key}`)) {
    line();
    line(colors.bold(`${safeText(target)}  ${say(`controls.expects.${all[0]?.expects ?? 'good'}`)}`));
    for (const [check, rounds] of Map.groupBy(all, (one) => one.check)) line(`  ${readingText(output, check, rounds)}`);
  }
  if (withheld > 0) {
    line();
    line(colors.red(say('controls.show.withheld', { count: withheld })));
  }
}

/** `IPv4 TLS: read right (good, bad); 12 targets`. */
function standingText({ say }: Output, { family, kind, state, by, targets }: ControlStanding): string {
  const what = { family: say(`controls.family.${String(family ?? 'name')}`), kind: say(`words.kind.${kind}`) };
  const lacking = state !== 'none' && by.length === 1 ? say(`controls.show.only-${by[0] ?? 'good'}`) : '';
  return [say(`controls.standing.${state}`, { ...what, targets }), lacking].filter((one) => one !== '').join(' ');
}

/** One check over the rounds: what it had to be, and what it was in each. */
function readingText({ say, colors }: Output, check: string, rounds: readonly ControlReading[]): string {
  const wrong = rounds.filter(({ result }) => result !== 'right');
  const mark = wrong.length === 0 ? colors.green('●') : colors.red('▲');
  const got = [...new Set(rounds.map((one) => say(`words.outcome.${one.got}`)))].join(' → ');
  const why = wrong.find((one) => one.why !== null)?.why;
  const because = why === undefined || why === null ? '' : ` (${safeText(`${why.code}: ${why.detail}`, 300)})`;
  const expected = say(`words.outcome.${rounds[0]?.expected ?? 'pass'}`);
  return `${mark} ${check}: ${say('controls.show.reading', { expected, got })}${because}`;
}
