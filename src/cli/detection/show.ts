import type { DetectionState, SystemDetection } from '../../model/detection.ts';
import { exitCodes } from '../exit-codes.ts';
import { jsonOption, outOption, runOption } from '../options.ts';
import type { Output } from '../output.ts';
import { safeJson, safeText } from '../safe-text.ts';
import type { Wiring } from '../wiring.ts';
import { withCheck } from './with-check.ts';

type Options = { out: string; run?: string; json?: boolean };

/** `rasoat detection show`: exit 0 all noticed, 1 some not, 3 nothing returned or nothing sent. */
export function addDetectionShow({ program, output, run }: Wiring): void {
  const { say } = output;
  program
    .command('show')
    .description(say('layers.detection.show-about'))
    .addOption(outOption(output))
    .addOption(runOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (options: Options) => {
        const { detectionOfRun } = await import('../../pipeline/detection.ts');
        const systems = await withCheck(options.out, options.run, (store, stored) => detectionOfRun(store, stored.id));
        if (options.json === true) {
          for (const one of systems) output.line(safeJson(one));
          return exitCodeOf(systems);
        }
        for (const one of systems) print(output, one);
        const count = (...states: readonly DetectionState[]) =>
          systems.filter(({ state }) => states.includes(state)).length;
        if (systems.every(({ returnedAt }) => returnedAt === null)) output.line(say('layers.detection.show-nothing'));
        const unsent = count('not-sent');
        output.line(
          say('layers.detection.show-totals', { noticed: count('noticed'), asked: systems.length - unsent, unsent }),
        );
        return exitCodeOf(systems);
      }),
    );
}

function exitCodeOf(systems: readonly SystemDetection[]): number {
  const asked = systems.filter(({ state }) => state !== 'not-sent' && state !== 'no-return');
  if (asked.length === 0) return exitCodes.tooLittleSeen;
  return asked.every(({ state }) => state === 'noticed') ? exitCodes.allMet : exitCodes.notMet;
}

const marks: Readonly<Record<DetectionState, string>> = {
  noticed: '●',
  partly: '▲',
  'not-noticed': '▲',
  'no-return': '◌',
  'not-sent': '◌',
};

function print(output: Output, one: SystemDetection): void {
  const { say, colors } = output;
  const words = [
    say(`layers.detection.state-${one.state}`),
    say('layers.detection.coverage', one.coverage),
    ...(one.sentAt === null ? [] : [say('layers.detection.sent', { at: one.sentAt })]),
    ...(one.seenAt === null ? [] : [say('layers.detection.seen', { at: one.seenAt })]),
    ...(one.delaySeconds === null ? [] : [say('layers.detection.after', { seconds: one.delaySeconds })]),
    ...(one.sources.length === 0 ? [] : [say('layers.detection.from', { sources: one.sources.join(', ') })]),
    ...(one.centres.length === 0 ? [] : [say('layers.detection.by', { centres: safeText(one.centres.join(', ')) })]),
  ];
  output.line(`${marks[one.state]} ${colors.bold(safeText(one.system))}  ${words.join(', ')}`);
  if (one.targets.length === 1 && one.state === 'noticed') return;
  for (const { target, marker, delivery, seenAt } of one.targets) {
    const seen = seenAt === null ? '' : say('layers.detection.seen', { at: seenAt });
    output.line(
      `    ${seenAt === null ? '◌' : '●'} ${safeText(target)}  ${colors.dim(marker)}  ${say(`layers.delivery-${delivery}`)} ${seen}`,
    );
  }
}
