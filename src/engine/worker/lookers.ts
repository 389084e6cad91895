import { readControls } from './read-controls.ts';
import type { Shift } from './shift.ts';
import type { LaneLooker, WorkerOptions } from './types.ts';

/** A run that nothing was asked of for so long is over, or as good as: its looker, which knows what it sent, is forgotten. */
const forgottenMs = 86_400_000;

/** One looker a run, which has read the controls before the first lane that asks for it. */
export type Lookers = {
  readonly of: (run: string) => Promise<LaneLooker>;
  /** Undefined: none was made. */
  readonly known: (run: string) => Promise<LaneLooker | undefined>;
};

export function createLookers(shift: Shift, lookerOf: WorkerOptions['looker']): Lookers {
  const { desk, insist, signal } = shift;
  const lookers = new Map<string, { readonly looker: Promise<LaneLooker>; usedAt: number }>();

  async function make(run: string): Promise<LaneLooker> {
    const looker = lookerOf(await insist(() => desk.order(run), signal));
    await readControls(shift, run, looker);
    return looker;
  }

  return {
    of: (run) => {
      const now = performance.now();
      for (const [old, { usedAt }] of lookers) if (now - usedAt > forgottenMs) lookers.delete(old);
      let entry = lookers.get(run);
      if (entry === undefined) {
        entry = { looker: make(run), usedAt: now };
        entry.looker.catch(() => lookers.delete(run));
        lookers.set(run, entry);
      }
      entry.usedAt = now;
      return entry.looker;
    },
    known: async (run) => lookers.get(run)?.looker.catch(() => undefined),
  };
}
