import type { ResolverAddress } from '../../model/resolver.ts';
import type { ResolverCost } from '../../model/run.ts';
import { FailureError } from '../../model/failure.ts';
import { createResolverChannel } from '../wire/resolver-channel.ts';
import { ask } from './exchange.ts';
import type { DnsAnswer, RecordType } from './message.ts';

/** Our own way of asking about names. It is no target: no authorisation is asked, and what it cost is counted apart. */
export type Resolver = {
  readonly servers: readonly ResolverAddress[];
  /**
   * Asks with recursion, for signatures too (DO) and without the resolver's own validation (CD). The first server that
   * answers decides; the next is asked only where one is silent, refuses the port or fails to read us. Throws
   * FailureError of the last one when none answers.
   */
  readonly ask: (name: string, type: RecordType, signal: AbortSignal) => Promise<DnsAnswer>;
  readonly costs: () => readonly ResolverCost[];
};

/** A resolver of one or several servers, asked in their order. */
export function createDnsResolver(servers: readonly ResolverAddress[]): Resolver {
  const channels = servers.map(createResolverChannel);
  return {
    servers,
    ask: async (name, type, signal) => {
      let last: unknown = new FailureError('dns', 'no resolver is known');
      for (const channel of channels) {
        const way = { datagram: channel.datagram, connect: (until: AbortSignal) => channel.connect({ signal: until }) };
        try {
          return await ask(way, { name, type }, { recursion: true, dnssec: true, signal });
        } catch (error) {
          if (!(error instanceof FailureError)) throw error;
          last = error;
        }
      }
      throw last;
    },
    costs: () => channels.map((channel) => channel.cost()),
  };
}
