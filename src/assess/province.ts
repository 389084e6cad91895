import type { Assessment } from '../model/assessment.ts';
import type { Framework } from '../model/framework.ts';
import type { Iso } from '../model/observation.ts';
import { provinceObligations } from './applicable.ts';
import { dayOf } from '../model/day.ts';
import { standingOf } from './standing.ts';

/** An obligation of the province as a whole: an Assessment without a system. */
export type ProvinceAssessment = Omit<Assessment, 'system'>;

/**
 * Tasks given to the province as a whole. No scan sees them and the inventory has no place for their papers, so each is
 * for a person to verify; what is known is where it stands against its date.
 */
export function assessProvince(
  frameworks: readonly Framework[],
  at: Iso,
  province: string,
): readonly ProvinceAssessment[] {
  const onDay = dayOf(at);
  return provinceObligations(frameworks, onDay, province).map(({ framework, obligation, clause }) => {
    const standing = standingOf(obligation.task, { verdict: 'manual', onDay });
    return {
      framework: framework.id,
      obligation: obligation.id,
      verdict: 'manual',
      because: 'no-check',
      ...(clause === undefined ? {} : { clause }),
      findings: [],
      coverage: { seen: 0, needed: 0 },
      ...(standing === undefined ? {} : { standing }),
    };
  });
}
