import type { RunEvent } from '../model/run-event.ts';
import type { Run } from '../model/run.ts';
import { formatInstant } from '../report/format.ts';
import type { Store } from '../store/types.ts';
import type { Output } from './output.ts';
import { safeJson, safeText } from './safe-text.ts';

/** `rasoat runs show RUN`: one run, and what it lived through. */
export async function showRun(output: Output, store: Store, run: Run, json: boolean): Promise<void> {
  const { line, say } = output;
  const [done, waiting] = [await store.targets(run.id, 'done'), await store.targets(run.id, 'waiting')];
  const events = await store.runEvents(run.id);
  if (json) {
    const { kind = 'scan' } = run;
    line(safeJson({ ...run, kind, targets: { done: done.length, waiting: waiting.length }, events }));
    return;
  }
  line(`${run.id}  ${say(`cli.runs.${run.state}`)}  ${run.zone}`);
  const from = formatInstant(run.startedAt);
  line(
    run.endedAt === undefined
      ? say('run-shown.from', { from })
      : say('run-shown.from-until', { from, until: formatInstant(run.endedAt) }),
  );
  line(say('run-shown.targets', { done: done.length, waiting: waiting.length }));
  for (const event of events) line(`  ${formatInstant(event.at)}  ${sentenceOf(output, event)}`);
  if (events.length === 0) line(say('run-shown.quiet'));
}

/** A run event in words; what others wrote in it is made safe. */
function sentenceOf({ say }: Output, { kind, detail }: RunEvent): string {
  const safe = Object.entries(detail).map(([name, value]) => [
    name,
    typeof value === 'string' ? safeText(value) : value,
  ]);
  return say(`run-event.${kind}`, Object.fromEntries(safe) as RunEvent['detail']);
}
