import { expect, it } from 'vitest';
import { runCampaign } from './tls-campaign.ts';

it('every observation of a fuzzed server ends in facts or a failure that the server brought about', async () => {
  const report = await runCampaign({ network: '127.0.66', seed: Date.now() % 1_000_000_000, ms: 12_000, lanes: 6 });
  expect(report.faults).toEqual([]);
  expect(report.cases).toBeGreaterThan(20);
  expect(report.endings['facts']).toBeGreaterThan(0);
  expect(Object.keys(report.mutations).length).toBeGreaterThan(15);
  expect(report.leftOpen).toBe(0);
});
