import { UserError } from '../model/errors.ts';
import type { FleetSwitch, SwitchPosition } from '../model/switch.ts';
import { message } from '../model/text.ts';
import { exitCodes } from './exit-codes.ts';
import { jsonOption, outOption } from './options.ts';
import { safeJson, safeText } from './safe-text.ts';
import type { Wiring } from './wiring.ts';
import { withStore } from './with-store.ts';

type Options = { out: string; reason: string; by: string; json?: boolean };

const commands = { pause: 'paused', resume: 'on', stop: 'stopped' } as const satisfies Record<string, SwitchPosition>;

/** `rasoat pause|resume|stop`: the switch of everything that scans into a store, with who set it and why. */
export function addSwitch({ program, output, run }: Wiring): void {
  const { say } = output;
  for (const [name, position] of Object.entries(commands)) {
    program
      .command(name)
      .description(say(`scheduler.${name}.about`))
      .addOption(outOption(output))
      .requiredOption('--reason <text>', say('scheduler.help.reason'))
      .requiredOption('--by <name>', say('scheduler.help.by'))
      .addOption(jsonOption(output))
      .action(
        run(async (options: Options) => {
          const set: FleetSwitch = {
            position,
            at: new Date().toISOString(),
            by: worded('--by', options.by),
            reason: worded('--reason', options.reason),
          };
          await withStore(options.out, (store) => store.setFleetSwitch(set));
          if (options.json === true) output.line(safeJson(set));
          else output.line(say(`scheduler.set-${position}`, { by: safeText(set.by), reason: safeText(set.reason) }));
          return exitCodes.allMet;
        }),
      );
  }
}

/** What is written down for others to read must say something. */
function worded(option: string, text: string): string {
  const words = text.trim();
  if (words === '' || words.length > 500) throw new UserError([{ message: message('scheduler.no-words', { option }) }]);
  return words;
}
