import { Command } from 'commander';
import { expect, it } from 'vitest';
import { commands, commandsFor } from '../../src/cli/commands.ts';
import { createOutput } from '../../src/cli/output.ts';
import type { Wiring } from '../../src/cli/wiring.ts';
import { loadCatalogue } from '../../src/text/catalogue.ts';

const stream = { write: () => undefined };

/** Names of the commands that some files wire. */
function wired(adds: readonly ((wiring: Wiring) => void)[]): readonly string[] {
  const program = new Command();
  const output = createOutput(loadCatalogue(), 'en', stream, stream, {});
  for (const add of adds)
    add({
      program,
      output,
      env: {},
      run:
        (action) =>
        async (...args) => {
          await action(...args);
        },
    });
  return program.commands.map((command) => command.name());
}

it('names each command where it is wired, and no other', async () => {
  for (const [names, load] of commands) expect(wired([await load()])).toEqual(names);
});

it.each([
  [['findings', '--json'], ['findings']],
  [['--lang', 'vi', 'trend', 'scan'], ['trend']],
  [
    ['--lang=en', 'stop', '--reason', 'x'],
    ['pause', 'resume', 'stop'],
  ],
])('reads the files of one command for %j', async (args, names) => {
  expect(wired(await commandsFor(args))).toEqual(names);
});

it.each([[[]], [['--help']], [['no-such']], [['--lang', 'scan']]])('reads all for %j', async (args) => {
  expect(await commandsFor(args)).toHaveLength(commands.length);
});
