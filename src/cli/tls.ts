import { InvalidArgumentError, Option } from 'commander';
import { startTlsProtocols, type StartTls } from '../model/facts/tls.ts';
import type { Limits } from '../model/permission.ts';
import type { TlsHostResult } from '../pipeline/tls-host.ts';
import { exitCodes } from './exit-codes.ts';
import { jsonOption, positive } from './options.ts';
import type { Output } from './output.ts';
import { safeJson, safeText } from './safe-text.ts';
import { stopSignal } from './stop-signal.ts';
import type { Wiring } from './wiring.ts';

type Options = {
  authorisation?: string;
  zone?: string;
  sni?: string;
  starttls?: StartTls;
  trust?: string;
  limits?: Limits;
  deadline: number;
  quick?: boolean;
  jarm?: boolean;
  explain?: boolean;
  json?: boolean;
};

/** `rasoat tls HOST[:PORT]`: one TLS service, looked at closely; nothing is stored. */
export function addTls({ program, output, run }: Wiring): void {
  const { say } = output;
  program
    .command('tls')
    .description(say('tls.about'))
    .argument('<host[:port]>', say('tls.help.host'))
    .option('--authorisation <file>', say('tls.help.authorisation'))
    .option('--zone <id>', say('cli.help.zone'))
    .option('--sni <name>', say('tls.help.sni'))
    .addOption(new Option('--starttls <protocol>', say('tls.help.starttls')).choices([...startTlsProtocols]))
    .option('--trust <dir>', say('cli.help.trust'))
    .option('--limits <n,n>', say('tls.help.limits'), limits)
    .option('--deadline <seconds>', say('tls.help.deadline'), positive, 120)
    .option('--quick', say('tls.help.quick'))
    .option('--jarm', say('tls.help.jarm'))
    .option('--explain', say('tls.help.explain'))
    .addOption(jsonOption(output))
    .action(run((host: string, options: Options) => look(output, host, options)));
}

async function look(output: Output, host: string, options: Options): Promise<number> {
  const { parseTlsPlace } = await import('../pipeline/tls-place.ts');
  const { lookAtTlsHost } = await import('../pipeline/tls-host.ts');
  const { authorisation, zone, sni, starttls, trust, quick, jarm } = options;
  const place = parseTlsPlace(host, starttls);
  const stop = stopSignal(output);
  output.status(output.say('tls.working', { host: safeText(host) }));
  try {
    const report = await lookAtTlsHost(place, {
      deadlineMs: options.deadline * 1000,
      signal: stop.signal,
      ...(authorisation === undefined ? {} : { authorisation }),
      ...(zone === undefined ? {} : { zone }),
      ...(sni === undefined ? {} : { sni }),
      ...(starttls === undefined ? {} : { startTls: starttls }),
      ...(trust === undefined ? {} : { trust }),
      ...(options.limits === undefined ? {} : { limits: options.limits }),
      ...(quick === true ? { quick } : {}),
      ...(jarm === true ? { jarm } : {}),
    });
    if (options.json === true) {
      const { publishedTls } = await import('./tls/published.ts');
      for (const result of report.results) output.line(safeJson(publishedTls(result)));
    } else {
      const { createPage } = await import('./tls/page.ts');
      const { printTlsHost } = await import('./tls/view.ts');
      printTlsHost(createPage(output, options.explain === true), report);
    }
    return exitCodeOf(report.results);
  } catch (error) {
    if (stop.signal.aborted) return exitCodes.interrupted;
    throw error;
  } finally {
    output.status('');
    stop.release();
  }
}

/** 1 when anything failed, else 3 when an address was not seen, else 0; 70 when the fault was ours. */
function exitCodeOf(results: readonly TlsHostResult[]): number {
  if (results.some((result) => !result.ok && result.failure.code === 'bug')) return exitCodes.bug;
  const fails = results.some((result) => result.ok && result.findings.some(({ outcome }) => outcome === 'fail'));
  if (fails) return exitCodes.notMet;
  return results.every(({ ok }) => ok) ? exitCodes.allMet : exitCodes.tooLittleSeen;
}

/** `16,1000`: connections at a time, new ones a second. */
function limits(text: string): Limits {
  const [connections = 0, perSecond = 0] = /^\d{1,3},\d{1,4}$/.test(text) ? text.split(',').map(Number) : [];
  if (connections < 1 || connections > 64 || perSecond < 1 || perSecond > 1000) throw new InvalidArgumentError(text);
  return { connections, perSecond };
}
