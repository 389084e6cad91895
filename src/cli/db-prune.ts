import type { Command } from 'commander';
import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';
import type { PrunePlan, PruneResult } from '../pipeline/prune.ts';
import { formatBytes, formatDay } from '../report/format.ts';
import { exitCodes } from './exit-codes.ts';
import { jsonOption, outOption } from './options.ts';
import type { Output } from './output.ts';
import { safeJson, safeText } from './safe-text.ts';
import type { Wiring } from './wiring.ts';
import { withStore } from './with-store.ts';

type Options = { out: string; keepMonths?: string; apply?: boolean; json?: boolean };

/** `rasoat db prune`: raw observations that a rule of retention lets go; a dry run unless told otherwise. */
export function addPrune(db: Command, { output, run }: Wiring): void {
  const { say } = output;
  db.command('prune')
    .description(say('retention.about'))
    .addOption(outOption(output))
    .option('--keep-months <n>', say('retention.help.keep'))
    .option('--apply', say('retention.help.apply'))
    .addOption(jsonOption(output))
    .action(
      run(async (options: Options) => {
        const { applyPrune, planPrune } = await import('../pipeline/prune.ts');
        const { trackRuns } = await import('../pipeline/track-run.ts');
        const asked = monthsAsked(options.keepMonths);
        const about = {
          out: options.out,
          now: new Date().toISOString(),
          ...(asked === undefined ? {} : { months: asked }),
        };
        await withStore(options.out, async (store) => {
          if (options.apply === true) await trackRuns(store);
          const plan = await planPrune(store, about);
          if (options.json !== true) printPlan(output, plan);
          const result =
            options.apply === true
              ? await applyPrune(store, plan, about, {
                  removed: (id) => {
                    output.status(say('retention.progress', { run: id }));
                  },
                })
              : undefined;
          if (options.json === true) printJson(output, plan, result);
          else printEnd(output, plan, result);
        });
        return exitCodes.allMet;
      }),
    );
}

function monthsAsked(asked: string | undefined): number | undefined {
  if (asked === undefined) return undefined;
  if (!/^\d{1,3}$/.test(asked)) throw new UserError([{ message: message('retention.bad-months', { asked }) }]);
  return Number(asked);
}

function printPlan(
  { say, line, lang, colors }: Output,
  { months, before, rules, going, held, begun }: PrunePlan,
): void {
  line(say('retention.rule', { months, before: formatDay(before), source: rules.source[lang] }));
  for (const { run, rows, bytes, keptRows, keptTargets } of going) {
    const params = { run: safeText(run.id), zone: safeText(run.zone), rows, bytes: formatBytes(lang, bytes) };
    line(`  ${say('retention.going', { ...params, kept: keptRows, targets: keptTargets.length })}`);
  }
  for (const { run, because } of held) {
    const params = { run: safeText(run.id), zone: safeText(run.zone), because: say(`retention.because.${because}`) };
    line(colors.dim(`  ${say('retention.held', params)}`));
  }
  if (begun.length > 0) line(say('retention.begun', { runs: begun.length }));
}

function printEnd({ say, line, lang }: Output, { going }: PrunePlan, result: PruneResult | undefined): void {
  if (going.length === 0) {
    line(say('retention.none'));
    return;
  }
  const sum = (of: (one: PrunePlan['going'][number]) => number) => going.reduce((total, one) => total + of(one), 0);
  if (result === undefined) {
    const bytes = formatBytes(
      lang,
      sum((one) => one.bytes),
    );
    line(say('retention.would', { rows: sum((one) => one.rows), bytes, runs: going.length }));
    return;
  }
  const { rows, runs, bytesBefore, bytesAfter, vacuumed } = result;
  line(
    say('retention.done', { rows, runs, before: formatBytes(lang, bytesBefore), after: formatBytes(lang, bytesAfter) }),
  );
  if (!vacuumed) line(say('retention.not-vacuumed'));
}

function printJson({ line }: Output, plan: PrunePlan, result: PruneResult | undefined): void {
  const { months, before, rules, going, held, begun } = plan;
  line(
    safeJson({
      months,
      before,
      source: rules.source,
      going: going.map(({ run, rows, bytes, keptRows, keptTargets, keptKinds }) => ({
        run: run.id,
        zone: run.zone,
        kind: run.kind ?? 'scan',
        endedAt: run.endedAt ?? null,
        rows,
        bytes,
        keptRows,
        keptTargets: keptTargets.length,
        keptKinds,
      })),
      held: held.map(({ run, because }) => ({ run: run.id, zone: run.zone, because })),
      begun,
      applied: result ?? null,
    }),
  );
}
