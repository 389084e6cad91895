import type { HistoryRecord } from '../../model/track/history.ts';
import type { Output } from '../output.ts';
import { safeText } from '../safe-text.ts';
import { describeAnswer, sheetOf } from './describe-answer.ts';

/** One record of the history as a line: when, who, what, by which document. */
export function describeEvent(output: Output, record: HistoryRecord): string {
  const { say, colors } = output;
  const { at, by, document } = record;
  const paper =
    document === undefined || document === '' ? '' : ` · ${say('track.document', { document: safeText(document) })}`;
  return `${colors.dim(`${at.slice(0, 16).replace('T', ' ')}Z`)}  ${safeText(by, 60)}  ${whatOf(output, record)}${paper}`;
}

function whatOf({ say }: Output, { event }: HistoryRecord): string {
  switch (event.kind) {
    case 'born':
      return say('track.event.born', { check: event.check, target: safeText(event.target) });
    case 'moved':
    case 'renamed':
      return say(`track.event.${event.kind}`, { from: safeText(event.from), to: safeText(event.to) });
    case 'weighed':
      return say('track.event.weighed', {
        from: say(`words.severity.${event.from}`),
        to: say(`words.severity.${event.to}`),
      });
    case 'run':
      return say('track.event.run', { run: safeText(event.run), count: event.sightings });
    case 'said': {
      const on = event.on === undefined ? [] : [say('answers.event.on', { on: event.on })];
      const note = [...on, ...(event.note === undefined ? [] : [safeText(event.note)])].join('; ');
      const word = `${say(`track.state.${event.word}`)}${note === '' ? '' : `: ${note}`}`;
      return `${say('track.event.said', { word })}${sheetOf(say, event.sheet)}`;
    }
    case 'set-aside':
      return say('track.event.set-aside', {
        as: say(`track.state.${event.as}`),
        until: event.until,
        reason: safeText(event.reason),
        approvedBy: safeText(event.approvedBy),
      });
    case 'task': {
      const words = Object.entries(event.words).map(([key, word]) => `${say(`track.clear.${key}`)}: ${safeText(word)}`);
      return say('track.event.task', { words: words.join('; ') });
    }
    case 'asked':
    case 'attached':
      return describeAnswer(say, event);
    case 'state':
      return say('track.event.state', {
        from: say(`track.state.${event.from ?? 'none'}`),
        to: say(`track.state.${event.to}`),
        because: say(`track.because.${event.because}`),
      });
    case 'set-aside-ended':
      return say('track.event.set-aside-ended', { on: event.on, because: say(`track.ended.${event.because}`) });
  }
}
