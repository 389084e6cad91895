import { randomUUID } from 'node:crypto';
import type { Inventory } from '../model/inventory.ts';
import type { Manner } from '../model/manner.ts';
import type { Resolution } from '../model/resolver.ts';
import { askName } from '../probe/dns/ask-name.ts';
import { createDnsResolver, type Resolver } from '../probe/dns/resolver.ts';
import { resolveName } from '../probe/resolve.ts';
import type { Store } from '../store/types.ts';
import { isByResolvers } from './dns-servers.ts';

/** Gives the addresses of a name. Throws the signal's reason. */
export type LookUp = (name: string, signal: AbortSignal) => Promise<Resolution>;

/** Asks a resolver of ours. */
export function byResolver(resolver: Pick<Resolver, 'ask'>): LookUp {
  return (name, signal) => askName(resolver, name, signal);
}

/** Asks this machine. A question to it cannot be taken back, but nobody need wait for the answer. */
export const byMachine: LookUp = async (name, signal) => {
  signal.throwIfAborted();
  const asked = resolveName(name);
  const stopped = Promise.withResolvers<never>();
  const stop = () => {
    stopped.reject(signal.reason);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([asked, stopped.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
};

/** The same before anything is looked at: each question ends by itself, and a stop is heeded by whoever looks. */
export const whilePlanning =
  (ask: LookUp) =>
  (name: string): Promise<Resolution> =>
    ask(name, never);

const never = new AbortController().signal;

type Naming = { readonly manner: Manner; readonly inventory: Inventory; readonly zone: string };

/** How the names of a run are looked up before it has begun, and what that cost our resolvers: it is the run's. */
export function namesOf({ manner, inventory, zone }: Naming): {
  readonly isByResolvers: boolean;
  readonly lookUp: (name: string) => Promise<Resolution>;
  readonly keepCosts: (store: Pick<Store, 'addCosts'>, run: string) => Promise<void>;
} {
  const resolver = createDnsResolver(manner.resolvers);
  const isNamed = isByResolvers(manner, inventory, zone);
  return {
    isByResolvers: isNamed,
    lookUp: whilePlanning(isNamed ? byResolver(resolver) : byMachine),
    keepCosts: async (store, run) => {
      const resolverCosts = resolver.costs().filter(({ queries }) => queries > 0);
      if (resolverCosts.length > 0) await store.addCosts(run, randomUUID(), { costs: [], resolverCosts });
    },
  };
}
