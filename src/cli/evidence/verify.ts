import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { jsonOption } from '../options.ts';
import { safeJson, safeText } from '../safe-text.ts';
import type { Wiring } from '../wiring.ts';

type Options = { key?: string; timestampCa?: string; whole?: string; json?: boolean };

/** `rasoat evidence verify PACK`: 0 whole, 1 altered, 2 no pack. */
export function addEvidenceVerify({ output, run }: Wiring, evidence: Command): void {
  const { say } = output;
  evidence
    .command('verify')
    .argument('<pack>', say('evidence.help.pack'))
    .description(say('evidence.verify.about'))
    .option('--key <file>', say('evidence.help.key'))
    .option('--timestamp-ca <file>', say('evidence.help.timestamp-ca'))
    .option('--whole <manifest>', say('evidence.help.whole'))
    .addOption(jsonOption(output))
    .action(
      run(async (pack: string, options: Options) => {
        const { verifyEvidence } = await import('../../pipeline/evidence/verify.ts');
        const { json, ...files } = options;
        const found = await verifyEvidence(pack, files);
        if (json === true) output.line(safeJson({ pack, ...found }));
        else {
          const { faults, timestamp, signedBy, records } = found;
          for (const { fault, n, file, reason } of faults) {
            const at = safeText(n === undefined ? (file ?? '') : String(n));
            output.line(`✗ ${say(`evidence.fault.${fault}`, { at, reason: safeText(reason ?? '') })}`);
          }
          if (found.whole) {
            output.line(`● ${say('evidence.verify.whole', { records })}`);
            const { organisation } = found.manifest;
            if (organisation) output.line(say('evidence.export.of', { organisation: safeText(organisation.name) }));
            output.line(say(`evidence.verify.signed-${signedBy}`));
            output.line(
              timestamp === null
                ? say('evidence.no-timestamp')
                : say(timestamp.trusted ? 'evidence.timestamp' : 'evidence.timestamp-unchecked', {
                    at: timestamp.at,
                    signer: safeText(timestamp.signer.replaceAll('\n', ', ')),
                  }),
            );
          } else output.line(say('evidence.verify.altered', { faults: faults.length }));
        }
        return found.whole ? exitCodes.allMet : exitCodes.notMet;
      }),
    );
}
