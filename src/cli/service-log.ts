import type { LogFields, LogLevel } from '../engine/watch/log.ts';
import type { Output } from './output.ts';
import type { Wiring } from './wiring.ts';

/** Says a sentence of the catalogue as one line of a service's log. */
export type ServiceLog = (key: string, params?: Parameters<Output['say']>[1], level?: Level) => void;
type Level = Exclude<LogLevel, 'silent'>;

/**
 * The log of a process that runs for long, on standard error. One line an event: JSON with the sentence as `msg`, its key as `event`
 * and what it speaks of as fields; at a terminal its instant and the sentence. Level by `RASOAT_LOG`; throws UserError where that is none.
 */
export async function serviceLog(
  { output, env }: Pick<Wiring, 'output' | 'env'>,
  name: 'scheduler' | 'worker' | 'gateway' | 'agent',
): Promise<ServiceLog> {
  const { createLog } = await import('../engine/watch/log.ts');
  const { note, isTerminal, say } = output;
  const write = (line: string) => {
    note(line.trimEnd());
  };
  const log = createLog({ name, env, destination: { write } });
  return (key, params = {}, level = 'info') => {
    if (isTerminal) note(`${new Date().toISOString()} ${say(key, params)}`);
    else log[level]({ event: key, ...(params as LogFields) }, say(key, params));
  };
}
