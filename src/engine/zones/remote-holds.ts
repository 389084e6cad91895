import { DeskAway, type Hold, type Holds } from '../../model/desk.ts';
import type { Answers, Asks } from './protocol.ts';

type HoldCall = 'hold-take' | 'hold-renew' | 'hold-release';

export type RemoteHoldsOptions = {
  readonly call: <Name extends HoldCall>(name: Name, ask: Asks[Name]) => Promise<Answers[Name]>;
  /** Whether a lane of this address was handed to us, and nobody else can be given it. */
  readonly isOurs: (address: string) => boolean;
};

/** Marks a right that nobody gave. */
const own = -1;
const defaultMs = 20_000;

/**
 * Rights to addresses over the wire. In a cut the only agent of a zone gives itself the right to the addresses of lanes in its
 * hands, and to no other. Where somebody else works for the zone it waits, for the centre gives them what it has not heard of for
 * a lease. When the wire is back it asks, and gives way where another has the address by then.
 */
export function remoteHolds({ call, isOurs }: RemoteHoldsOptions): Holds {
  let forMs = defaultMs;
  /** Rights kept on in a cut, past what the centre gave. */
  const stretched = new Set<string>();

  async function take(address: string): Promise<Hold | undefined> {
    const { hold } = await call('hold-take', { address });
    if (hold !== undefined) forMs = hold.forMs;
    return hold;
  }

  return {
    take: async (address) => {
      try {
        return await take(address);
      } catch (error) {
        if (!(error instanceof DeskAway) || !isOurs(address)) throw error;
        return { address, fence: own, forMs };
      }
    },
    renew: async (hold) => {
      const { address } = hold;
      try {
        if (hold.fence === own) return await take(address);
        const { hold: next } = await call('hold-renew', { hold });
        const asked = next === undefined && stretched.has(address) ? await take(address) : next;
        stretched.delete(address);
        return asked;
      } catch (error) {
        if (!(error instanceof DeskAway) || !isOurs(address)) throw error;
        stretched.add(address);
        return { ...hold, forMs };
      }
    },
    release: async (hold) => {
      stretched.delete(hold.address);
      if (hold.fence !== own) await call('hold-release', { hold }).catch(() => undefined);
    },
  };
}
