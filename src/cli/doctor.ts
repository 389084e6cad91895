import { networkInterfaces } from 'node:os';
import { rootCertificates } from 'node:tls';
import { feedsFolder } from '../feeds/folder.ts';
import { dayMs } from '../model/day.ts';
import { feedNames, staleness } from '../model/feed.ts';
import type { EndOfLifeTable } from '../model/reference.ts';
import { exitCodes } from './exit-codes.ts';
import { feedsOption, jsonOption } from './options.ts';
import type { Output } from './output.ts';
import type { Wiring } from './wiring.ts';
import { safeJson, safeText } from './safe-text.ts';

/** One thing looked at. `required` false: without it the scan runs, and sees less. `title`: key of its name, where not its id. */
type Sign = {
  readonly id: string;
  readonly title?: string;
  readonly ok: boolean;
  readonly required: boolean;
  readonly detail: string;
};

/** `rasoat doctor`: what this machine has and what will be skipped. Exit 2 when something required is missing. */
export function addDoctor({ program, output, env, run }: Wiring): void {
  program
    .command('doctor')
    .description(output.say('cli.doctor.about'))
    .addOption(feedsOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (options: { json?: boolean; feeds?: string }) => {
        const signs = await examine(output, feedsFolder(options.feeds, env));
        for (const { title, ...sign } of signs)
          output.line(options.json === true ? safeJson(sign) : describe(output, sign, title));
        return signs.some((sign) => sign.required && !sign.ok) ? exitCodes.badInput : exitCodes.allMet;
      }),
    );
}

async function examine({ say }: Output, folder: string): Promise<readonly Sign[]> {
  const { readLawbook } = await import('../pipeline/lawbook.ts');
  const { findNmap } = await import('../probe/wire/nmap.ts');
  const lawbook = await readLawbook();
  const nmap = await findNmap();
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
    await examineRaw(say, nmap),
    ...(await examineFeeds(say, folder, lawbook.reference.endOfLife)),
    hasIpv6()
      ? { id: 'ipv6', ok: true, required: false, detail: '' }
      : { id: 'ipv6', ok: false, required: false, detail: say('cli.doctor.ipv6-missing') },
    { id: 'clock', ok: true, required: false, detail: new Date().toISOString() },
  ];
}

/** Half handshakes and UDP take raw packets; without them whole handshakes serve, and UDP is left out. */
async function examineRaw(say: Output['say'], nmap: { readonly path: string } | null): Promise<Sign> {
  const { rawPackets } = await import('../probe/wire/raw-packets.ts');
  const raw = nmap === null ? null : await rawPackets(nmap.path);
  if (raw?.allowed === true) return { id: 'raw', ok: true, required: false, detail: say('cli.doctor.raw-allowed') };
  const reason = raw === null ? '' : ` (${raw.reason})`;
  return { id: 'raw', ok: false, required: false, detail: `${say('cli.doctor.raw-missing')}${reason}` };
}

/** One sign a feed: of what day, how old, past its limit or not. Our own end-of-life table stands where none was imported. */
async function examineFeeds(
  say: Output['say'],
  folder: string,
  own: EndOfLifeTable | undefined,
): Promise<readonly Sign[]> {
  const { openFeeds } = await import('../feeds/open.ts');
  const feeds = await openFeeds(folder);
  feeds.close();
  const now = new Date().toISOString();
  return feedNames.map((name): Sign => {
    const state = feeds.states[name];
    const title = `feeds.name.${name}`;
    const table = name === 'end-of-life' && state === undefined ? own : undefined;
    const date = state?.date ?? table?.asOf;
    if (date === undefined) return { id: name, title, ok: false, required: false, detail: say('feeds.list.none') };
    const limit = feeds.days[name];
    const old = staleness(name, date, now, limit) !== undefined;
    const days = Math.max(0, Math.floor((Date.parse(now) - Date.parse(date)) / dayMs));
    const entries = state?.entries ?? Object.keys(table?.products ?? {}).length;
    const remarks = [
      say('feeds.list.facts', { date: date.slice(0, 10), days, entries }),
      ...(old ? [say('feeds.list.old', { limit })] : []),
      ...(state?.complete === false ? [say('feeds.list.incomplete')] : []),
    ];
    return { id: name, title, ok: !old, required: false, detail: remarks.join('; ') };
  });
}

/** A global IPv6 address (2000::/3) on any interface. */
function hasIpv6(): boolean {
  return Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ family, address }) => family === 'IPv6' && /^[23]/.test(address)),
  );
}

function describe(output: Output, sign: Sign, title = `cli.doctor.${sign.id}`): string {
  const { say, colors } = output;
  const word = sign.ok
    ? colors.cyan(say('cli.doctor.ok'))
    : (sign.required ? colors.red : colors.yellow)(say('cli.doctor.missing'));
  const detail = sign.detail === '' ? '' : ` — ${safeText(sign.detail)}`;
  return `${sign.ok ? '●' : '◌'} ${say(title)}: ${word}${detail}`;
}
