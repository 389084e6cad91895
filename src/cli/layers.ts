import type { Check } from '../model/check.ts';
import { UserError } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import type { LayerStatus, LayerVerdict } from '../model/layer-status.ts';
import { message } from '../model/text.ts';
import { exitCodes } from './exit-codes.ts';
import { printLayers, type LayersShown } from './layers/print.ts';
import { frameworksOption, jsonOption, outOption, runOption } from './options.ts';
import type { Output } from './output.ts';
import { safeJson } from './safe-text.ts';
import type { Wiring } from './wiring.ts';
import { withRun } from './with-store.ts';

type Options = { out: string; run?: string; inventory?: string; frameworks?: string[]; json?: boolean };

/** `rasoat layers [SYSTEM]`: the four layers in six words; `--json` prints one object a layer. */
export function addLayers({ program, output, run }: Wiring): void {
  const { say } = output;
  program
    .command('layers')
    .argument('[system]', say('layers.cli.system'))
    .description(say('layers.cli.about'))
    .addOption(outOption(output))
    .addOption(runOption(output))
    .option('--inventory <file>', say('layers.cli.inventory'))
    .addOption(frameworksOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (system: string | undefined, options: Options) => {
        const shown =
          options.inventory === undefined
            ? await ofRun(output, options, system)
            : await ofClaims(options.inventory, options);
        if (shown.layers.length === 0 && shown.systems.size > 0) {
          throw new UserError([{ message: message('layers.no-rules') }]);
        }
        const layers = system === undefined ? shown.layers : shown.layers.filter((one) => one.system === system);
        if (system !== undefined && layers.length === 0) {
          throw new UserError([{ message: message('layers.unknown-system', { id: system }) }]);
        }
        if (options.json === true) for (const one of layers) output.line(safeJson({ run: shown.run, ...one }));
        else printLayers(output, { ...shown, layers });
        return exitCodeOf(layers);
      }),
    );
}

async function ofRun(output: Output, options: Options, system?: string): Promise<LayersShown> {
  const { layersOfRun } = await import('../pipeline/layers.ts');
  return withRun(
    options.out,
    options.run,
    async (store, run) => {
      const { layers, inventory, checks } = await layersOfRun(store, run, system);
      return shownOf(run.id, layers, inventory, checks);
    },
    { output },
  );
}

async function ofClaims(file: string, options: Options): Promise<LayersShown> {
  const { readInventory } = await import('../inventory/read.ts');
  const { readLawbook } = await import('../pipeline/lawbook.ts');
  const { claimedLayers } = await import('../pipeline/layers.ts');
  const { inventory } = await readInventory(file);
  const lawbook = await readLawbook(options);
  return shownOf(null, claimedLayers(inventory, lawbook, new Date().toISOString()), inventory, lawbook.checks);
}

function shownOf(
  run: string | null,
  layers: readonly LayerStatus[],
  inventory: Inventory,
  checks: readonly Check[],
): LayersShown {
  return {
    run,
    layers,
    systems: new Map(inventory.systems.flatMap((one) => (one.excluded === undefined ? [[one.id, one]] : []))),
    checks: new Map(checks.map((check) => [check.id, check])),
  };
}

const broken: ReadonlySet<LayerVerdict> = new Set<LayerVerdict>(['thieu', 'mau-thuan', 'het-han']);

/** 1 when a layer is missing, contradicted or lapsed; else 3 when one is claimed and not verified; else 0. */
function exitCodeOf(layers: readonly LayerStatus[]): number {
  if (layers.some(({ verdict }) => broken.has(verdict))) return exitCodes.notMet;
  return layers.some(({ verdict }) => verdict === 'khai-bao-chua-kiem-chung')
    ? exitCodes.tooLittleSeen
    : exitCodes.allMet;
}
