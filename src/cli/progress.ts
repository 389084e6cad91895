import type { ControlReading } from '../model/control.ts';
import type { ScanEvents } from '../pipeline/scan-types.ts';
import type { Finding } from '../model/finding.ts';
import type { Output } from './output.ts';
import { paced } from './paced.ts';
import { safeText } from './safe-text.ts';
import { unresolvedWords } from './unresolved.ts';

/** Shows how far a scan has come: targets done, in flight, failures so far, time left. */
export function createProgress(output: Output): { readonly events: ScanEvents; readonly end: () => void } {
  const { show, end } = paced(output);
  return {
    events: {
      started: (run, targets, resumedAfter) => {
        const key = resumedAfter > 0 ? 'cli.scan.resumed' : 'cli.scan.started';
        output.note(output.say(key, { run, targets, done: resumedAfter }));
      },
      unresolved: (zone, names) => {
        output.note(output.say('fleet.scan.unresolved', unresolvedWords(zone, names)));
      },
      followed: ({ done, total, underWay, workers }) => {
        show(() => output.say('fleet.scan.progress', { done, total, underWay, workers }));
      },
      target: (_target, findings) => {
        alertMarks(output, findings);
      },
      controls: (readings) => {
        noteControls(output, readings);
      },
      progress: ({ done, total, inFlight, elapsedMs }, { fails }) => {
        show(() => {
          const left =
            done === 0
              ? ''
              : output.say('cli.scan.left', { seconds: Math.ceil(((elapsedMs / done) * (total - done)) / 1000) });
          return `${output.say('cli.scan.progress', { done, total, inFlight, fails })} ${left}`.trimEnd();
        });
      },
    },
    end,
  };
}

/** Tells at once of a control that was not read right: who waits for the scan may stop it and look why. */
function noteControls(output: Output, readings: readonly ControlReading[]): void {
  const wrong = readings.filter(({ result }) => result !== 'right');
  for (const all of Map.groupBy(wrong, ({ control }) => control).values()) {
    const one = all.find(({ result }) => result === 'misread') ?? all[0];
    if (one === undefined) continue;
    const params = { control: one.control, check: one.check };
    output.note(output.colors.red(output.say(`controls.progress.${one.result}`, params)));
  }
}

/** Tells at once of endpoints that showed a document with a state-secrecy mark: somebody must act before the scan ends. */
export function alertMarks(output: Output, findings: readonly Finding[]): void {
  for (const { check, outcome, target, at } of findings) {
    if (check !== 'secrecy-mark' || outcome !== 'fail') continue;
    output.note(
      output.colors.bold(output.colors.red(output.say('cli.scan.secrecy-mark', { target: safeText(target), at }))),
    );
  }
}
