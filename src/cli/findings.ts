import { Option } from 'commander';
import { outcomes, severities, type Check, type Outcome, type Severity } from '../model/check.ts';
import { asideFinder, type AsideOf, type FindingAside } from '../model/aside.ts';
import { dayOf } from '../model/day.ts';
import type { Finding } from '../model/finding.ts';
import type { Run } from '../model/run.ts';
import { setAsides } from '../model/track/life.ts';
import type { FindingFilter } from '../store/finding-filter.ts';
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
  outcome?: Outcome[];
  severity?: Severity[];
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
          const { systems } = await store.inventory(stored.id);
          const day = dayOf(stored.endedAt ?? stored.startedAt);
          const asideOf = asideFinder(await store.asides(judgement.id), systems, day);
          const asked = filterOf(options);
          if (options.json === true) {
            for (const finding of await store.findings(judgement.id, asked))
              output.line(safeJson(published(stored.id, finding, asideOf(finding))));
          } else {
            const checks = new Map(judgement.lawbook.checks.map((check) => [check.id, check]));
            // A year's run holds a hundred thousand findings; what is not shown is counted where it lies.
            const shown = await store.findings(judgement.id, { ...asked, outcomes: options.outcome ?? ['fail'] });
            printFindings(output, shown, await store.outcomes(judgement.id, asked), checks, asideOf);
          }
        };
        await withRun(options.out, options.run, show, { verifications: true, output });
        return exitCodes.allMet;
      }),
    );
}

function filterOf({ outcome, severity, system, check }: Options): FindingFilter {
  return { outcomes: outcome, severities: severity, systems: system, checks: check };
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
  shown: readonly Finding[],
  counts: Readonly<Record<Outcome, number>>,
  checks: ReadonlyMap<string, Check>,
  asideOf: AsideOf,
): void {
  const { colors, say, lang } = output;
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
  const { fail, pass, 'not-observed': unseen } = counts;
  const seen = pass + fail;
  output.line(say('cli.findings.totals', { fail, pass, unseen, seen, needed: seen + unseen }));
  // Nothing but a fail is ever set aside, and those are shown unless others alone were asked for.
  const asides = shown.map((finding) => asideOf(finding)?.as);
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
