import type { FromSheet } from '../../model/track/answer.ts';
import type { HistoryEvent } from '../../model/track/history.ts';
import type { Output } from '../output.ts';
import { safeText } from '../safe-text.ts';

/** What an owner asked for or showed, in words. */
export function describeAnswer(
  say: Output['say'],
  event: Extract<HistoryEvent, { kind: 'asked' | 'attached' }>,
): string {
  const from = sheetOf(say, event.sheet);
  if (event.kind === 'asked') {
    const until = event.until === undefined ? '' : say('answers.event.until', { until: event.until });
    return `${say('answers.event.asked', { as: say(`answers.asked.${event.as}`), until, reason: safeText(event.reason) })}${from}`;
  }
  const { size, sha256 } = event;
  const name = safeText(event.name);
  if (size === undefined || sha256 === undefined) return `${say('answers.event.attached', { name })}${from}`;
  return `${say('answers.event.attached-file', { name, size, sha256: safeText(sha256) })}${from}`;
}

/** The sheet that something was said in, and who handed it in. */
export function sheetOf(say: Output['say'], sheet: FromSheet | undefined): string {
  if (sheet === undefined) return '';
  const id = safeText(sheet.sheet);
  const { handedInBy: by } = sheet;
  const words =
    by === undefined
      ? say('answers.event.sheet', { sheet: id })
      : say('answers.event.handed-in', { sheet: id, by: safeText(by, 60) });
  return ` (${words})`;
}
