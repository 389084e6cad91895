import type { Outcome } from '../model/check.ts';
import { failure } from '../model/failure.ts';
import type { Cause, Evidence } from '../model/finding.ts';
import type { Kind } from '../model/observation.ts';
import type { CompiledCheck, Views } from './compile.ts';
import type { Gap } from './evidence.ts';
import type { Clocks } from './keywords.ts';
import type { Look } from './look.ts';

/** The outcome of one check and what it rests on. */
export type Decision = { readonly outcome: Outcome; readonly evidence: readonly Evidence[]; readonly cause?: Cause };

/** What was seen of a target, by kind. A kind without a look was not tried. */
export type Looks = Readonly<Partial<Record<Kind, Look>>>;

const plain = (outcome: Outcome): Decision => ({ outcome, evidence: [] });

/**
 * Decides one check (style.md C5). It receives the kinds that it declares and no others. A value that is wrong decides;
 * else a missing one leaves it open; only what is complete and right passes.
 */
export function decide({ check, applies, rule }: CompiledCheck, looks: Looks): Decision {
  const views: Partial<Record<Kind, unknown>> = {};
  const clocks: Partial<Record<Kind, string>> = {};
  for (const kind of check.reads) {
    const look = looks[kind];
    if (look === undefined || 'failure' in look) continue;
    views[kind] = look.view;
    clocks[kind] = look.at;
  }
  return conclude(applies, views, clocks, 'not-applicable', looks) ?? judged(rule, views, clocks, check.reads, looks);
}

function judged(
  rule: CompiledCheck['rule'],
  views: Views,
  clocks: Clocks,
  reads: readonly Kind[],
  looks: Looks,
): Decision {
  const decided = conclude(rule, views, clocks, 'fail', looks);
  if (decided !== undefined) return decided;
  // The lint demands that a rule requires every kind it reads; a pass without one of them would rest on nothing.
  const unread = reads.find((kind) => !(kind in views));
  return unread === undefined
    ? plain('pass')
    : { ...plain('not-observed'), cause: causeOf({ at: `/${unread}`, undecided: false }, looks) };
}

/** What a question's answer comes to when it is not "right". */
function conclude(
  question: CompiledCheck['applies'],
  views: Views,
  clocks: Clocks,
  whenWrong: 'fail' | 'not-applicable',
  looks: Looks,
): Decision | undefined {
  const answer = question?.(views, clocks);
  if (answer === undefined || answer.is === 'right') return undefined;
  if (answer.is === 'wrong') return { outcome: whenWrong, evidence: whenWrong === 'fail' ? answer.evidence : [] };
  return { ...plain('not-observed'), cause: nearestCause(answer.missing, looks) };
}

/** The first gap whose reason is known speaks for all of them. */
function nearestCause(missing: readonly Gap[], looks: Looks): Cause {
  const causes = missing.map((gap) => causeOf(gap, looks));
  const [first] = causes;
  if (first === undefined) throw new Error('a question left open without a missing fact');
  return causes.find(({ failure }) => failure.code !== 'undecided') ?? first;
}

function causeOf({ at, undecided }: Gap, looks: Looks): Cause {
  const kind = at.split('/')[1] as Kind;
  const look = looks[kind];
  if (look === undefined) return { kind, failure: failure('not-run', `${kind} was not looked at`) };
  if ('failure' in look) return { kind, failure: look.failure };
  if (undecided) return { kind, at, failure: failure('undecided', `what was seen at ${at} does not decide`) };
  const [reason] = look.unseen
    .filter((unseen) => at === unseen.at || at.startsWith(`${unseen.at}/`))
    .sort((a, b) => b.at.length - a.at.length);
  return { kind, at, failure: reason?.failure ?? failure('undecided', `the answer does not show ${at}`) };
}
