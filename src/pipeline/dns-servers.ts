import { parseResolver } from '../inventory/resolver.ts';
import { UserError } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Manner } from '../model/manner.ts';
import type { ResolverAddress } from '../model/resolver.ts';
import { message } from '../model/text.ts';
import { machineServers } from '../probe/resolve.ts';

/** Whom a run asks, and whether for endpoints' names too: what a zone calls by a name may be another machine there. */
export function resolversFor(
  inventory: Inventory,
  zone: string,
  asked: string | undefined,
): Pick<Manner, 'resolvers' | 'resolversNamed'> {
  const isNamed = asked !== undefined || ownResolver(inventory, zone) !== undefined;
  return { resolvers: resolversOf(inventory, zone, asked), ...(isNamed ? { resolversNamed: true } : {}) };
}

/** Whether a run looks names up by its resolvers; one begun before that was kept does so where its zone has a resolver of its own. */
export function isByResolvers({ resolversNamed }: Manner, inventory: Inventory, zone: string): boolean {
  return resolversNamed === true || ownResolver(inventory, zone) !== undefined;
}

/**
 * The resolvers that a run asks: the one named, else the zone's own in the inventory, else this machine's. Throws
 * UserError for a text that is no `ADDRESS[:PORT]`.
 */
export function resolversOf(inventory: Inventory, zone: string, asked: string | undefined): readonly ResolverAddress[] {
  const named = asked ?? ownResolver(inventory, zone);
  if (named === undefined) return machineServers().flatMap((text) => parseResolver(text) ?? []);
  const parsed = parseResolver(named);
  if (parsed === undefined) throw new UserError([{ message: message('cli.bad-resolver', { value: named }) }]);
  return [parsed];
}

/** The resolver that the inventory names for a zone. */
function ownResolver(inventory: Inventory, zone: string): string | undefined {
  return inventory.zones.find(({ id }) => id === zone)?.resolver;
}
