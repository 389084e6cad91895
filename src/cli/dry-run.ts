import { UserError } from '../model/errors.ts';
import type { PortListName } from '../model/port-list.ts';
import { message } from '../model/text.ts';
import { dryRun, type PlannedTarget } from '../pipeline/dry-run.ts';
import type { PortsEngine } from '../model/manner.ts';
import { exitCodes } from './exit-codes.ts';
import type { Output } from './output.ts';
import { safeJson, safeText } from './safe-text.ts';

/** Prints who would be contacted, on which ports, under which document, and sends nothing. */
export async function printDryRun(
  output: Output,
  options: {
    readonly inventory?: string;
    readonly zone?: string;
    readonly portList: PortListName;
    readonly udp: boolean;
    readonly ports: PortsEngine;
    readonly json?: boolean;
    readonly detectionCheck?: boolean;
  },
): Promise<number> {
  if (options.inventory === undefined) throw new UserError([{ message: message('cli.inventory-needed') }]);
  const plan = await dryRun(options.inventory, options.zone, new Date().toISOString(), {
    ...options,
    engine: options.ports,
    detectionCheck: options.detectionCheck === true,
  });
  if (options.json === true) {
    output.line(safeJson(plan));
    return exitCodes.allMet;
  }
  const { say, colors } = output;
  output.line(colors.bold(say('cli.dry-run.heading', { zone: plan.zone, at: plan.at })));
  for (const [system, targets] of Map.groupBy(plan.targets, (target) => target.system)) {
    output.line(colors.bold(safeText(system)));
    for (const target of targets) output.line(`  ${describe(output, target)}`);
  }
  if (plan.controls.length > 0) output.line(colors.bold(say('controls.dry-run')));
  for (const control of plan.controls) output.line(`  ${safeText(control.system)} ${describe(output, control)}`);
  const count = (decision: PlannedTarget['decision']) =>
    plan.targets.filter((target) => target.decision === decision).length;
  output.line(
    say('cli.dry-run.totals', {
      contacted: count('contact'),
      refused: count('refuse'),
      resolve: count('resolve'),
      excluded: plan.excludedSystems,
    }),
  );
  if (plan.markedRequests !== null) output.line(say('layers.detection.dry-run', { count: plan.markedRequests }));
  return exitCodes.allMet;
}

function describe({ say, colors }: Output, target: PlannedTarget): string {
  const udp = target.udpPorts === '' ? '' : ` · ${say('cli.dry-run.udp', { ports: target.udpPorts })}`;
  const meant = target.offZone ? ` (${say('cli.dry-run.off-zone')})` : '';
  const what = `${safeText(target.target)}${meant} · ${say('cli.dry-run.ports', { ports: shorten(target.ports) })}${udp}`;
  const document =
    target.document === null ? '' : say('cli.dry-run.under', { document: safeText(target.document.number) });
  switch (target.decision) {
    case 'contact':
      return `● ${what} · ${document}`;
    case 'resolve':
      return `◌ ${what} · ${say('cli.dry-run.resolve')}${document === '' ? '' : ` · ${document}`}`;
    case 'refuse': {
      const next = target.nextOpening === null ? '' : ` · ${say('cli.dry-run.next', { at: target.nextOpening })}`;
      return `${colors.red('▲')} ${what} · ${say('cli.dry-run.refused', { reason: safeText(target.reason ?? '') })}${next}`;
    }
  }
}

/** A long list of ports as its first few and how many. */
function shorten(ports: string): string {
  const ranges = ports.split(',');
  return ranges.length <= 8 ? ports : `${ranges.slice(0, 8).join(',')}… (${ranges.length})`;
}
