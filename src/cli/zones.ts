import type { ComparedEndpoint, ComparedPort } from '../pipeline/compare-zones.ts';
import { exitCodes } from './exit-codes.ts';
import { jsonOption, outOption } from './options.ts';
import type { Output } from './output.ts';
import type { Wiring } from './wiring.ts';
import { safeJson, safeText } from './safe-text.ts';
import { addZoneKeys } from './zones-keys.ts';
import { addZonesServe } from './zones-serve.ts';
import { withRun } from './with-store.ts';

type Options = { out: string; with?: string; json?: boolean };

/** `rasoat zones compare RUN RUN`: what two zones see of each endpoint; `--json` prints one object an endpoint. */
export function addZones(wiring: Wiring): void {
  const { program, output, run } = wiring;
  const { say } = output;
  const zones = program.command('zones').description(say('cli.zones.about')).helpCommand(false);
  addZoneKeys(wiring, zones);
  addZonesServe(wiring, zones);
  zones
    .command('compare')
    .argument('<run>', say('cli.zones.first'))
    .argument('<run>', say('cli.zones.second'))
    .description(say('cli.zones.compare'))
    .addOption(outOption(output))
    .option('--with <dir>', say('cli.zones.with'))
    .addOption(jsonOption(output))
    .action(
      run(async (first: string, second: string, options: Options) => {
        const { compareZones } = await import('../pipeline/compare-zones.ts');
        const compared = await withRun(options.out, first, (store, one) =>
          withRun(options.with ?? options.out, second, (others, other) =>
            compareZones({ store, run: one }, { store: others, run: other }),
          ),
        );
        for (const endpoint of compared) {
          if (options.json === true) output.line(safeJson(endpoint));
          else printEndpoint(output, endpoint);
        }
        if (options.json !== true) printTotals(output, compared);
        return exitCodeFor(compared);
      }),
    );
}

/** 1 where something answers from a zone that it is not meant for; else 3 where nothing could be compared; else 0. */
function exitCodeFor(compared: readonly ComparedEndpoint[]): number {
  if (compared.some(({ unmeant }) => unmeant.length > 0)) return exitCodes.notMet;
  const told = compared.some(
    ({ onlyFirst, onlySecond, both }) => onlyFirst.length + onlySecond.length + both.length > 0,
  );
  return told ? exitCodes.allMet : exitCodes.tooLittleSeen;
}

function printEndpoint(output: Output, compared: ComparedEndpoint): void {
  const { say, colors } = output;
  const { first, second, meant } = compared;
  output.line(colors.bold(`${safeText(compared.system)} · ${safeText(compared.endpoint)}`));
  if (meant !== null) output.line(`  ${say('cli.zones.meant', { zones: meant.join(', ') })}`);
  const line = (sign: string, words: string, ports: readonly ComparedPort[]) => {
    if (ports.length > 0) output.line(`  ${sign} ${words} ${ports.map(portWords).join(', ')}`);
  };
  line('◐', say('cli.zones.only', { zone: first.zone }), compared.onlyFirst);
  line('◐', say('cli.zones.only', { zone: second.zone }), compared.onlySecond);
  line('●', say('cli.zones.both'), compared.both);
  line('◌', say('cli.zones.untold'), compared.untold);
  for (const [zone, ports] of Map.groupBy(compared.unmeant, (one) => one.zone)) {
    const listed = ports.map(({ port, protocol }) => `${protocol}/${port}`).join(', ');
    output.line(`  ${colors.red('▲')} ${say('cli.zones.unmeant', { zone })} ${listed}`);
  }
  const { onlyFirst, onlySecond, both, untold } = compared;
  if ([onlyFirst, onlySecond, both, untold].every((ports) => ports.length === 0))
    output.line(`  ${say('cli.zones.none')}`);
}

function portWords({ port, protocol, service }: ComparedPort): string {
  return `${protocol}/${port}${service === null ? '' : ` (${safeText(service, 40)})`}`;
}

function printTotals(output: Output, compared: readonly ComparedEndpoint[]): void {
  const count = (of: (endpoint: ComparedEndpoint) => readonly unknown[]) =>
    compared.reduce((sum, endpoint) => sum + of(endpoint).length, 0);
  output.line(
    output.say('cli.zones.totals', {
      endpoints: compared.length,
      different: count(({ onlyFirst }) => onlyFirst) + count(({ onlySecond }) => onlySecond),
      both: count(({ both }) => both),
      untold: count(({ untold }) => untold),
      unmeant: count(({ unmeant }) => unmeant),
    }),
  );
}
