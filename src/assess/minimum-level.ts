import type { System } from '../model/inventory.ts';
import type { Level } from '../model/inventory/classification.ts';

/** The least level that a system's own facts ask for, and the clause that says so. */
export type MinimumLevel = { readonly level: Level; readonly clause: string };

/**
 * The least level by Decree 331/2026 Đ12-13, of the criteria that the inventory records; a system may belong higher by
 * others (conditional business, works, risk). Undefined where nothing is recorded that decides.
 */
export function minimumLevel(system: System): MinimumLevel | undefined {
  if (system.classification === undefined) return undefined;
  const facts = system.classification.facts ?? {};
  const online = facts.type === 'phuc-vu-nguoi-dan-doanh-nghiep';
  if (system.stateSecret === true || facts.information?.includes('bi-mat-nha-nuoc') === true) {
    return { level: 3, clause: 'Đ13.1' };
  }
  if (facts.administrativeProcedures === true) return { level: 3, clause: 'Đ13.2.b' };
  if (online && ((facts.basicDataSubjects ?? 0) >= 100_000 || (facts.sensitiveDataSubjects ?? 0) >= 10_000)) {
    return { level: 3, clause: 'Đ13.2.c' };
  }
  if (facts.type === 'co-so-ha-tang') {
    if (facts.infrastructureScope === 'quoc-gia' || facts.infrastructureScope === 'bo-nganh-tinh') {
      return { level: 3, clause: 'Đ13.3' };
    }
    if (facts.infrastructureScope === 'mot-co-quan') return { level: 2, clause: 'Đ12.3' };
  }
  if (online) return { level: 2, clause: 'Đ12.2' };
  const information = facts.information ?? [];
  if (facts.type !== 'noi-bo' || information.length === 0) return undefined;
  const onlyPublic = information.every((kind) => kind === 'cong-cong');
  return onlyPublic ? { level: 1, clause: 'Đ11.1' } : { level: 2, clause: 'Đ12.1' };
}
