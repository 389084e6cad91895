import type { Check } from '../../model/check.ts';
import type { TlsFacts } from '../../model/facts/tls.ts';
import type { TlsHostReport, TlsHostResult } from '../../pipeline/tls-host.ts';
import { formatInstant } from '../../report/format.ts';
import { safeText } from '../safe-text.ts';
import { printCertificates } from './certificates.ts';
import { printExchange } from './exchange.ts';
import { printFeatures } from './features.ts';
import { printFindings } from './findings.ts';
import type { Page } from './page.ts';
import { printProtocols } from './protocols.ts';
import { printSuites } from './suites.ts';
import { printWeaknesses } from './weaknesses.ts';

/** Prints what every address of a place showed, worst first. */
export function printTlsHost(page: Page, { results, checks }: TlsHostReport): void {
  if (results.length > 1) {
    page.line(page.colors.bold(page.say('tls.addresses', { count: results.length })));
    for (const result of results) page.line(`  ${verdictOf(page, result)}  ${placeOf(page, result)}`);
  }
  for (const [index, result] of results.entries()) {
    if (index > 0 || results.length > 1) page.line();
    printAddress(page, result, checks);
  }
}

function printAddress(page: Page, result: TlsHostResult, checks: readonly Check[]): void {
  const { say, colors } = page;
  page.line(placeOf(page, result));
  const { sni, startTls } = result;
  const how = [
    formatInstant(result.at),
    ...(sni === undefined ? [] : [`SNI ${safeText(sni)}`]),
    ...(startTls === undefined ? [] : [`STARTTLS ${startTls}`]),
  ];
  page.line(colors.dim(how.join(' · ')));
  page.line(verdictOf(page, result));
  if (!result.ok) {
    const { code, detail } = result.failure;
    page.wrapped('  ', `${say(`words.failure.${code}`)}: ${safeText(detail, 1000)}`);
    if (page.explain || code !== 'bug') page.wrapped('  ', say(`words.failure-help.${code}`), colors.dim);
  } else {
    const { facts, findings, at } = result;
    printFindings(page, findings, checks);
    printProtocols(page, facts);
    printSuites(page, facts);
    printExchange(page, facts);
    printCertificates(page, facts, at);
    printWeaknesses(page, facts);
    printFeatures(page, facts);
  }
  page.line();
  page.wrapped('', costOf(page, result), colors.dim);
  if (result.ok && result.facts.cutShort !== undefined) {
    page.wrapped(`${page.mark('unseen')} `, cutShortOf(page, result.facts.cutShort), (text) =>
      page.paint('unseen', text),
    );
  }
  page.why('cost', 0);
}

function placeOf({ colors }: Page, { place, address }: TlsHostResult): string {
  const host = place.name ?? place.address ?? '';
  const where = `${host.includes(':') ? `[${host}]` : host}:${place.port}`;
  const beside = address === undefined || address === host ? '' : ` ${colors.dim('→')} ${address}`;
  return `${colors.bold(safeText(where))}${beside}`;
}

/** The answer first: how much fails of how much was seen. */
function verdictOf({ say, mark, paint, colors }: Page, result: TlsHostResult): string {
  if (!result.ok) return `${mark('unseen')} ${paint('unseen', say('tls.verdict.nothing'))}`;
  const count = (outcome: string) => result.findings.filter((one) => one.outcome === outcome).length;
  const [fail, pass, unseen] = [count('fail'), count('pass'), count('not-observed')];
  const answer =
    fail > 0
      ? `${mark('bad')} ${paint('bad', say('tls.verdict.fails', { fail, seen: fail + pass }))}`
      : `${mark('good')} ${paint('good', say('tls.verdict.passes', { seen: pass }))}`;
  return unseen === 0
    ? answer
    : `${answer} ${colors.dim('·')} ${mark('unseen')} ${say('tls.verdict.unseen', { unseen })}`;
}

/** Questions that got no answer, by why: a look with parts missing says so. */
function cutShortOf({ say }: Page, cutShort: NonNullable<TlsFacts['cutShort']>): string {
  const questions = cutShort.reduce((sum, one) => sum + one.questions, 0);
  const why = cutShort.map((one) => `${say(`words.failure.${one.code}`)} (${one.questions})`).join('; ');
  return say('tls.cut-short', { questions, why });
}

function costOf({ say }: Page, { cost, ms }: TlsHostResult): string {
  return say('tls.cost', {
    connections: cost.connections,
    kilobytes: Math.round((cost.bytesSent + cost.bytesReceived) / 1000),
    seconds: ms / 1000,
    peak: cost.peakPerSecond,
  });
}
