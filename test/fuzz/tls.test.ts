import { expect, it } from 'vitest';
import { runCampaign } from './tls-campaign.ts';

/** The same each time: CI fails for what was changed, not for what was drawn. `npm run fuzz:tls` draws others. */
const ours = 20_261_126;

it('every observation of a fuzzed server ends in facts or a failure that the server brought about', async () => {
  const report = await runCampaign({ network: '127.0.66', seed: ours, ms: 12_000, leastCases: 60, lanes: 6 });
  expect(report.faults).toEqual([]);
  expect(report.cases).toBeGreaterThan(20);
  expect(report.endings['facts']).toBeGreaterThan(0);
  expect(Object.keys(report.mutations).length).toBeGreaterThan(15);
  expect(report.leftOpen).toBe(0);
});
