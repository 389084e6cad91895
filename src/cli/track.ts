import type { Command } from 'commander';
import { Option } from 'commander';
import { severities } from '../model/check.ts';
import { dayOf, isDay } from '../model/day.ts';
import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';
import { trackStates, type TrackState } from '../model/track/state.ts';
import { exitCodes } from './exit-codes.ts';
import { jsonOption, outOption } from './options.ts';
import { safeJson } from './safe-text.ts';
import { printTasks } from './track/print-tasks.ts';
import { printTrack, publishedTrack } from './track/print-track.ts';
import { addTrackSet } from './track/set.ts';
import { addTrackTask } from './track/task.ts';
import type { Wiring } from './wiring.ts';
import { withStore } from './with-store.ts';

type Options = {
  out: string;
  json?: boolean;
  on?: string;
  state?: TrackState[];
  severity?: string[];
  system?: string[];
  lapsing?: boolean;
};

/** `rasoat track`: every finding over the runs, with state, age and due day; `set`, `task` and `tasks` below it. */
export function addTrack(wiring: Wiring): void {
  const { program, output, run } = wiring;
  const { say } = output;
  const track = program.command('track').description(say('track.about'));
  view(track, wiring)
    .addOption(new Option('--state <state...>', say('track.help.state')).choices([...trackStates]))
    .addOption(new Option('--severity <severity...>', say('cli.help.severity')).choices([...severities]))
    .option('--system <id...>', say('cli.help.system'))
    .option('--lapsing', say('track.help.lapsing'))
    .action(
      run(async (options: Options) => {
        const day = dayAsked(options.on);
        const { loadFindings } = await import('../pipeline/track-view.ts');
        const { stripsOf } = await import('../pipeline/strips.ts');
        await withTracked(options.out, async (store) => {
          const loaded = await loadFindings(store, day, options.system);
          const lapsing = new Set(loaded.tally.lapsing.map(({ finding }) => finding));
          const one = (wanted: readonly string[] | undefined, value: string) => wanted?.includes(value) !== false;
          const findings = loaded.findings.filter(
            ({ state, life }) =>
              one(options.state, state) &&
              one(options.severity, life.severity) &&
              (options.lapsing !== true || lapsing.has(life.id)),
          );
          const ids = findings.map(({ life }) => life.id);
          if (options.json !== true) {
            printTrack(output, { ...loaded, findings }, await stripsOf(store, ids));
            return;
          }
          const byFinding = Map.groupBy(await store.track.sightingsOf(ids), ({ finding }) => finding);
          for (const each of findings) output.line(safeJson(publishedTrack(each, byFinding.get(each.life.id) ?? [])));
        });
        return exitCodes.allMet;
      }),
    );
  addTrackSet(track, wiring);
  addTrackTask(track, wiring);
  view(track.command('tasks').description(say('track.tasks.about')), wiring).action(
    run(async (_own: Options, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const day = dayAsked(options.on);
      const { loadTasks } = await import('../pipeline/track-view.ts');
      await withTracked(options.out, async (store) => {
        const tasks = await loadTasks(store, day);
        if (options.json !== true) printTasks(output, tasks);
        else for (const task of tasks) output.line(safeJson(task));
      });
      return exitCodes.allMet;
    }),
  );
}

/** `track tasks --out X`: commander gives `--out` to `track`, which has it too, so options are read through the command. */
function view(command: Command, { output }: Wiring): Command {
  return command
    .addOption(outOption(output))
    .addOption(jsonOption(output))
    .option('--on <day>', output.say('track.help.day'));
}

function dayAsked(on: string | undefined): string {
  if (on !== undefined && !isDay(on)) throw new UserError([{ message: message('track.bad-day', { day: on }) }]);
  return on ?? dayOf(new Date().toISOString());
}

/** Opens the store with every finished run taken in, those of an older program too. */
async function withTracked(out: string, use: Parameters<typeof withStore<void>>[1]): Promise<void> {
  const { trackRuns } = await import('../pipeline/track-run.ts');
  await withStore(out, async (store) => {
    await trackRuns(store);
    await use(store);
  });
}
