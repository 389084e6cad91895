import type { System } from '../../model/inventory.ts';
import { lastPeriodic } from './dossier-defects.ts';

/** The counters of Mẫu 08 part 1. */
export type Counters = {
  readonly total: number;
  /** "đã xác định được loại hình hệ thống thông tin". */
  readonly classified: number;
  /** The dossier left its drafting: one that is still "Đang dự thảo" has not been built. */
  readonly dossier: number;
  readonly appraised: number;
  readonly approved: number;
  /** Approved, with at least one periodic inspection on paper. */
  readonly inspected: number;
};

/** Counts over all systems under management, those that hold state secrets too: a number names nothing. */
export function counters(systems: readonly System[]): Counters {
  const count = (is: (system: System) => boolean) => systems.filter(is).length;
  const state = ({ classification }: System) => classification?.dossier ?? 'chua-lap';
  const approved = (system: System) => state(system) === 'da-phe-duyet';
  return {
    total: systems.length,
    classified: count(({ classification }) => classification?.facts?.type !== undefined),
    dossier: count((system) => ['da-gui-tham-dinh', 'da-tham-dinh', 'da-phe-duyet'].includes(state(system))),
    appraised: count((system) => ['da-tham-dinh', 'da-phe-duyet'].includes(state(system))),
    approved: count(approved),
    inspected: count(
      (system) =>
        approved(system) && system.classification !== undefined && lastPeriodic(system.classification) !== undefined,
    ),
  };
}

/** The day by which all are to be approved: the latest that is expected, and nothing while one of them has no day. */
export function allApprovedBy(systems: readonly System[]): string | null {
  const open = systems.filter(({ classification }) => classification?.dossier !== 'da-phe-duyet');
  const days = open.flatMap(({ classification }) => classification?.expectedApproval ?? []);
  if (open.length === 0 || days.length < open.length) return null;
  return days.toSorted().at(-1) ?? null;
}
