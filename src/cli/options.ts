import { InvalidArgumentError, Option } from 'commander';
import { regimes, type Regime } from '../model/inventory/level-words.ts';
import type { Output } from './output.ts';

/** Default output folder, beside where the command is run. */
export const defaultOut = 'rasoat-out';

export const outOption = ({ say }: Output) => new Option('--out <dir>', say('cli.help.out')).default(defaultOut);
export const runOption = ({ say }: Output) => new Option('--run <id>', say('cli.help.run'));
export const jsonOption = ({ say }: Output) => new Option('--json', say('cli.help.json'));
export const checksOption = ({ say }: Output) => new Option('--checks <dir...>', say('cli.help.checks'));
export const webRootOption = ({ say }: Output) => new Option('--allow-web-root', say('shell.cli.web-root'));
export const feedsOption = ({ say }: Output) => new Option('--feeds <dir>', say('cli.help.feeds'));
export const frameworksOption = ({ say }: Output) => new Option('--frameworks <dir...>', say('cli.help.frameworks'));

/** `nd-331` and `nd-85` for short. */
const shortRegimes = { 'nd-331': 'nd-331-2026', 'nd-85': 'nd-85-2016' } as const satisfies Record<string, Regime>;
export type RegimeWord = Regime | keyof typeof shortRegimes;
export const regimeOption = ({ say }: Output) =>
  new Option('--regime <regime>', say('level.cli.regime')).choices([...Object.keys(shortRegimes), ...regimes]);
export const regimeOfWord = (word: RegimeWord): Regime =>
  word === 'nd-331' || word === 'nd-85' ? shortRegimes[word] : word;

/** Parses a whole number of at least 1. */
export function positive(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError(value);
  return number;
}

/** Refuses to write evidence where a web server of this machine would serve it. */
export async function refuseServed(path: string, allowed: boolean | undefined): Promise<void> {
  const { refuseWebRoot } = await import('../report/web-root.ts');
  if (allowed !== true) await refuseWebRoot(path);
}
