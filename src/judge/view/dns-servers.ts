import { Type, type Static, type TObject } from '@sinclair/typebox';
import { serverStates, type DnsFacts, type NameServer, type ServerAddress } from '../../model/facts/dns.ts';
import { failure, type Failure } from '../../model/failure.ts';
import { closed, list, oneOf, text } from '../../model/schema.ts';
import { seen, unseen, type Part } from './part.ts';

const name = text(255);
const place = { name, address: text(45) };
const whole = Type.Optional(Type.Boolean());

/**
 * The name servers of a zone as checks read them. A fact named `...Told` stands only where every server told it on one
 * address at least: without it a list may lack a server that was not heard.
 */
export const serversView = {
  /** Names of the zone's servers that have an address. */
  servers: Type.Optional(list(name, 16)),
  /** Names of the zone's servers that do not exist, or have no address. */
  namelessServers: Type.Optional(list(name, 16)),
  /** Networks that the servers stand in: `/24` of IPv4, `/48` of IPv6. */
  serverNetworks: Type.Optional(list(text(64), 96)),
  /** Those of the servers that have an IPv6 address. */
  ipv6Servers: Type.Optional(list(name, 16)),
  /** Addresses that are named for the zone and do not serve it. */
  lame: Type.Optional(list(Type.Object({ ...place, state: oneOf(serverStates) }, closed), 96)),
  authorityTold: whole,
  /** Addresses that resolve for strangers. */
  recursive: Type.Optional(list(Type.Object(place, closed), 96)),
  recursionTold: whole,
  /** Addresses that give the whole zone to strangers. */
  transferring: Type.Optional(list(Type.Object(place, closed), 96)),
  transferTold: whole,
  /** Versions that servers tell. */
  versions: Type.Optional(list(Type.Object({ ...place, version: text(256) }, closed), 96)),
  versionTold: whole,
  serials: Type.Optional(list(Type.Object({ ...place, serial: Type.Integer() }, closed), 96)),
  /** All the servers hold the same copy of the zone; absent where fewer than two told theirs. */
  serialsEqual: Type.Optional(Type.Boolean()),
  /** Differences between the parent's delegation and the zone's own list. */
  delegation: Type.Optional(Type.Object({ onlyParent: list(name, 32), onlyChild: list(name, 32) }, closed)),
};
type ServersView = Static<TObject<typeof serversView>>;
type Parts = { readonly [K in keyof Required<ServersView>]: Part<NonNullable<ServersView[K]>> };

/** What a server is, by what was heard of one of its addresses; the rest is silence, which shows nothing. */
const decided: ReadonlySet<ServerAddress['state']> = new Set([
  'answers',
  'not-authoritative',
  'refused',
  'servfail',
  'other',
  'closed',
]);

/** Derives what is known of the name servers; pure. */
export function serversOf(facts: DnsFacts, gap: (part: 'nameServers' | 'delegation') => Failure): Parts {
  const { nameServers } = facts;
  const delegation = delegationOf(facts, gap);
  if (nameServers === undefined) {
    const none = unseen(gap('nameServers'));
    const keys = Object.keys(serversView).map((key) => [key, none]);
    return { ...(Object.fromEntries(keys) as Parts), delegation };
  }
  const spots = nameServers.flatMap((server) => server.addresses.map((one) => ({ ...one, name: server.name })));
  const at = ({ name: server, address }: { readonly name: string; readonly address: string }) => ({
    name: server,
    address,
  });
  const told = (tells: (one: ServerAddress) => boolean) => toldBy(nameServers, tells);
  const looked = nameServers.find(({ lookup }) => lookup === 'failed');
  const listed = <T>(value: T): Part<T> =>
    looked === undefined ? seen(value) : unseen(failure('dns', `the resolver could not say where ${looked.name} is`));
  return {
    servers: listed(nameServers.filter(({ lookup }) => lookup === 'found').map((one) => one.name)),
    namelessServers: listed(
      nameServers.filter(({ lookup }) => lookup === 'nxdomain' || lookup === 'nodata').map((one) => one.name),
    ),
    serverNetworks: listed([...new Set(spots.map(({ address }) => networkOf(address)))]),
    ipv6Servers: listed(
      nameServers
        .filter(({ addresses }) => addresses.some(({ address }) => address.includes(':')))
        .map((one) => one.name),
    ),
    lame: seen(
      spots
        .filter(({ state }) => state !== 'answers' && decided.has(state))
        .map((one) => ({ ...at(one), state: one.state })),
    ),
    authorityTold: told(({ state }) => decided.has(state)),
    recursive: seen(spots.filter(({ recursion }) => recursion === true).map(at)),
    recursionTold: told(({ recursion, state }) => recursion !== undefined || state === 'closed'),
    transferring: seen(spots.filter(({ transfer }) => transfer === 'allowed').map(at)),
    transferTold: told(({ transfer, state }) => transfer !== undefined || (decided.has(state) && state !== 'answers')),
    versions: seen(spots.flatMap((one) => (one.version == null ? [] : [{ ...at(one), version: one.version }]))),
    versionTold: told(({ version, state }) => version !== undefined || state === 'closed'),
    serials: seen(spots.flatMap((one) => (one.serial === undefined ? [] : [{ ...at(one), serial: one.serial }]))),
    serialsEqual: serialsEqualOf(nameServers),
    delegation,
  };
}

function toldBy(servers: readonly NameServer[], tells: (one: ServerAddress) => boolean): Part<boolean> {
  const quiet = servers.find(({ addresses }) => addresses.length > 0 && !addresses.some(tells));
  if (quiet !== undefined) return unseen(quietness(quiet));
  const asked = servers.some(({ addresses }) => addresses.length > 0);
  return asked ? seen(true) : unseen(failure('dns', 'no name server has an address'));
}

function quietness({ name: server, addresses }: NameServer): Failure {
  const [first] = addresses;
  const words = first?.detail ?? `${server} did not answer`;
  if (first?.state === 'not-permitted') return failure('not-permitted', words);
  return failure(first?.state === 'failed' ? 'unreachable' : 'timeout', words);
}

function serialsEqualOf(servers: readonly NameServer[]): Part<boolean> {
  const serials = servers.flatMap(({ addresses }) => addresses.flatMap(({ serial }) => serial ?? []));
  if (new Set(serials).size > 1) return seen(false);
  if (serials.length < 2) return unseen(failure('undecided', 'fewer than two servers told their serial'));
  const quiet = servers.find(
    ({ addresses }) =>
      addresses.length > 0 && !addresses.some(({ serial, state }) => serial !== undefined || decided.has(state)),
  );
  return quiet === undefined ? seen(true) : unseen(quietness(quiet));
}

function delegationOf(
  { delegation, nameServers }: DnsFacts,
  gap: (part: 'nameServers' | 'delegation') => Failure,
): Parts['delegation'] {
  if (delegation === undefined) return unseen(gap('delegation'));
  if (nameServers === undefined) return unseen(gap('nameServers'));
  const byServers = nameServers.flatMap(({ addresses }) => addresses.flatMap((one) => one.nameServers ?? []));
  const child = new Set(byServers.length > 0 ? byServers : nameServers.map((one) => one.name));
  const parent = new Set(delegation.nameServers);
  return seen({
    onlyParent: [...parent].filter((one) => !child.has(one)),
    onlyChild: [...child].filter((one) => !parent.has(one)).slice(0, 32),
  });
}

/** The network by which an address is told from others: `/24` of IPv4, `/48` of IPv6. */
function networkOf(address: string): string {
  if (!address.includes(':')) return `${address.split('.').slice(0, 3).join('.')}.0/24`;
  const [head = '', tail] = address.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups =
    tail === undefined
      ? left
      : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return `${groups
    .slice(0, 3)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/48`;
}
