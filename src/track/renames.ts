import type { Check, CheckId } from '../model/check.ts';

/** The present id of a check that may have been replaced, step by step; an id that nothing replaces stays. Pure. */
export function renamesOf(checks: readonly Pick<Check, 'id' | 'replaces'>[]): (id: CheckId) => CheckId {
  const current = new Set(checks.map(({ id }) => id));
  const successor = new Map(checks.flatMap(({ id, replaces = [] }) => replaces.map((old) => [old, id] as const)));
  return (id) => {
    const seen = new Set<CheckId>();
    let now = id;
    for (let next = successor.get(now); next !== undefined && !current.has(now); next = successor.get(now)) {
      if (seen.has(next)) return id;
      seen.add(next);
      now = next;
    }
    return current.has(now) ? now : id;
  };
}
