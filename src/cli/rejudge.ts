import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';
import type { Change } from '../pipeline/rejudge.ts';
import type { RegimeChange } from '../pipeline/rejudge-regime.ts';
import { feedsFolder } from '../feeds/folder.ts';
import { exitCodeOf } from './exit-codes.ts';
import { checksOption, feedsOption, frameworksOption, jsonOption, outOption, regimeOfWord } from './options.ts';
import { regimeOption, runOption, type RegimeWord } from './options.ts';
import type { Output } from './output.ts';
import type { Wiring } from './wiring.ts';
import { safeJson, safeText } from './safe-text.ts';
import { withRun } from './with-store.ts';

type Options = {
  out: string;
  run?: string;
  json?: boolean;
  write?: boolean;
  checks?: string[];
  frameworks?: string[];
  feeds?: string;
  regime?: RegimeWord;
};

/** `rasoat rejudge`: judges stored observations by today's checks and frameworks; prints what changes. */
export function addRejudge({ program, output, env, run }: Wiring): void {
  program
    .command('rejudge')
    .description(output.say('cli.rejudge.about'))
    .addOption(outOption(output))
    .addOption(runOption(output))
    .addOption(checksOption(output))
    .addOption(frameworksOption(output))
    .addOption(feedsOption(output))
    .addOption(regimeOption(output))
    .option('--write', output.say('cli.help.write'))
    .addOption(jsonOption(output))
    .action(
      run(async (options: Options) => {
        const { readLawbook } = await import('../pipeline/lawbook.ts');
        const { rejudge } = await import('../pipeline/rejudge.ts');
        const { rejudgeUnder } = await import('../pipeline/rejudge-regime.ts');
        const regime = options.regime && regimeOfWord(options.regime);
        if (regime !== undefined && options.write === true) {
          throw new UserError([{ message: message('level.rejudge.no-write') }]);
        }
        const { adoptPublicSuffixes } = await import('../pipeline/public-suffixes.ts');
        const { openFeeds } = await import('../feeds/open.ts');
        const feeds = await openFeeds(feedsFolder(options.feeds, env));
        try {
          adoptPublicSuffixes(feeds);
          const lawbook = await readLawbook(options, feeds);
          return await withRun(options.out, options.run, async (store, stored) => {
            if (regime !== undefined) {
              const under = await rejudgeUnder(store, stored, lawbook, regime, feeds.ask);
              const { line, say } = output;
              if (options.json !== true) line(say('level.rejudge.under', { regime: say(`level.regime.${regime}`) }));
              for (const change of under.changes) {
                line(options.json === true ? safeJson({ run: stored.id, regime, ...change }) : why(output, change));
              }
              if (options.json !== true) line(say('level.rejudge.totals', { changes: under.changes.length }));
              return exitCodeOf(under.assessments);
            }
            const result = await rejudge(store, stored, lawbook, feeds.ask);
            if (options.write === true) {
              const at = new Date().toISOString();
              const { findings, assessments, known, asides } = result;
              await store.addJudgement(stored.id, at, lawbook, findings, assessments, known, asides);
            }
            for (const change of result.changes) {
              output.line(options.json === true ? safeJson({ run: stored.id, ...change }) : describe(output, change));
            }
            if (options.json !== true) {
              const key = options.write === true ? 'cli.rejudge.written' : 'cli.rejudge.totals';
              output.line(output.say(key, { changes: result.changes.length, findings: result.findings.length }));
            }
            return exitCodeOf(result.assessments);
          });
        } finally {
          feeds.close();
        }
      }),
    );
}

function describe(output: Output, change: Change): string {
  const { say, colors } = output;
  const none = say('cli.rejudge.none');
  const [before, after, what] =
    change.what === 'finding'
      ? [
          change.before === null ? none : say(`words.outcome.${change.before}`),
          change.after === null ? none : say(`words.outcome.${change.after}`),
          `${change.check} ${safeText(change.target)}`,
        ]
      : [
          change.before === null ? none : say(`words.verdict.${change.before}`),
          change.after === null ? none : say(`words.verdict.${change.after}`),
          change.obligation,
        ];
  return `${colors.bold(safeText(change.system))}  ${what}  ${before} → ${after}`;
}

/** One change with its reason. */
function why(output: Output, change: RegimeChange): string {
  const { say, colors } = output;
  const system = colors.bold(safeText(change.system));
  if (change.what === 'level') {
    const words = ({ level, article }: (typeof change)['before']) =>
      level === null ? say('level.none') : `${say('level.level-n', { level })} (${article ?? ''})`;
    return `${system}  ${say('level.rejudge.level')}  ${words(change.before)} → ${words(change.after)}`;
  }
  const none = say('cli.rejudge.none');
  const verdict = (one: (typeof change)['before']) => (one === null ? none : say(`words.verdict.${one}`));
  const { because, framework } = change;
  const reason =
    change.why === 'verdict'
      ? because.after === null
        ? ''
        : say(`frameworks.because-${because.after}`)
      : say(`level.rejudge.why-${change.why}`, { framework });
  const ground = reason === '' ? '' : colors.dim(`  ${reason}`);
  return `${system}  ${change.obligation}  ${verdict(change.before)} → ${verdict(change.after)}${ground}`;
}
