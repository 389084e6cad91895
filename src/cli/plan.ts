import { feedsFolder } from '../feeds/folder.ts';
import type { PortListName } from '../model/port-list.ts';
import type { PortsEngine } from '../model/manner.ts';
import { exitCodes } from './exit-codes.ts';
import { jsonOption, outOption, positive, refuseServed, webRootOption } from './options.ts';
import { addAsked } from './scan-options.ts';
import { safeJson, safeText } from './safe-text.ts';
import type { Wiring } from './wiring.ts';

type Options = {
  inventory: string;
  zone?: string;
  out: string;
  to: string;
  key: string;
  validDays: number;
  ports: PortsEngine;
  portList: PortListName;
  udp: boolean;
  trust?: string;
  resolver?: string;
  dnsAnchors?: string;
  dnsPort: number;
  detectionCheck?: boolean;
  feeds?: string;
  allowWebRoot?: boolean;
  json?: boolean;
};

/** `rasoat plan export|keygen`: work for a zone that no wire reaches. */
export function addPlan({ program, output, env, run }: Wiring): void {
  const { say } = output;
  const plan = program.command('plan').description(say('carried.plan.about')).helpCommand(false);
  const exporting = plan
    .command('export')
    .description(say('carried.plan.export'))
    .requiredOption('--inventory <file>', say('cli.help.inventory'))
    .option('--zone <id>', say('carried.help.zone'))
    .addOption(outOption(output))
    .requiredOption('--to <file>', say('carried.help.plan-to'))
    .requiredOption('--key <file>', say('carried.help.centre-key'))
    .option('--valid-days <n>', say('carried.help.valid-days'), positive, 30);
  addAsked(exporting, output)
    .addOption(webRootOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (options: Options) => {
        const { exportPlan } = await import('../pipeline/carried/export-plan.ts');
        const { readKey } = await import('../keys/ed25519.ts');
        await refuseServed(options.to, options.allowWebRoot);
        const { ports, key, feeds, detectionCheck = false, json, ...rest } = options;
        const exported = await exportPlan({
          ...rest,
          engine: ports,
          key: readKey(key, 'private'),
          feeds: feedsFolder(feeds, env),
          detectionCheck,
        });
        if (json === true) {
          output.line(safeJson({ to: options.to, ...exported }));
          return exitCodes.allMet;
        }
        const { zone, systems, endpoints, authorisations, leftOut, validUntil, signer, hash, run: id } = exported;
        output.line(say('carried.plan.done', { to: safeText(options.to), run: id, zone: safeText(zone) }));
        output.line(say('carried.plan.holds', { systems, endpoints, authorisations }));
        if (leftOut > 0) output.line(say('carried.plan.left-out', { count: leftOut }));
        output.line(say('carried.plan.until', { until: validUntil }));
        output.line(say('carried.signed', { signer: signer.slice(0, 16), hash: hash.slice(0, 16) }));
        return exitCodes.allMet;
      }),
    );
  plan
    .command('keygen')
    .argument('<name>', say('carried.help.key-path'))
    .description(say('carried.plan.keygen'))
    .action(
      run(async (name: string) => {
        const { makeKeys } = await import('../keys/ed25519.ts');
        output.line(say('carried.plan.keygen-done', makeKeys(name)));
        return exitCodes.allMet;
      }),
    );
}
