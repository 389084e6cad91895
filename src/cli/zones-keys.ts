import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { exitCodes } from './exit-codes.ts';
import { positive } from './options.ts';
import { safeText } from './safe-text.ts';
import type { Wiring } from './wiring.ts';

type Keygen = { to: string; host: string[]; days: number };
type Enroll = { settings: string; zone: string; name: string; to: string; days: number };

/** `rasoat zones keygen|enroll`: the authority of a gateway, and certificates of the agents that may come to it. */
export function addZoneKeys({ output, run }: Wiring, zones: Command): void {
  const { say } = output;
  zones
    .command('keygen')
    .description(say('zone-agents.keygen.about'))
    .requiredOption('--to <dir>', say('zone-agents.help.pki'))
    .requiredOption('--host <name...>', say('zone-agents.help.host'))
    .option('--days <n>', say('zone-agents.help.days'), positive, 825)
    .action(
      run(async ({ to, host, days }: Keygen) => {
        const { authorityFiles, makeAuthority } = await import('../keys/authority.ts');
        const { emptySettings } = await import('../engine/zones/enrol.ts');
        await makeAuthority(to, host, days);
        const settings = join(to, 'zones.yaml');
        writeFileSync(settings, emptySettings(authorityFiles), { flag: 'wx', mode: 0o600 });
        output.line(say('zone-agents.keygen.done', { to: safeText(to), settings: safeText(settings) }));
        return exitCodes.allMet;
      }),
    );
  zones
    .command('enroll')
    .argument('<request>', say('zone-agents.help.request'))
    .description(say('zone-agents.enroll.about'))
    .requiredOption('--settings <file>', say('zone-agents.help.settings'))
    .requiredOption('--zone <id>', say('zone-agents.help.zone'))
    .requiredOption('--name <name>', say('zone-agents.help.name'))
    .requiredOption('--to <file>', say('zone-agents.help.certificate-to'))
    .option('--days <n>', say('zone-agents.help.days'), positive, 397)
    .action(
      run(async (request: string, { settings, zone, name, to, days }: Enroll) => {
        const { signRequest } = await import('../keys/authority.ts');
        const { addAgentTo } = await import('../engine/zones/enrol.ts');
        const { readZoneSettings } = await import('../engine/zones/zone-settings.ts');
        readZoneSettings(settings);
        const { certificate, fingerprint, until } = await signRequest(dirname(resolve(settings)), request, name, days);
        writeFileSync(to, certificate, { flag: 'wx', mode: 0o644 });
        addAgentTo(settings, { name, zone, fingerprint });
        output.line(say('zone-agents.enroll.done', { to: safeText(to), zone: safeText(zone), fingerprint, until }));
        return exitCodes.allMet;
      }),
    );
}
