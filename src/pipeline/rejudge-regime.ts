import type { Feeds } from '../feeds/open.ts';
import type { Assessment, Reason, Verdict } from '../model/assessment.ts';
import { dayOf } from '../model/day.ts';
import type { Regime } from '../model/inventory/level-words.ts';
import type { LevelBook } from '../model/level-law.ts';
import type { LevelAnswer } from '../model/level.ts';
import type { Run } from '../model/run.ts';
import type { Lawbook, Store } from '../store/types.ts';
import { assessRun } from './assess-run.ts';
import { createLevels } from './levels.ts';
import { judgeAgain, pairUp } from './rejudge.ts';

/** A level that the facts ask, and by which clause. */
export type AskedLevel = Pick<LevelAnswer, 'level' | 'article'>;

/**
 * What another law of levels changes, and why: other criteria of the level; a text that begins or ceases to bind; the
 * same obligation with another verdict.
 */
export type RegimeChange =
  | {
      readonly what: 'level';
      readonly why: 'criteria';
      readonly system: string;
      readonly before: AskedLevel;
      readonly after: AskedLevel;
    }
  | {
      readonly what: 'obligation';
      readonly why: 'binds' | 'ends' | 'verdict';
      readonly system: string;
      readonly framework: string;
      readonly obligation: string;
      readonly before: Verdict | null;
      readonly after: Verdict | null;
      readonly because: { readonly before: Reason | null; readonly after: Reason | null };
    };

export type RejudgedUnder = {
  readonly regime: Regime;
  readonly assessments: readonly Assessment[];
  readonly changes: readonly RegimeChange[];
};

/**
 * Judges a stored run as if every level stood under one law, against the same judging under each system's own. Both use
 * the same observations, lawbook and clock, so that the law of levels alone differs. Stores nothing.
 */
export async function rejudgeUnder(
  store: Store,
  run: Run,
  lawbook: Lawbook & { readonly levels: LevelBook },
  regime: Regime,
  ask?: Feeds['ask'],
): Promise<RejudgedUnder> {
  const { inventory, targets, findings, asides } = await judgeAgain(store, run, lawbook, ask);
  const at = run.endedAt ?? run.startedAt;
  const input = { inventory, targets, findings, lawbook, at, ...(asides === undefined ? {} : { asides }) };
  const before = assessRun(input);
  const assessments = assessRun({ ...input, regime });
  const { levelOf } = createLevels({ inventory, book: lawbook.levels, onDay: dayOf(at) });
  const levels = inventory.systems
    .filter(({ excluded }) => excluded === undefined)
    .flatMap((system): readonly RegimeChange[] => {
      const [was, is] = [askedOf(levelOf(system).answers[0]), askedOf(levelOf(system, regime).answers[0])];
      if (was.level === is.level && was.article === is.article) return [];
      return [{ what: 'level', why: 'criteria', system: system.id, before: was, after: is }];
    });
  return { regime, assessments, changes: [...levels, ...changed(before, assessments)] };
}

function askedOf(answer: LevelAnswer | undefined): AskedLevel {
  return { level: answer?.level ?? null, article: answer?.article ?? null };
}

function changed(before: readonly Assessment[], after: readonly Assessment[]): readonly RegimeChange[] {
  const key = ({ system, obligation }: Assessment) => `${system}\n${obligation}`;
  return pairUp(before, after, key).flatMap(([was, is]): readonly RegimeChange[] => {
    const one = is ?? was;
    if (one === undefined || (was?.verdict === is?.verdict && was?.because === is?.because)) return [];
    const { system, framework, obligation } = one;
    return [
      {
        what: 'obligation',
        why: was === undefined ? 'binds' : is === undefined ? 'ends' : 'verdict',
        system,
        framework,
        obligation,
        before: was?.verdict ?? null,
        after: is?.verdict ?? null,
        because: { before: was?.because ?? null, after: is?.because ?? null },
      },
    ];
  });
}
