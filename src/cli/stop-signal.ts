import { exitCodes } from './exit-codes.ts';
import type { Output } from './output.ts';

/** Turns the first Ctrl-C into a clean stop and the second into an immediate end. */
export function stopSignal(
  output: Output,
  saying = 'cli.scan.stopping',
): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    output.note(output.say(saying));
    controller.abort(new Error('stopped by the user'));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    release: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
