import { addEvidenceExport } from './evidence/export.ts';
import { addEvidenceVerify } from './evidence/verify.ts';
import { exitCodes } from './exit-codes.ts';
import type { Wiring } from './wiring.ts';

/** `rasoat evidence export|verify|keygen`: what a run saw and concluded, as a pack that anybody can verify without us. */
export function addEvidence(wiring: Wiring): void {
  const { program, output, run } = wiring;
  const evidence = program.command('evidence').description(output.say('evidence.about')).helpCommand(false);
  addEvidenceExport(wiring, evidence);
  addEvidenceVerify(wiring, evidence);
  evidence
    .command('keygen')
    .argument('<name>', output.say('evidence.help.key-path'))
    .description(output.say('evidence.keygen.about'))
    .action(
      run(async (name: string) => {
        const { makeKeys } = await import('../keys/ed25519.ts');
        output.line(output.say('evidence.keygen.done', makeKeys(name)));
        return exitCodes.allMet;
      }),
    );
}
