import { describeScope } from '../inventory/describe-scope.ts';
import { refusalOf, type Refusal } from '../inventory/scope.ts';
import { failure, type Failure } from '../model/failure.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Iso } from '../model/observation.ts';

const absolute: ReadonlySet<Refusal | undefined> = new Set(['excluded', 'excluded-system', 'state-secret']);

/** Says why a name may not even be asked about: it is excluded, or of a system that is never scanned. */
export function createForbiddenNames(
  inventory: Inventory,
  zone: string,
  now: () => Iso,
): (name: string) => Failure | undefined {
  const scope = describeScope(inventory);
  return (name) => {
    const { permission } = scope({ name, port: 53, zone, at: now() });
    if (permission.allowed || !absolute.has(refusalOf(permission.reason))) return undefined;
    return failure('not-permitted', `${name}: ${permission.reason}`);
  };
}
