import type { Desk } from '../../model/desk.ts';
import { Refusal } from './protocol.ts';
import type { ZoneAgent } from './zone-settings.ts';

type Seat = { readonly agent: ZoneAgent; readonly desk: Desk; usedAt: number };

/** Desks by agent and session. */
export type Desks = {
  readonly open: (agent: ZoneAgent, session: string) => Promise<Desk>;
  /** Throws Refusal `session` for one that said no hello, or long ago. */
  readonly of: (agent: ZoneAgent, session: string) => Desk;
  readonly leave: (agent: ZoneAgent, session: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Sessions of one agent at a time: its own, and those whose results it still has to deliver. */
const mostSessions = 16;
const idleMs = 600_000;

export function createDesks(deskOf: (agent: ZoneAgent) => Desk | Promise<Desk>): Desks {
  const seats = new Map<string, Seat>();
  const keyOf = ({ fingerprint }: ZoneAgent, session: string) => `${fingerprint} ${session}`;

  async function drop(key: string): Promise<void> {
    const seat = seats.get(key);
    seats.delete(key);
    await seat?.desk.close().catch(() => undefined);
  }

  async function tidy(agent: ZoneAgent): Promise<void> {
    const now = performance.now();
    const own = [...seats].filter(([, seat]) => seat.agent.fingerprint === agent.fingerprint);
    own.sort(([, a], [, b]) => b.usedAt - a.usedAt);
    for (const [key, { usedAt }] of own.slice(mostSessions - 1)) if (usedAt < now) await drop(key);
    for (const [key, { usedAt }] of seats) if (now - usedAt > idleMs) await drop(key);
  }

  return {
    open: async (agent, session) => {
      const key = keyOf(agent, session);
      const known = seats.get(key);
      if (known?.agent.zone === agent.zone) return known.desk;
      await drop(key);
      await tidy(agent);
      const desk = await deskOf(agent);
      seats.set(key, { agent, desk, usedAt: performance.now() });
      return desk;
    },
    of: (agent, session) => {
      const seat = seats.get(keyOf(agent, session));
      if (seat?.agent.zone !== agent.zone) throw new Refusal('session', 'say hello first');
      seat.usedAt = performance.now();
      return seat.desk;
    },
    leave: (agent, session) => drop(keyOf(agent, session)),
    close: async () => {
      for (const key of [...seats.keys()]) await drop(key);
    },
  };
}
