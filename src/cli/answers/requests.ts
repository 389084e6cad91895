import type { Command } from 'commander';
import { dayOf } from '../../model/day.ts';
import type { WaitingRequest } from '../../pipeline/answer-requests.ts';
import { exitCodes } from '../exit-codes.ts';
import { jsonOption, outOption } from '../options.ts';
import type { Output } from '../output.ts';
import { safeJson, safeText } from '../safe-text.ts';
import type { Wiring } from '../wiring.ts';
import { withStore } from '../with-store.ts';
import { approveCommand, closeCommand } from './command.ts';

type Options = { out: string; approvedBy?: string; json?: boolean };

/** `rasoat answers requests`: what owners asked for and nobody has decided, with the commands that would. */
export function addAnswersRequests(answers: Command, { output, run }: Wiring): void {
  const { say, line } = output;
  answers
    .command('requests')
    .description(say('answers.requests.about'))
    .addOption(outOption(output))
    .option('--approved-by <name>', say('answers.help.approved-by'))
    .addOption(jsonOption(output))
    .action(
      run(async ({ out, approvedBy = '', json }: Options) => {
        const { waitingRequests } = await import('../../pipeline/answer-requests.ts');
        const { trackRuns } = await import('../../pipeline/track-run.ts');
        const waiting = await withStore(out, async (store) => {
          await trackRuns(store);
          return waitingRequests(store, new Date().toISOString());
        });
        for (const one of waiting) {
          if (json === true) line(safeJson(published(one, out, approvedBy)));
          else print(output, one, out, approvedBy);
        }
        if (waiting.length === 0 && json !== true) line(say('answers.requests.none'));
        return exitCodes.allMet;
      }),
    );
}

/** Keys are a contract. `approve` is null for what is not to be set aside. */
function published(waiting: WaitingRequest, out: string, approvedBy: string) {
  const { life, request, attachments, until } = waiting;
  const { as, reason, by, at, document, sheet } = request;
  return {
    finding: life.id,
    system: life.system,
    target: life.target,
    check: life.check,
    severity: life.severity,
    as,
    reason,
    document: document ?? null,
    requestedBy: by,
    at,
    until: as === 'not-ours' ? null : until,
    evidence: attachments,
    sheet: sheet?.sheet ?? null,
    approve: approveCommand(waiting, out, approvedBy) ?? null,
    decline: closeCommand(waiting, out),
  };
}

function print({ say, line, colors }: Output, waiting: WaitingRequest, out: string, approvedBy: string): void {
  const { life, request, attachments, until } = waiting;
  const { as, reason, by, at, document } = request;
  const approve = approveCommand(waiting, out, approvedBy);
  const told = [
    say('answers.requests.asked', { by: safeText(by, 100), day: dayOf(at), as: say(`answers.asked.${as}`) }),
    ...(approve === undefined ? [] : [say('answers.requests.until', { until })]),
    ...(document === undefined ? [] : [say('track.document', { document: safeText(document) })]),
  ];
  line(
    `${colors.bold(life.id)}  ${say(`words.severity.${life.severity}`)} · ${life.check}  ${safeText(life.system)}  ${safeText(life.target)}`,
  );
  line(`    ${told.join(' · ')}`);
  line(`    ${say('answers.requests.reason', { reason: safeText(reason, 1100) })}`);
  const names = attachments.map(
    ({ name, sha256 }) => `${safeText(name, 100)}${sha256 === undefined ? '' : ` (${sha256.slice(0, 12)})`}`,
  );
  if (names.length > 0) line(`    ${say('answers.import.evidence', { names: names.join('; ') })}`);
  if (approve !== undefined) {
    line(`    ${say(approvedBy === '' ? 'answers.requests.approve' : 'answers.requests.approve-named')}`);
    line(`      ${approve}`);
  }
  line(`    ${say(as === 'not-ours' ? 'answers.requests.not-ours' : 'answers.requests.decline')}`);
  line(`      ${closeCommand(waiting, out)}`);
}
