import { expect, it } from 'vitest';
import { needOf, type Constants } from './model.ts';

const measured: Constants = {
  workerCpu: 0.1,
  storeCpu: 0.02,
  bytes: 50_000,
  rows: 100,
  traffic: 200_000,
  connections: 60,
  lookSeconds: 12,
  workerMb: 400,
  atOnce: 128,
};

it('works out by hand what a million endpoints need', () => {
  const need = needOf(measured, { endpoints: 1_000_000, hours: 48, runsAYear: 52, keptYears: 1 });
  // 1,000,000 in 172,800 s are 5.787 a second.
  expect(need.endpointsASecond).toBeCloseTo(5.787, 3);
  expect(need.workerCores).toBeCloseTo(0.5787, 4);
  expect(need.storeCores).toBeCloseTo(0.1157, 4);
  expect(need.underWay).toBeCloseTo(69.44, 2);
  expect(need.workers).toBe(1);
  expect(need.diskARunGb).toBe(50);
  expect(need.diskKeptTb).toBeCloseTo(2.6, 6);
  expect(need.networkMbitASecond).toBeCloseTo(9.259, 3);
  expect(need.hoursOnOneCore).toBeCloseTo(27.78, 2);
});

it('asks for more workers where waiting, not computing, is what takes the time', () => {
  const slow = needOf(
    { ...measured, lookSeconds: 600 },
    { endpoints: 1_000_000, hours: 48, runsAYear: 52, keptYears: 1 },
  );
  // 3,472 under way, 128 a worker.
  expect(slow.workers).toBe(28);
  expect(slow.workersMemoryGb).toBeCloseTo(11.2, 6);
});
