import { FailureError } from '../../model/failure.ts';
import type { Wire } from '../wire/wire.ts';
import { ask, type Channel } from './exchange.ts';
import type { DnsAnswer, Question, RecordType } from './message.ts';
import { canonicalName } from './name.ts';
import type { Resolver } from './resolver.ts';

/** Most questions about one domain: to our resolver, and to name servers. */
const mostQuestions = { resolver: 120, servers: 120 } as const;

type How = { readonly recursion?: boolean; readonly once?: boolean };

/** Everything that is asked about one domain, counted and bounded. */
export type Asking = {
  /** Through our resolver; a question asked before is not asked again. */
  readonly resolve: (name: string, type: RecordType) => Promise<DnsAnswer>;
  /** Of one name server, through the wire. `name` is what led to the address. */
  readonly server: (address: string, name: string, question: Question, how?: How) => Promise<DnsAnswer>;
  /** The way to a name server for what is no single answer; counts as one question. */
  readonly channel: (address: string, name: string) => Channel;
  readonly signal: AbortSignal;
  readonly counts: () => { readonly resolver: number; readonly servers: number; readonly leftOut: number };
};

export type AskingOptions = {
  readonly resolver: Resolver;
  readonly wire: Wire;
  /** Port of name servers. */
  readonly port: number;
  readonly signal: AbortSignal;
};

/** Begins the asking about one domain. Past the bound it throws FailureError `not-run`. */
export function createAsking({ resolver, wire, port, signal }: AskingOptions): Asking {
  const counts = { resolver: 0, servers: 0, leftOut: 0 };
  const known = new Map<string, Promise<DnsAnswer>>();

  function spend(of: 'resolver' | 'servers'): void {
    if (counts[of] >= mostQuestions[of]) {
      counts.leftOut += 1;
      throw new FailureError('not-run', `the bound of ${mostQuestions[of]} questions about one domain was reached`);
    }
    counts[of] += 1;
  }

  const channel = (address: string, name: string): Channel => {
    spend('servers');
    return {
      datagram: (payload, options) => wire.datagram(address, port, payload, { ...options, name }),
      connect: (until) => wire.connect(address, port, { name, signal: until }),
    };
  };

  return {
    resolve: (name, type) => {
      const key = `${canonicalName(name)} ${type}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const asked = new Promise<DnsAnswer>((resolve) => {
        spend('resolver');
        resolve(resolver.ask(canonicalName(name), type, signal));
      });
      known.set(key, asked);
      return asked;
    },
    server: async (address, name, question, { recursion = false, once = false } = {}) =>
      ask(channel(address, name), question, { recursion, once, dnssec: false, signal }),
    channel,
    signal,
    counts: () => ({ ...counts }),
  };
}
