import { severities } from '../../model/check.ts';
import type { ScanOutcome } from '../../pipeline/scan.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { alertMarks } from '../progress.ts';
import { safeJson, safeText } from '../safe-text.ts';
import { withStore } from '../with-store.ts';

/** What a partial run found: 1 where anything failed, else 3 where something was not seen, else 0. */
export async function concludePartial(
  output: Output,
  { out, json }: { readonly out: string; readonly json?: boolean },
  { run, bugs }: ScanOutcome,
): Promise<number> {
  const { say, line, colors } = output;
  return withStore(out, async (store) => {
    const findings = await store.findings((await store.judgement(run.id)).id);
    const looks = await store.runLooks(run.id);
    const costs = await store.costs(run.id);
    const fails = findings.filter(({ outcome }) => outcome === 'fail');
    const passes = findings.filter(({ outcome }) => outcome === 'pass').length;
    const notObserved = findings.filter(({ outcome }) => outcome === 'not-observed').length;
    const counts = Object.fromEntries(
      severities.map((one) => [one, fails.filter(({ severity }) => severity === one).length]),
    );
    const targets = looks.reduce((sum, { needed }) => sum + needed, 0);
    const connections = costs.reduce((sum, cost) => sum + cost.connections, 0);
    if (json === true) {
      const { id, kind, zone, startedAt, endedAt = null } = run;
      const systems = looks.map(({ system }) => system);
      const found = { ...counts, pass: passes, notObserved };
      line(safeJson({ run: id, kind, zone, startedAt, endedAt, systems, targets, findings: found, connections }));
    } else {
      line(colors.bold(say('scheduler.partial', { systems: looks.length, targets, fails: fails.length })));
      for (const { system, seen, needed } of looks) {
        const own = fails.filter((finding) => finding.system === system).length;
        line(`  ${safeText(system)}  ${say('scheduler.partial-system', { seen, needed, fails: own })}`);
      }
      line(say('scheduler.partial-cost', { connections, run: run.id }));
    }
    alertMarks(output, findings);
    if (bugs > 0) {
      output.note(say('cli.scan.bugs', { count: bugs }));
      return exitCodes.bug;
    }
    if (fails.length > 0) return exitCodes.notMet;
    return notObserved > 0 ? exitCodes.tooLittleSeen : exitCodes.allMet;
  });
}
