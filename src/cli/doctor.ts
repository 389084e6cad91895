import { networkInterfaces } from 'node:os';
import { rootCertificates } from 'node:tls';
import { dayMs } from '../model/day.ts';
import { exitCodes } from './exit-codes.ts';
import { jsonOption } from './options.ts';
import type { Output } from './output.ts';
import type { Wiring } from './wiring.ts';
import { safeJson, safeText } from './safe-text.ts';

/** One thing looked at. `required` false: without it the scan runs, and sees less. */
type Sign = { readonly id: string; readonly ok: boolean; readonly required: boolean; readonly detail: string };

/** Past this age an end-of-life table decides nothing (checks' own limit). */
const feedDays = 365;

/** `rasoat doctor`: what this machine has and what will be skipped. Exit 2 when something required is missing. */
export function addDoctor({ program, output, run }: Wiring): void {
  program
    .command('doctor')
    .description(output.say('cli.doctor.about'))
    .addOption(jsonOption(output))
    .action(
      run(async (options: { json?: boolean }) => {
        const signs = await examine(output);
        for (const sign of signs) output.line(options.json === true ? safeJson(sign) : describe(output, sign));
        return signs.some((sign) => sign.required && !sign.ok) ? exitCodes.badInput : exitCodes.allMet;
      }),
    );
}

async function examine({ say }: Output): Promise<readonly Sign[]> {
  const { readLawbook } = await import('../pipeline/lawbook.ts');
  const { findNmap } = await import('../probe/wire/nmap.ts');
  const lawbook = await readLawbook();
  const nmap = await findNmap();
  const eol = lawbook.reference.endOfLife;
  const days = eol === undefined ? Infinity : Math.floor((Date.now() - Date.parse(eol.asOf)) / dayMs);
  const node = process.versions.node;
  const obligations = lawbook.frameworks.reduce((sum, framework) => sum + framework.obligations.length, 0);
  return [
    { id: 'node', ok: Number(node.split('.')[0]) >= 24, required: true, detail: node },
    { id: 'openssl', ok: true, required: true, detail: process.versions.openssl },
    {
      id: 'trust',
      ok: rootCertificates.length > 0,
      required: true,
      detail: say('cli.doctor.trust-count', { count: rootCertificates.length, version: node }),
    },
    {
      id: 'checks',
      ok: lawbook.checks.length > 0,
      required: true,
      detail: say('cli.doctor.checks-count', {
        checks: lawbook.checks.length,
        frameworks: lawbook.frameworks.length,
        obligations,
      }),
    },
    {
      id: 'nmap',
      ok: nmap !== null,
      required: false,
      detail: nmap === null ? say('cli.doctor.nmap-missing') : `${nmap.version} ${nmap.path}`,
    },
    {
      id: 'end-of-life',
      ok: days <= feedDays,
      required: false,
      detail:
        eol === undefined || days > feedDays
          ? say('cli.doctor.feed-old')
          : say('cli.doctor.feed-age', { asOf: eol.asOf, days, products: Object.keys(eol.products).length }),
    },
    { id: 'vulnerabilities', ok: false, required: false, detail: say('cli.doctor.vulnerabilities-missing') },
    hasIpv6()
      ? { id: 'ipv6', ok: true, required: false, detail: '' }
      : { id: 'ipv6', ok: false, required: false, detail: say('cli.doctor.ipv6-missing') },
    { id: 'clock', ok: true, required: false, detail: new Date().toISOString() },
  ];
}

/** A global IPv6 address (2000::/3) on any interface. */
function hasIpv6(): boolean {
  return Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ family, address }) => family === 'IPv6' && /^[23]/.test(address)),
  );
}

function describe(output: Output, sign: Sign): string {
  const { say, colors } = output;
  const word = sign.ok
    ? colors.cyan(say('cli.doctor.ok'))
    : (sign.required ? colors.red : colors.yellow)(say('cli.doctor.missing'));
  const detail = sign.detail === '' ? '' : ` — ${safeText(sign.detail)}`;
  return `${sign.ok ? '●' : '◌'} ${say(`cli.doctor.${sign.id}`)}: ${word}${detail}`;
}
