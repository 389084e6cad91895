import { setTimeout as sleep } from 'node:timers/promises';
import type { DeskClock } from '../../engine/desk-clock.ts';
import type { Feeds } from '../../feeds/open.ts';
import { canonicalJson } from '../../model/canonical.ts';
import type { LookOrder } from '../../model/desk.ts';
import type { HoldKeeper } from '../../probe/wire/hold-keeper.ts';
import type { Store } from '../../store/types.ts';
import { lookAtControls, type ControlLookOptions } from '../control-looks.ts';
import { keepRound } from '../control-rounds.ts';
import { isAway } from './away.ts';

export type ReadControlsOptions = ControlLookOptions & {
  readonly store: Store;
  readonly feeds: Feeds;
  readonly clock: DeskClock;
  readonly keeper: HoldKeeper;
};

/** A worker reads the controls of its zone before its first lane of a run, from where it stands: nobody else can for it. */
export async function readControls(order: LookOrder, options: ReadControlsOptions): Promise<void> {
  const { store, feeds, clock, keeper, ...how } = options;
  const round = await lookAtControls(order, { ...how, holds: keeper.forWire(), now: clock.now });
  if (round === undefined) return;
  for (;;) {
    try {
      const { lawbook } = await store.judgement(order.run);
      const same = canonicalJson(lawbook.reference.feeds ?? {}) === canonicalJson(feeds.states);
      const law = { inventory: order.inventory, zone: order.zone, lawbook, ...(same ? { ask: feeds.ask } : {}) };
      await keepRound(store, order.run, law, { ...round, at: clock.now() });
      return;
    } catch (error) {
      if (!isAway(error)) throw error;
      await sleep(1000, undefined, { signal: how.signal });
    }
  }
}
