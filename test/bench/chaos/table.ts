import { printTable } from '../tls/figures.ts';
import type { Fault } from './faults.ts';
import type { Trial } from './trial.ts';

/** A trial, or why it did not come to its end. */
export type Tried = Trial | { readonly failed: string };

const headings = [
  'fault',
  'engine',
  'times tried',
  'lost',
  'doubled',
  'else wrong',
  'slow hosts read otherwise',
  'to recover, median s',
  'at most s',
];

export const isSpoilt = (tried: Tried): boolean =>
  'failed' in tried || tried.lost.length + tried.doubled.length + tried.wrong.length > 0;

/** The chaos table, of whatever was tried so far. */
export function printTried(tried: ReadonlyMap<Fault, readonly Tried[]>): void {
  console.log();
  printTable([headings, ...[...tried].map(([fault, trials]) => rowOf(fault, trials))]);
}

function rowOf({ name, engine }: Fault, tried: readonly Tried[]): string[] {
  const trials = tried.filter((one): one is Trial => !('failed' in one));
  const failed = tried.length - trials.length;
  const sum = (of: (trial: Trial) => readonly string[]) => trials.reduce((all, trial) => all + of(trial).length, 0);
  const recover = trials.flatMap(({ recoverMs }) => recoverMs).sort((a, b) => a - b);
  const seconds = (ms: number | undefined) => (ms === undefined ? '–' : (ms / 1000).toFixed(1));
  return [
    name,
    engine,
    String(tried.length),
    String(sum(({ lost }) => lost)),
    String(sum(({ doubled }) => doubled)),
    String(sum(({ wrong }) => wrong) + failed),
    String(sum(({ slow }) => slow)),
    seconds(recover[Math.floor((recover.length - 1) / 2)]),
    failed === 0 ? seconds(recover.at(-1)) : 'not in time',
  ];
}

/** What of a trial a reader wants to see, ten lines of each kind. */
export function printTrial({ engine, name }: Pick<Fault, 'engine' | 'name'>, tried: Tried): void {
  const what = `${engine}: ${name}`;
  if ('failed' in tried) {
    console.error(`${what}: NOT RECOVERED ${tried.failed}`);
    return;
  }
  const { lost, doubled, wrong, recoverMs } = tried;
  for (const one of lost.slice(0, 10)) console.error(`${what}: LOST ${one}`);
  for (const one of doubled.slice(0, 10)) console.error(`${what}: DOUBLED ${one}`);
  for (const one of wrong.slice(0, 10)) console.error(`${what}: WRONG ${one}`);
  const seconds = recoverMs.length === 0 ? '–' : (Math.max(...recoverMs) / 1000).toFixed(1);
  console.log(`${what}: ${lost.length} lost, ${doubled.length} doubled, ${wrong.length} else wrong, ${seconds} s`);
}
