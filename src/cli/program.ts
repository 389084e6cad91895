import { Command, CommanderError, Option } from 'commander';
import { UserError } from '../model/errors.ts';
import { languages, type Lang } from '../model/text.ts';
import { toolVersion } from '../pipeline/version.ts';
import { loadCatalogue, type Catalogue } from '../text/catalogue.ts';
import { commandsFor } from './commands.ts';
import { exitCodes } from './exit-codes.ts';
import { createOutput, type Output } from './output.ts';
import { printProblems } from './problems.ts';
import { safeText } from './safe-text.ts';
import type { Wiring } from './wiring.ts';

type Stream = { readonly write: (text: string) => unknown; readonly isTTY?: boolean; readonly columns?: number };
export type Surroundings = {
  readonly out: Stream;
  readonly err: Stream;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** Runs one command line and returns its exit code. Never throws. */
export async function runProgram(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const catalogue = loadCatalogue();
  const output = outputFor(catalogue, args, surroundings);
  let exitCode: number = exitCodes.allMet;
  // Commander's own complaints are said again in the user's language; only help asked for by silence is kept.
  let complaint = '';
  const program = createProgram(output, surroundings, (text) => (complaint = text));
  const wiring: Wiring = {
    program,
    output,
    env: surroundings.env,
    run:
      (action) =>
      async (...actionArgs) => {
        exitCode = await action(...actionArgs);
      },
  };
  for (const add of await commandsFor(args)) add(wiring);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.code === 'commander.help') {
      surroundings.err.write(complaint);
      return exitCodes.badInput;
    }
    return explain(error, output);
  }
}

function outputFor(catalogue: Catalogue, args: readonly string[], { out, err, env }: Surroundings): Output {
  return createOutput(catalogue, languageOf(args, env), out, err, env);
}

/** `--lang`, else RASOAT_LANG, else Vietnamese. Read before parsing, because help itself is in that language. */
function languageOf(args: readonly string[], env: Surroundings['env']): Lang {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const flag = at < 0 ? undefined : args[at]?.includes('=') === true ? args[at].split('=')[1] : args[at + 1];
  return languages.find((lang) => lang === flag) ?? languages.find((lang) => lang === env['RASOAT_LANG']) ?? 'vi';
}

function createProgram(output: Output, { out }: Surroundings, onError: (text: string) => void): Command {
  const say = output.say;
  const program = new Command('rasoat')
    .description(say('cli.about'))
    .version(toolVersion(), '-V, --version', say('cli.help.version'))
    .helpOption('-h, --help', say('cli.help.help'))
    .helpCommand(false)
    .addOption(new Option('--lang <lang>', say('cli.help.lang')).choices([...languages]))
    .exitOverride()
    .configureOutput({ writeOut: (text) => out.write(text), writeErr: onError })
    .configureHelp({
      styleTitle: (title) => {
        const key = `cli.help.title-${title.replace(':', '').toLowerCase().replace(/ /g, '-')}`;
        return output.colors.bold(say(key));
      },
    })
    .showHelpAfterError(false)
    .showSuggestionAfterError(false);
  return program;
}

function explain(error: unknown, output: Output): number {
  if (error instanceof UserError) {
    printProblems(output, error.problems, 'error');
    return exitCodes.badInput;
  }
  if (error instanceof CommanderError) return explainUsage(error, output);
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  output.note(output.say('cli.bug', { trace: safeText(trace, 4000) }));
  return exitCodes.bug;
}

function explainUsage(error: CommanderError, output: Output): number {
  if (error.exitCode === 0) return error.exitCode;
  const detail = safeText(error.message.replace(/^error: /, ''));
  const quoted = /'([^']*)'/.exec(detail)?.[1] ?? detail;
  const key = usageKeys[error.code];
  output.note(key === undefined ? detail : output.say(key, { what: quoted }));
  output.note(output.say('cli.usage.see-help'));
  return exitCodes.badInput;
}

const usageKeys: Readonly<Record<string, string>> = {
  'commander.unknownOption': 'cli.usage.unknown-option',
  'commander.unknownCommand': 'cli.usage.unknown-command',
  'commander.missingArgument': 'cli.usage.missing-argument',
  'commander.optionMissingArgument': 'cli.usage.option-missing-argument',
  'commander.missingMandatoryOptionValue': 'cli.usage.missing-option',
  'commander.excessArguments': 'cli.usage.excess-arguments',
  'commander.invalidArgument': 'cli.usage.invalid-argument',
};
