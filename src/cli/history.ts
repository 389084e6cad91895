import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';
import type { ChainHead } from '../model/track/history.ts';
import type { Life } from '../model/track/life.ts';
import type { HistoryFault } from '../pipeline/verify-history.ts';
import type { Store } from '../store/types.ts';
import { exitCodes } from './exit-codes.ts';
import { jsonOption, outOption } from './options.ts';
import { noteSomePruned } from './pruned-note.ts';
import { safeJson, safeText } from './safe-text.ts';
import { describeEvent } from './track/describe-event.ts';
import { stripOf } from './track/print-track.ts';
import type { Wiring } from './wiring.ts';
import { withStore } from './with-store.ts';

type Options = { out: string; json?: boolean; head?: string };

/** `rasoat history show|verify`: what happened to findings, and whether the record of it is whole. */
export function addHistory({ program, output, run }: Wiring): void {
  const { say } = output;
  const history = program.command('history').description(say('track.history.about'));
  history
    .command('show')
    .description(say('track.history.show.about'))
    .argument('<finding-or-system>', say('track.history.show.what'))
    .addOption(outOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (what: string, options: Options) => {
        const { recordOf } = await import('../track/chain.ts');
        await withStore(options.out, async (store) => {
          const lives = await subjects(store, what);
          const byId = new Map(lives.map((life) => [life.id, life]));
          const strips = await store.track.marks([...byId.keys()]);
          const records = (await store.track.recordsOf([...byId.keys()])).flatMap((raw) => recordOf(raw) ?? []);
          if (options.json === true) {
            for (const record of records) output.line(safeJson(record));
            return;
          }
          const byFinding = Map.groupBy(records, ({ event }) => ('finding' in event ? event.finding : ''));
          for (const { id, state, target, check } of lives) {
            output.line(`${output.colors.bold(id)}  ${say(`track.state.${state}`)}  ${check}  ${safeText(target)}`);
            output.line(`    ${stripOf(strips.get(id) ?? [], 104)}`);
            for (const record of byFinding.get(id) ?? []) output.line(`    ${describeEvent(output, record)}`);
          }
        });
        return exitCodes.allMet;
      }),
    );
  history
    .command('verify')
    .description(say('track.history.verify.about'))
    .addOption(outOption(output))
    .option('--head <number:hash>', say('track.help.head'))
    .addOption(jsonOption(output))
    .action(
      run(async (options: Options) => {
        const noted = headOf(options.head);
        const { verifyHistory } = await import('../pipeline/verify-history.ts');
        return withStore(options.out, async (store) => {
          const { head, findings, faults } = await verifyHistory(store, noted, options.out);
          const runs = [...(await store.runs()), ...(await store.verifications())];
          if (options.json === true) {
            const pruned = runs.flatMap((one) => (one.pruned === undefined ? [] : [{ run: one.id, ...one.pruned }]));
            output.line(safeJson({ whole: faults.length === 0, head, findings, faults, pruned }));
          } else {
            noteSomePruned(output, runs);
            for (const fault of faults) output.line(say(`track.fault.${fault.fault}`, { at: placeOf(fault) }));
            if (faults.length > 0) output.line(say('track.verify.broken', { count: faults.length }));
            else output.line(say('track.verify.whole', { records: head.seq, findings }));
            if (faults.length === 0) output.line(say('track.verify.head', { head: `${head.seq}:${head.hash}` }));
          }
          return faults.length === 0 ? exitCodes.allMet : exitCodes.notMet;
        });
      }),
    );
}

const placeOf = (fault: HistoryFault): string =>
  'seq' in fault ? String(fault.seq) : safeText('run' in fault ? fault.run : fault.finding);

/** Findings by system or id; those of systems that may not be looked at are not listed by host. */
async function subjects(store: Store, what: string): Promise<readonly Life[]> {
  const { secretSystems } = await import('../pipeline/latest-inventory.ts');
  const secret = await secretSystems(store);
  const bySystem = (await store.track.lives()).filter(({ system }) => system === what);
  const byId = /^[0-9a-f]{4,16}$/.test(what) ? await store.track.livesBy(what) : [];
  const found = bySystem.length > 0 ? bySystem : byId;
  if (found.length === 0) throw new UserError([{ message: message('track.unknown-subject', { id: what }) }]);
  const listed = found.filter(({ system }) => !secret.has(system));
  if (listed.length === 0) throw new UserError([{ message: message('verify.not-listed') }]);
  return listed;
}

function headOf(text: string | undefined): ChainHead | undefined {
  if (text === undefined) return undefined;
  const [, seq, hash] = /^(\d{1,12}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq === undefined || hash === undefined)
    throw new UserError([{ message: message('track.bad-head', { head: text }) }]);
  return { seq: Number(seq), hash };
}
