import { describeScope } from '../inventory/describe-scope.ts';
import { knownAddresses } from '../inventory/endpoint.ts';
import { defaultLimits } from '../inventory/grants.ts';
import { readInventory } from '../inventory/read.ts';
import { createPermit, refusalOf } from '../inventory/scope.ts';
import { UserError } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Limits, Permission, Permit } from '../model/permission.ts';
import { message } from '../model/text.ts';
import { resolveName } from '../probe/resolve.ts';
import { hostOf } from './plan.ts';
import { zoneOf } from './zone.ts';
import { isLoopback, type TlsPlace } from './tls-place.ts';

export type TlsScopeOptions = {
  /** Inventory file whose authorisations decide. Without one only a literal loopback address is permitted. */
  readonly authorisation?: string;
  readonly zone?: string;
  /** Server name asked for where it is not the name that the place is reached by. */
  readonly sni?: string;
  /** Taken as given on loopback; elsewhere never more than the authorisation allows. */
  readonly limits?: Limits;
};

/** What may be contacted, from where, and who decides each dial. */
export type TlsScope = {
  readonly zone: string;
  readonly addresses: readonly string[];
  readonly permit: Permit;
  /** Whom the scanned may call. */
  readonly contact?: string;
};

/**
 * Decides what `rasoat tls` may contact, before a packet is sent; a name is looked up only when a document could cover
 * it. Throws UserError when nothing may be contacted, FailureError never.
 */
export async function openTlsScope(
  place: TlsPlace,
  options: TlsScopeOptions,
): Promise<TlsScope | { readonly unresolved: string }> {
  if (options.authorisation === undefined) return loopbackScope(place, options.limits ?? defaultLimits);
  const { inventory } = await readInventory(options.authorisation);
  const zone = zoneOf(inventory, options.zone);
  const permit = guard(createPermit(inventory), place, options);
  const addresses = await addressesOf(place, inventory, zone);
  if ('unresolved' in addresses) return addresses;
  const answers = addresses.found.map((address) => permit({ address, port: place.port, zone, at: now() }));
  if (answers.every(({ allowed }) => !allowed)) throw refused(place, answers[0]);
  const contact = inventory.authorisations
    .map((one) => one.contact.email ?? one.contact.phone)
    .find((one) => one !== undefined);
  return { zone, addresses: addresses.found, permit, ...(contact === undefined ? {} : { contact }) };
}

const now = () => new Date().toISOString();

function loopbackScope({ address, port }: TlsPlace, limits: Limits): TlsScope {
  if (address === undefined || !isLoopback(address)) {
    throw new UserError([{ message: message('tls.authorisation-needed') }]);
  }
  const permit: Permit = (dial) =>
    dial.address === address && dial.port === port
      ? { allowed: true, authorisation: 'loopback', limits }
      : { allowed: false, reason: 'no-authorisation' };
  return { zone: 'loopback', addresses: [address], permit };
}

/**
 * The documents' answer for the name that the place is reached by. The server name of `--sni` is the user's to choose, so
 * it can never widen what they cover; a name that is forbidden stays forbidden.
 */
function guard(inner: Permit, { name }: TlsPlace, { sni, limits }: TlsScopeOptions): Permit {
  return ({ address, port, zone, at }) => {
    const dial = { address, port, zone, at };
    const permission = inner(name === undefined ? dial : { ...dial, name });
    if (!permission.allowed) return permission;
    const asked: Permission = sni === undefined ? permission : inner({ ...dial, name: sni });
    if (!asked.allowed && forbidden.has(refusalOf(asked.reason))) return asked;
    return { ...permission, limits: lowest(permission.limits, limits) };
  };
}

const forbidden: ReadonlySet<string | undefined> = new Set(['excluded-system', 'state-secret', 'excluded']);

function lowest(allowed: Limits, asked: Limits | undefined): Limits {
  if (asked === undefined) return allowed;
  const { connections, perSecond } = asked;
  return { connections: Math.min(allowed.connections, connections), perSecond: Math.min(allowed.perSecond, perSecond) };
}

async function addressesOf(
  place: TlsPlace,
  inventory: Inventory,
  zone: string,
): Promise<{ readonly found: readonly string[] } | { readonly unresolved: string }> {
  const { name, address, port } = place;
  if (address !== undefined || name === undefined) return { found: address === undefined ? [] : [address] };
  const pinned = inventory.systems
    .flatMap(({ endpoints }) => endpoints)
    .flatMap((endpoint) => (hostOf(endpoint) === name ? (knownAddresses(endpoint) ?? []) : []));
  if (pinned.length > 0) return { found: [...new Set(pinned)] };
  const { permission, unresolved } = describeScope(inventory)({ name, port, zone, at: now() });
  // Not even the resolver hears of a name that no document could cover.
  if (!permission.allowed && !unresolved) throw refused(place, permission);
  const resolution = await resolveName(name);
  return resolution.ok ? { found: resolution.addresses } : { unresolved: resolution.failure.detail };
}

function refused({ name, address, port }: TlsPlace, permission: Permission | undefined): UserError {
  const reason = permission === undefined || permission.allowed ? 'no-authorisation' : permission.reason;
  return new UserError([{ message: message('tls.not-permitted', { host: name ?? address ?? '', port, reason }) }]);
}
