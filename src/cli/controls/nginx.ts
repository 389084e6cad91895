import { Argument, InvalidArgumentError, type Command } from 'commander';
import { parseAddress } from '../../inventory/address.ts';
import { normaliseName } from '../../inventory/name.ts';
import { controlKinds, type ControlKind } from '../../model/inventory/control.ts';
import { exitCodes } from '../exit-codes.ts';
import { positive } from '../options.ts';
import type { Wiring } from '../wiring.ts';

type Options = { address: string; port: number; name?: string; folder: string };

/** `rasoat controls nginx good|bad`: the configuration of a reference server, ready for nginx's `conf.d`. */
export function addControlsNginx(controls: Command, { output, run }: Wiring): void {
  const { say, line } = output;
  controls
    .command('nginx')
    .description(say('controls.nginx.about'))
    .addArgument(new Argument('<kind>', say('controls.nginx.kind')).choices([...controlKinds]))
    .requiredOption('--address <address>', say('controls.nginx.address'), literal)
    .option('--port <port>', say('controls.nginx.port'), portOf, 443)
    .option('--name <name>', say('controls.nginx.name'), hostName)
    .option('--folder <dir>', say('controls.nginx.folder'), plainFolder, '/etc/nginx')
    .action(
      run(async (expects: ControlKind, options: Options) => {
        const { certificateCommand, inventoryLines, nginxConfiguration } =
          await import('../../engine/controls/nginx.ts');
        const server = { ...options, expects };
        const comment = (text: string) => {
          for (const one of text.trimEnd().split('\n')) line(`# ${one}`.trimEnd());
        };
        comment(say(`controls.nginx.head-${expects}`));
        comment(say('controls.nginx.certificate'));
        comment(certificateCommand(server).replace(/^/gm, '  '));
        comment(say('controls.nginx.inventory'));
        comment(inventoryLines(server).join('\n').replace(/^/gm, '  '));
        line(nginxConfiguration(server, say('controls.nginx.page')));
        return Promise.resolve(exitCodes.allMet);
      }),
    );
}

function literal(value: string): string {
  const address = parseAddress(value);
  if (address === undefined) throw new InvalidArgumentError(value);
  return address.text;
}

function portOf(value: string): number {
  const port = positive(value);
  if (port > 65_535) throw new InvalidArgumentError(value);
  return port;
}

function hostName(value: string): string {
  const name = normaliseName(value);
  if (name === undefined) throw new InvalidArgumentError(value);
  return name;
}

/** It is written into a configuration and a command, so no character in it may mean anything to either. */
function plainFolder(value: string): string {
  if (!/^\/[\w./-]*$/.test(value)) throw new InvalidArgumentError(value);
  return value.replace(/\/+$/, '');
}
