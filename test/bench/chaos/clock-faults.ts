import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hours } from '../country/inventory.ts';
import type { Base } from './base.ts';
import { crew, firstOf, type FleetStrike } from './fleet-faults.ts';
import { startFleetRun } from './fleet.ts';
import type { Stage } from './stage.ts';

const hour = 3_600_000;

/** libfaketime over the wall's clock alone: what has passed is counted as ever. */
const faketime = {
  LD_PRELOAD: '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1',
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
};
const skewed = (hours: number): NodeJS.ProcessEnv => ({ ...faketime, FAKETIME: `${hours < 0 ? '' : '+'}${hours}h` });

/** Hours of the province around now, that far before and after. */
function around(before: number, after: number): Hours {
  const clockTime = (at: number) => new Date(at + 7 * hour).toISOString().slice(11, 16);
  return { from: clockTime(Date.now() + before * hour), to: clockTime(Date.now() + after * hour) };
}

/** A run in hours that the worker's wrong clock takes to be open, and that are not: nobody may be contacted. */
async function contactsWhenClosed(stage: Stage, base: Base, hours: number): Promise<readonly string[]> {
  await stage.heard();
  const inventory = stage.inventoryWithin(around(hours - 1, hours + 1));
  const run = await startFleetRun(stage, base, { workers: 0, inventory });
  run.hire(skewed(hours));
  await run.finish();
  const { visits } = await stage.heard();
  return visits.length === 0 ? [] : [`${visits.length} connections at hours that no document permits`];
}

/**
 * One worker whose clock is hours off. It works beside others in hours that are closed by its own clock, and must do as they do; and
 * alone in hours that only its own clock takes to be open, and must contact nobody.
 */
export const skewClock =
  (hours: number): FleetStrike =>
  async (stage, base) => {
    const wrong = await contactsWhenClosed(stage, base, hours);
    const run = await startFleetRun(stage, base, {
      workers: crew - 1,
      inventory: stage.inventoryWithin(around(-1, 2)),
    });
    run.hire(skewed(hours));
    await run.finish();
    return { out: run.out, killed: new Map(), recoverMs: [], wrong, tells: ['clock-off'] };
  };

/** A worker whose clock jumps while it works, and later back. */
export const jumpClock =
  (hours: number): FleetStrike =>
  async (stage, base, random, targets) => {
    const file = join(stage.newFolder('clock'), 'offset');
    const set = (offset: string) => {
      writeFileSync(file, `${offset}\n`);
    };
    set('+0');
    const inventory = stage.inventoryWithin(around(-1, 2));
    const run = await startFleetRun(stage, base, { workers: 0, inventory });
    // Read anew each second.
    run.hire({ ...faketime, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_CACHE_DURATION: '1' });
    for (let number = 1; number < crew; number += 1) run.hire();
    await run.untilDone(Math.floor(random() * targets * 0.2));
    const { underWay } = await firstOf(run);
    set(`${hours < 0 ? '' : '+'}${hours}h`);
    const at = Date.now();
    await run.untilAll(underWay);
    const recoverMs = [Date.now() - at];
    await run.untilDone(Math.floor(targets * 0.75));
    set('+0');
    await run.finish();
    return { out: run.out, killed: new Map(), recoverMs, tells: ['clock-off'] };
  };
