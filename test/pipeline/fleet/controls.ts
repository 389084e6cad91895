import { expect, it } from 'vitest';
import type { FleetLab } from './lab.ts';
import { run } from './lanes.ts';

export function testControls(lab: FleetLab): void {
  const { begin, desk } = lab;

  it('of several workers at once are all kept, once each, and none after the end', async () => {
    await begin();
    const desks = [await desk(), await desk(), await desk()];
    const round = { at: '2026-11-26T00:00:00.000Z', looks: [], costs: [], resolverCosts: [] };
    const tell = () => Promise.all(desks.map((one) => one.controls(run.id, round)));
    expect(await tell()).toEqual(['kept', 'kept', 'kept']);
    expect(await tell()).toEqual(['had', 'had', 'had']);
    expect(await lab.fleet.store.controls.rounds(run.id)).toEqual([round, round, round]);
    await lab.fleet.store.finishRun(run.id, 'finished', await lab.fleet.store.storeTime());
    const late = { ...round, at: '2026-11-26T00:00:01.000Z' };
    expect(await desks[0]?.controls(run.id, late)).toBe('fenced');
    expect(await lab.fleet.store.controls.rounds(run.id)).toHaveLength(3);
  });
}
