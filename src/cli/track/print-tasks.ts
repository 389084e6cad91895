import { sixClear } from '../../model/inventory/six-clear.ts';
import type { Task } from '../../model/track/task.ts';
import type { Output } from '../output.ts';
import { safeText } from '../safe-text.ts';
import { sourceOf } from './print-track.ts';

/** Tasks for people, the first due first; a blank answer is shown as the defect it is. */
export function printTasks(output: Output, tasks: readonly Task[]): void {
  const { say, colors, lang } = output;
  if (tasks.length === 0) output.line(say('track.none'));
  for (const { system, change, findings, severity, clear, due, daysOpen, daysLate } of tasks) {
    const facts = [
      say(`words.severity.${severity}`),
      say('track.tasks.findings', { count: findings.length }),
      say('track.tasks.open', { days: daysOpen }),
      ...(due === undefined || daysLate === 0
        ? []
        : [colors.red(say('track.list.late', { days: daysLate, on: due.on }))]),
    ];
    output.line(`${colors.bold(safeText(system))}  ${change}  ${facts.join(' · ')}`);
    for (const key of sixClear) {
      const value = clear[key];
      const words =
        value === null
          ? colors.red(say('track.clear.blank'))
          : safeText(typeof value === 'string' ? value : value[lang], 200);
      const because =
        key === 'time' && due !== undefined ? `, ${say('track.because-of', { source: sourceOf(output, due) })}` : '';
      output.line(`    ${say(`track.clear.${key}`)}: ${words}${because}`);
    }
  }
}
