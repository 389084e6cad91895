import { provinceOffsetMs } from '../../model/day.ts';
import type { ScanCost } from '../../model/run.ts';
import type { VerifyOutcome } from '../../pipeline/verify.ts';
import type { Verified, VerifyResult } from '../../pipeline/verify-results.ts';
import type { Output } from '../output.ts';
import { safeText } from '../safe-text.ts';

/** The published form; keys are a contract. `run` is null where there was nothing to look at. */
export function publishedVerified(run: string | null, verified: Verified): Readonly<Record<string, unknown>> {
  const { life, result, state, outcome, evidence, cause, at, proof, cost } = verified;
  const { id, system, target, check } = life;
  return { run, finding: id, system, target, check, result, state, outcome, evidence, cause, proof, at, cost };
}

/** For people: each finding with its answer, then what it cost. */
export function printVerified(output: Output, { results, titles, blank, costs, resolverCosts }: VerifyOutcome): void {
  const { say } = output;
  for (const { system, seenAt } of blank) {
    output.line(say(seenAt === null ? 'verify.never-seen' : 'verify.nothing-found', { system: safeText(system) }));
  }
  if (results.length === 0 && blank.length === 0) output.line(say('verify.nothing-open'));
  for (const one of results) printOne(output, one, titles.get(one.life.check)?.[output.lang]);
  if (results.length > 0) {
    const count = (wanted: VerifyResult) => results.filter(({ result }) => result === wanted).length;
    const totals = { fixed: count('fixed'), not: count('not-fixed'), unseen: count('could-not-tell') };
    output.line();
    output.line(output.colors.bold(say('verify.totals', totals)));
  }
  const heard = costs.filter(({ connections, datagrams }) => connections + datagrams > 0);
  if (results.length > 0) output.line(say('verify.cost', { addresses: heard.length }));
  for (const cost of heard) output.line(`  ${costWords(output, cost)}`);
  const queries = resolverCosts.reduce((sum, one) => sum + one.queries, 0);
  const servers = safeText(resolverCosts.map(({ server }) => server).join(', '));
  if (queries > 0) output.line(say('cli.summary.resolver', { queries, servers }));
}

function printOne(output: Output, verified: Verified, title: string | undefined): void {
  const { life, result, state, evidence, cause, proof } = verified;
  const { say, colors, lang } = output;
  const id = life.id.slice(0, 8);
  const check = title === undefined ? life.check : `${title} ${colors.dim(`(${life.check})`)}`;
  const answer = colors.bold(say(`verify.result.${result}`));
  output.line(`${signOf(output, result)} ${id}  ${answer} · ${say(`track.state.${state}`)} · ${check}`);
  output.line(`    ${safeText(life.system)}  ${safeText(life.target)}`);
  for (const { because, at, saw } of evidence.slice(0, 3)) {
    output.line(`    ${because[lang]}: ${colors.dim(safeText(`${at} = ${JSON.stringify(saw)}`, output.width))}`);
  }
  if (cause !== null) output.line(`    ${causeWords(output, cause)}`);
  if (proof === null) return;
  const { passes, needed, counted, countsFrom } = proof;
  if (state === 'fixed-verified') output.line(`    ${say('verify.proven', { needed })}`);
  else {
    const key = counted ? 'verify.passed-now' : 'verify.passed-too-soon';
    const again = countsFrom === null ? say('verify.again') : say('verify.again-from', { from: instant(countsFrom) });
    output.line(`    ${say(key, { passes, needed })} ${again}`);
  }
}

function signOf({ colors }: Output, result: VerifyResult): string {
  switch (result) {
    case 'fixed':
      return colors.cyan('●');
    case 'not-fixed':
      return colors.red('▲');
    case 'could-not-tell':
      return colors.dim('◌');
  }
}

const own: ReadonlySet<string> = new Set(['not-applicable', 'gone', 'moved-away', 'not-planned', 'check-retired']);

function causeWords({ say, colors, width }: Output, { code, detail }: NonNullable<Verified['cause']>): string {
  const words = say(own.has(code) ? `verify.cause.${code}` : `words.failure.${code}`);
  return detail === '' ? words : `${words}: ${colors.dim(safeText(detail, width))}`;
}

function costWords({ say }: Output, { address, connections, datagrams, ...bytes }: ScanCost): string {
  const kilobytes = Math.round((bytes.bytesSent + bytes.bytesReceived) / 100) / 10;
  return say('verify.cost-of', { address: safeText(address), connections, datagrams, kilobytes });
}

/** `2026-11-26 10:20`, in the province's time. */
function instant(at: string): string {
  const local = new Date(Date.parse(at) + provinceOffsetMs).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 16)}`;
}
