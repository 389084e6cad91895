import { isDay } from '../model/day.ts';
import { UserError } from '../model/errors.ts';
import type { Schedule } from '../model/schedule.ts';
import { message } from '../model/text.ts';
import { hasStore } from '../store/place.ts';
import { exitCodes } from './exit-codes.ts';
import { checksOption, frameworksOption, jsonOption, outOption } from './options.ts';
import { safeJson } from './safe-text.ts';
import { daemonOf, printDaemon, publishedDaemon } from './schedule/print-scheduler.ts';
import { printSchedule } from './schedule/print.ts';
import type { Wiring } from './wiring.ts';
import { withStore } from './with-store.ts';

type Options = {
  out: string;
  inventory?: string;
  zone?: string;
  at?: string;
  due?: boolean;
  checks?: string[];
  frameworks?: string[];
  json?: boolean;
};

/** `rasoat schedule show`: what runs when and why. */
export function addSchedule({ program, output, run }: Wiring): void {
  const { say } = output;
  program
    .command('schedule')
    .description(say('schedule.about'))
    .command('show')
    .description(say('schedule.show.about'))
    .addOption(outOption(output))
    .option('--inventory <file>', say('schedule.help.inventory'))
    .option('--zone <id>', say('schedule.help.zone'))
    .option('--at <instant>', say('schedule.help.at'))
    .option('--due', say('schedule.help.due'))
    .addOption(checksOption(output))
    .addOption(frameworksOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (options: Options) => {
        const { inventory, schedule, daemon } = await load(options);
        const { day } = schedule;
        const turns = schedule.turns.filter(({ because }) => options.due !== true || because[0].on <= day);
        if (options.json === true) output.line(safeJson({ ...schedule, turns, ...publishedDaemon(daemon) }));
        else {
          printDaemon(output, daemon, schedule);
          printSchedule(output, { ...schedule, turns }, inventory);
        }
        return schedule.turns.some(({ debtDays }) => debtDays > 0) ? exitCodes.notMet : exitCodes.allMet;
      }),
    );
}

async function load(options: Options) {
  const { readAssessingLaw } = await import('../pipeline/assessing-law.ts');
  const { scheduleOfFile, scheduleOfStore } = await import('../pipeline/schedule.ts');
  const at = instantAsked(options.at);
  const asked = { at, ...(options.zone === undefined ? {} : { zone: options.zone }) };
  if (options.inventory !== undefined && !hasStore(options.out)) {
    const lawbook = await readAssessingLaw(undefined, options);
    const placed = await scheduleOfFile(options.inventory, { ...asked, lawbook });
    return { ...placed, daemon: daemonOf(undefined, undefined, Date.now()) };
  }
  return withStore(options.out, async (store) => {
    const state = await store.schedulerState();
    const rewind = options.at === undefined ? { rewind: state?.clockBack ?? { at, runs: [] } } : {};
    const lawbook = await readAssessingLaw(store, options);
    const placed = await scheduleOfStore(store, options.inventory, { ...asked, lawbook, ...rewind });
    return { ...placed, daemon: daemonOf(state, await store.fleetSwitch(), Date.now()) };
  });
}

/** Noon in Viet Nam for a bare day. */
function instantAsked(at: string | undefined): Schedule['at'] {
  if (at === undefined) return new Date().toISOString();
  if (isDay(at)) return `${at}T05:00:00.000Z`;
  const time = Date.parse(at);
  if (/^\d{4}-\d{2}-\d{2}T/.test(at) && !Number.isNaN(time)) return new Date(time).toISOString();
  throw new UserError([{ message: message('schedule.no-such-instant', { at }) }]);
}
