import { dayOf, isDay } from '../model/day.ts';
import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';
import type { NoticeOutcome } from '../pipeline/notify.ts';
import type { NoticePlan } from '../pipeline/notify-plan.ts';
import { exitCodes } from './exit-codes.ts';
import { jsonOption, outOption } from './options.ts';
import type { Output } from './output.ts';
import { safeJson, safeText } from './safe-text.ts';
import type { Wiring } from './wiring.ts';
import { withStore } from './with-store.ts';

type Options = {
  out: string;
  settings?: string;
  owner?: string;
  on?: string;
  dryRun?: boolean;
  json?: boolean;
};

/** `rasoat notify`: one digest for each organisation that has something to be told, by mail or webhook. */
export function addNotify({ program, output, run, env }: Wiring): void {
  const { say } = output;
  program
    .command('notify')
    .description(say('notify.about'))
    .addOption(outOption(output))
    .option('--settings <file>', say('notify.help.settings'))
    .option('--dry-run', say('notify.help.dry-run'))
    .option('--owner <id>', say('notify.help.owner'))
    .option('--on <day>', say('notify.help.day'))
    .addOption(jsonOption(output))
    .action(
      run(async ({ out, settings, owner, on, dryRun, json }: Options) => {
        if (on !== undefined && !isDay(on)) throw new UserError([{ message: message('track.bad-day', { day: on }) }]);
        const at = new Date().toISOString();
        const options = {
          ...{ out, at, env, day: on ?? dayOf(at), clock: on === undefined },
          ...(settings === undefined ? {} : { settings }),
          ...(owner === undefined ? {} : { owner }),
        };
        const { previewNotices, sendNotices } = await import('../pipeline/notify.ts');
        const { trackRuns } = await import('../pipeline/track-run.ts');
        return withStore(out, async (store) => {
          if (dryRun === true) {
            printPlan(output, await previewNotices(store, options), json === true);
            return exitCodes.allMet;
          }
          await trackRuns(store);
          const outcomes: NoticeOutcome[] = [];
          await sendNotices(store, options, (outcome) => {
            outcomes.push(outcome);
            if (json === true) output.line(safeJson(outcome));
            else printOutcome(output, outcome);
          });
          if (json !== true && outcomes.length === 0) output.line(say('notify.nothing'));
          return outcomes.every(isDone) ? exitCodes.allMet : exitCodes.notMet;
        });
      }),
    );
}

/** Whoever was to be told was, or waits as the settings ask. */
const isDone = ({ outcome, reason }: NoticeOutcome): boolean =>
  outcome === 'sent' ? reason === undefined : outcome === 'held' || outcome === 'told-today' || outcome === 'later';

function printPlan({ say, line, colors }: Output, { planned, nothing }: NoticePlan, json: boolean): void {
  for (const { organisation, channel, day, to, subject, id, hold, content } of planned) {
    if (json) {
      line(safeJson({ organisation, channel, day, to, subject, id, hold: hold ?? null, ...content }));
      continue;
    }
    const recipients = to.length === 0 ? say('notify.list.nobody') : to.map((one) => safeText(one)).join(', ');
    line(colors.bold(`── ${safeText(organisation)} · ${say(`notify.channel.${channel}`)} · ${day}`));
    line(say('notify.list.to', { to: channel === 'mail' ? recipients : say('notify.channel.webhook') }));
    line(say('notify.list.subject', { subject }));
    line(`Message-ID: ${safeText(id)}`);
    if (hold !== undefined) line(colors.yellow(say(`notify.hold.${hold}`)));
    line();
    if ('text' in content) for (const each of content.text.split('\n')) line(safeText(each, 2000));
    else
      line(
        JSON.stringify(content.payload, undefined, 2)
          .split('\n')
          .map((each) => safeText(each, 2000))
          .join('\n'),
      );
  }
  if (!json) line(say('notify.list.total', { count: planned.length, nothing }));
}

function printOutcome(
  { say, line, colors }: Output,
  { organisation, channel, day, outcome, to, subject, answer, reason, hold }: NoticeOutcome,
): void {
  const mark =
    outcome === 'sent' ? colors.green('●') : outcome === 'held' || outcome === 'told-today' ? '–' : colors.red('▲');
  const words = say(`notify.outcome.${outcome}`, { day });
  line(`${mark} ${safeText(organisation)} · ${say(`notify.channel.${channel}`)} · ${words}`);
  line(`    ${safeText(subject)}`);
  if (to.length > 0) line(`    ${say('notify.list.to', { to: to.map((one) => safeText(one)).join(', ') })}`);
  if (hold !== undefined) line(`    ${say(`notify.hold.${hold}`)}`);
  if (answer !== undefined) line(`    ${say('notify.list.answer', { answer: safeText(answer) })}`);
  if (reason !== undefined) line(`    ${say('notify.list.reason', { reason: safeText(reason) })}`);
}
