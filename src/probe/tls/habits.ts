import type { Dial } from './exchange.ts';
import type { Lane } from './lane.ts';
import type { Decider } from './order.ts';

/** What the versions of one host tell each other. */
export type Habits = {
  /** Lanes that one version may use side by side. */
  readonly lanes: number;
  /**
   * Who decides at TLS 1.2, as soon as that is known; undefined at TLS 1.2 itself, and where there is no time to wait. The
   * others are asked all the same, by the way that is cheaper then.
   */
  readonly decider: (protocol: Lane['protocol']) => Promise<Decider | undefined>;
  /** Heard from TLS 1.2 alone; the first word counts. */
  readonly tell: (protocol: Lane['protocol'], decider: Decider | undefined) => void;
};

/** Connections that the versions use side by side, one each. */
const versionsAtOnce = 6;
const mostLanes = 4;
/** New connections a second below which lanes would only wait for each other. */
const leastRate = 100;

/** Lanes are for hosts whose limits leave room beside the other versions. */
export function createHabits({ wire, address, port, name }: Dial): Habits {
  const permission = wire.permits(address, port, name);
  const limits = permission.allowed ? permission.limits : { connections: 1, perSecond: 1 };
  const spare = limits.perSecond < leastRate ? 0 : limits.connections - versionsAtOnce;
  const lanes = Math.min(mostLanes, Math.max(1, 1 + Math.floor(spare / 3)));
  const { promise, resolve } = Promise.withResolvers<Decider | undefined>();
  return {
    lanes,
    decider: (protocol) => (lanes > 1 || protocol === 'TLSv1.2' ? Promise.resolve(undefined) : promise),
    tell: (protocol, decider) => {
      if (protocol === 'TLSv1.2') resolve(decider);
    },
  };
}
