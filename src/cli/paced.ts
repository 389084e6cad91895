import type { Output } from './output.ts';

/** On a terminal the line is redrawn at most this often; elsewhere a plain line is printed at most every ten seconds. */
const redrawMs = 100;
const plainMs = 10_000;

/** How far something long has come, on a line that is told no more often than anybody reads it. */
export function paced(output: Output): { readonly show: (line: () => string) => void; readonly end: () => void } {
  let drawnAt = 0;
  let ended = false;
  return {
    show: (line) => {
      const every = output.isTerminal ? redrawMs : plainMs;
      if (ended || performance.now() - drawnAt < every) return;
      drawnAt = performance.now();
      if (output.isTerminal) output.status(line());
      else output.note(line());
    },
    end: () => {
      if (!ended) output.status('');
      ended = true;
    },
  };
}
