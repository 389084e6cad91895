import type { Framework, Obligation } from '../model/framework.ts';
import type { System } from '../model/inventory.ts';
import { levels, type Level, type Regime } from '../model/inventory/level-words.ts';
import { regimeOf } from './level/regime.ts';

/** An obligation that binds, with the text it stands in and the clause that binds at the system's level. */
export type Applicable = {
  readonly framework: Framework;
  readonly obligation: Obligation;
  readonly clause?: string;
};

/** Whether a text is in force on a day; both ends are included. */
function inForce(period: { readonly from?: string; readonly to?: string }, onDay: string): boolean {
  return (period.from ?? '') <= onDay && (period.to === undefined || onDay <= period.to);
}

/** Texts in force on a day that ask something in this province; a text left without obligations is left out. */
export function applicableFrameworks(
  frameworks: readonly Framework[],
  onDay: string,
  province: string,
): readonly Framework[] {
  const known = lately.get(frameworks);
  if (known?.onDay === onDay && known.province === province) return known.applicable;
  const applicable = frameworks.flatMap((framework) => {
    if (!inForce(framework.inForce, onDay)) return [];
    const obligations = framework.obligations.filter((obligation) => bindsProvince(obligation, province));
    return obligations.length === 0 ? [] : [{ ...framework, obligations }];
  });
  lately.set(frameworks, { onDay, province, applicable });
  return applicable;
}

type Asked = { readonly onDay: string; readonly province: string; readonly applicable: readonly Framework[] };
/** Asked for each system of a province anew, with the same answer. */
const lately = new WeakMap<readonly Framework[], Asked>();

/**
 * What the texts in force ask of one system on a day (`YYYY-MM-DD`). Tasks of the province as a whole are not among
 * them (`provinceObligations`). A system without a level is asked only what binds at every level, with no clause named.
 * `regime`: the law that its level stands under, where that is not to be told from the system itself.
 */
export function applicableObligations(
  system: System,
  frameworks: readonly Framework[],
  onDay: string,
  province: string,
  regime: Regime = regimeOf(system, onDay),
): readonly Applicable[] {
  const level = system.classification?.level;
  return applicableFrameworks(frameworks, onDay, province)
    .filter((framework) => bindsRegime(framework, regime, onDay))
    .flatMap((framework) =>
      framework.obligations
        .filter((obligation) => obligation.task?.provinceWide !== true)
        .filter((obligation) => obligation.criticalOnly !== true || system.critical !== undefined)
        .filter((obligation) => bindsLevel(obligation, level))
        .map((obligation) => {
          const clause = clauseOf(obligation, level);
          return { framework, obligation, ...(clause === undefined ? {} : { clause }) };
        }),
    );
}

/** Tasks that the texts in force give to the province as a whole. */
export function provinceObligations(
  frameworks: readonly Framework[],
  onDay: string,
  province: string,
): readonly Applicable[] {
  return applicableFrameworks(frameworks, onDay, province).flatMap((framework) =>
    framework.obligations
      .filter((obligation) => obligation.task?.provinceWide === true)
      .map((obligation) => {
        const clause = obligation.cite.clause;
        return { framework, obligation, ...(clause === undefined ? {} : { clause }) };
      }),
  );
}

function bindsProvince(obligation: Obligation, province: string): boolean {
  return obligation.task?.province === undefined || obligation.task.province === province;
}

function bindsRegime(framework: Framework, regime: Regime, onDay: string): boolean {
  if (framework.regimes === undefined) return true;
  return framework.regimes.some((bound) => bound.regime === regime && inForce(bound, onDay));
}

function bindsLevel(obligation: Obligation, level: Level | undefined): boolean {
  const bound = obligation.levels;
  if (bound === undefined) return true;
  return level === undefined ? levels.every((each) => bound[each] !== undefined) : bound[level] !== undefined;
}

function clauseOf(obligation: Obligation, level: Level | undefined): string | undefined {
  if (obligation.levels === undefined) return obligation.cite.clause;
  return level === undefined ? undefined : obligation.levels[level];
}
