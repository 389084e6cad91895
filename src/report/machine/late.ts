import type { Ledger } from './ledger.ts';

/** Failures past their day; null where the run was not taken into the track, for then nobody knows. */
export function lateFindings({ index, systems }: Pick<Ledger, 'index' | 'systems'>): number | null {
  if (index.data.track === undefined) return null;
  return systems.reduce(
    (sum, { findings }) => sum + findings.filter(({ life }) => life !== null && life.daysLate > 0).length,
    0,
  );
}
