import { Option } from 'commander';
import { outcomes, severities, type Check } from '../model/check.ts';
import { asideFinder, type AsideOf, type FindingAside } from '../model/aside.ts';
import { dayOf } from '../model/day.ts';
import type { Finding } from '../model/finding.ts';
import type { Run } from '../model/run.ts';
import { setAsides } from '../model/track/life.ts';
import type { Store } from '../store/types.ts';
import { exitCodes } from './exit-codes.ts';
import { jsonOption, outOption, runOption } from './options.ts';
import type { Output } from './output.ts';
import type { Wiring } from './wiring.ts';
import { safeJson, safeText } from './safe-text.ts';
import { withRun } from './with-store.ts';

type Options = {
  out: string;
  run?: string;
  json?: boolean;
  outcome?: string[];
  severity?: string[];
  system?: string[];
  check?: string[];
};

/** `rasoat findings`: the findings of a run; `--json` prints one object a line. */
export function addFindings({ program, output, run }: Wiring): void {
  const say = output.say;
  program
    .command('findings')
    .description(say('cli.findings.about'))
    .addOption(outOption(output))
    .addOption(runOption(output))
    .addOption(jsonOption(output))
    .addOption(new Option('--outcome <outcome...>', say('cli.help.outcome')).choices([...outcomes]))
    .addOption(new Option('--severity <severity...>', say('cli.help.severity')).choices([...severities]))
    .option('--system <id...>', say('cli.help.system'))
    .option('--check <id...>', say('cli.help.check'))
    .action(
      run(async (options: Options) => {
        const show = async (store: Store, stored: Run): Promise<void> => {
          const judgement = await store.judgement(stored.id);
          const findings = (await store.findings(judgement.id)).filter((finding) => matches(finding, options));
          const { systems } = await store.inventory(stored.id);
          const day = dayOf(stored.endedAt ?? stored.startedAt);
          const asideOf = asideFinder(await store.asides(judgement.id), systems, day);
          if (options.json === true) {
            for (const finding of findings) output.line(safeJson(published(stored.id, finding, asideOf(finding))));
          } else {
            const checks = new Map(judgement.lawbook.checks.map((check) => [check.id, check]));
            printFindings(output, findings, checks, asideOf, options.outcome !== undefined);
          }
        };
        await withRun(options.out, options.run, show, { verifications: true, output });
        return exitCodes.allMet;
      }),
    );
}

function matches(finding: Finding, options: Options): boolean {
  const one = (wanted: readonly string[] | undefined, value: string) => wanted === undefined || wanted.includes(value);
  return (
    one(options.outcome, finding.outcome) &&
    one(options.severity, finding.severity) &&
    one(options.system, finding.system) &&
    one(options.check, finding.check)
  );
}

/** The published form; keys are a contract. `evidence` is [], `cause` and `setAside` null where there is none. */
function published(run: string, finding: Finding, aside: FindingAside | undefined): Readonly<Record<string, unknown>> {
  const { system, target, check, outcome, severity, evidence, cause, at } = finding;
  const common = { run, system, target, check, outcome, severity, evidence, cause: cause ?? null, at };
  if (aside === undefined) return { ...common, setAside: null };
  const { as, reason, document, requestedBy, approvedBy, from, until } = aside;
  return { ...common, setAside: { as, reason, document, requestedBy, approvedBy, from, until } };
}

/** For people: what failed and what could not be told, worst first, system by system. */
function printFindings(
  output: Output,
  findings: readonly Finding[],
  checks: ReadonlyMap<string, Check>,
  asideOf: AsideOf,
  everything: boolean,
): void {
  const { colors, say, lang } = output;
  const shown = everything ? findings : findings.filter((finding) => finding.outcome === 'fail');
  const order = (finding: Finding) => severities.indexOf(finding.severity);
  for (const [system, ofSystem] of Map.groupBy(shown, (finding) => finding.system)) {
    output.line(colors.bold(safeText(system)));
    for (const [target, ofTarget] of Map.groupBy(ofSystem, (finding) => finding.target)) {
      output.line(`  ${safeText(target)}`);
      for (const finding of [...ofTarget].sort((a, b) => order(a) - order(b))) {
        const title = checks.get(finding.check)?.title[lang] ?? finding.check;
        output.line(
          `    ${mark(output, finding)} ${say(`words.severity.${finding.severity}`)} · ${title} ${colors.dim(`(${finding.check})`)}`,
        );
        const aside = asideOf(finding);
        if (aside !== undefined) output.line(`        ${asideWords(output, aside)}`);
        for (const evidence of finding.evidence.slice(0, 3)) {
          output.line(
            `        ${evidence.because[lang]}: ${colors.dim(safeText(`${evidence.at} = ${JSON.stringify(evidence.saw)}`, output.width))}`,
          );
        }
        if (finding.cause !== undefined) {
          output.line(
            `        ${say(`words.failure.${finding.cause.failure.code}`)}: ${colors.dim(safeText(finding.cause.failure.detail, output.width))}`,
          );
        }
      }
    }
  }
  const count = (outcome: string) => findings.filter((finding) => finding.outcome === outcome).length;
  const seen = count('pass') + count('fail');
  output.line(
    say('cli.findings.totals', {
      fail: count('fail'),
      pass: count('pass'),
      unseen: count('not-observed'),
      seen,
      needed: seen + count('not-observed'),
    }),
  );
  const asides = findings.map((finding) => asideOf(finding)?.as);
  const [waived, falsePositive] = setAsides.map((as) => asides.filter((one) => one === as).length);
  if (waived !== 0 || falsePositive !== 0) {
    output.line(say('verify.set-aside-totals', { waived: waived ?? 0, falsePositive: falsePositive ?? 0 }));
  }
}

function asideWords({ say }: Output, { as, until, reason, approvedBy }: FindingAside): string {
  const words = { as: say(`track.state.${as}`), until, reason: safeText(reason), approvedBy: safeText(approvedBy) };
  return say('verify.set-aside', words);
}

function mark({ colors }: Output, finding: Finding): string {
  switch (finding.outcome) {
    case 'pass':
      return colors.cyan('●');
    case 'fail':
      return colors.red('▲');
    case 'not-observed':
      return colors.dim('◌');
    case 'not-applicable':
      return colors.dim('–');
  }
}
