import type { Command } from 'commander';
import { UserError } from '../../model/errors.ts';
import { message } from '../../model/text.ts';
import { exitCodes } from '../exit-codes.ts';
import { jsonOption, outOption, refuseServed, webRootOption } from '../options.ts';
import { notePruned } from '../pruned-note.ts';
import { safeJson, safeText } from '../safe-text.ts';
import type { Wiring } from '../wiring.ts';
import { withStore } from '../with-store.ts';

type Options = {
  allowWebRoot?: boolean;
  out: string;
  to: string;
  owner?: string;
  sign?: string;
  timestamp?: string;
  timestampCa?: string;
  encryptTo?: string[];
  json?: boolean;
};

/** `rasoat evidence export [RUN]`: the newest finished run where none is named. */
export function addEvidenceExport({ output, run }: Wiring, evidence: Command): void {
  const { say } = output;
  evidence
    .command('export')
    .argument('[run]', say('evidence.help.run'))
    .description(say('evidence.export.about'))
    .addOption(outOption(output))
    .requiredOption('--to <pack>', say('evidence.help.to'))
    .option('--owner <organisation>', say('evidence.help.owner'))
    .option('--sign <file>', say('evidence.help.sign'))
    .option('--timestamp <url>', say('evidence.help.timestamp'))
    .option('--timestamp-ca <file>', say('evidence.help.timestamp-ca'))
    .option('--encrypt-to <recipient...>', say('evidence.help.encrypt-to'))
    .addOption(webRootOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (asked: string | undefined, options: Options) => {
        const { exportEvidence } = await import('../../pipeline/evidence/export.ts');
        const { readKey } = await import('../../keys/ed25519.ts');
        const { owner, sign, timestamp: server, timestampCa, encryptTo } = options;
        await refuseServed(options.to, options.allowWebRoot);
        const key = sign === undefined ? undefined : readKey(sign, 'private');
        const { pack, manifest, timestamp } = await withStore(options.out, async (store) => {
          const stored =
            asked === undefined
              ? (await store.runs()).find(({ state }) => state === 'finished')
              : await store.run(asked);
          if (stored === undefined)
            throw new UserError([
              {
                message:
                  asked === undefined
                    ? message('cli.no-run', { out: options.out })
                    : message('cli.unknown-run', { run: asked }),
              },
            ]);
          notePruned(output, stored);
          return exportEvidence(store, stored, {
            out: options.out,
            to: options.to,
            created: new Date().toISOString(),
            ...(owner === undefined ? {} : { organisation: owner }),
            ...(key === undefined ? {} : { key }),
            ...(server === undefined
              ? {}
              : { timestamp: { server, ...(timestampCa === undefined ? {} : { caFile: timestampCa }) } }),
            ...(encryptTo === undefined ? {} : { recipients: encryptTo }),
          });
        });
        if (options.json === true) {
          output.line(safeJson({ pack, ...manifest, timestamp: timestamp ?? null }));
          return exitCodes.allMet;
        }
        const { records, tree } = manifest;
        output.line(say('evidence.export.done', { pack: safeText(pack), records: records.count }));
        if (manifest.organisation !== null)
          output.line(say('evidence.export.of', { organisation: safeText(manifest.organisation.name) }));
        output.line(say('evidence.export.root', { root: tree.root }));
        if (records.masked > 0) output.line(say('evidence.export.masked', { count: records.masked }));
        output.line(say(manifest.publicKey === null ? 'evidence.export.unsigned' : 'evidence.export.signed'));
        output.line(
          timestamp === null
            ? say('evidence.no-timestamp')
            : say(timestamp.trusted ? 'evidence.timestamp' : 'evidence.timestamp-unchecked', {
                at: timestamp.at,
                signer: safeText(timestamp.signer.replaceAll('\n', ', ')),
              }),
        );
        return exitCodes.allMet;
      }),
    );
}
