import { defineConfig } from 'vitest/config';
import { SlowFirst } from './test/setup/slow-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Real servers share two cores, and many tests wait for the pace of a polite scan: one worker more than cores.
    maxWorkers: 3,
    sequence: { sequencer: SlowFirst },
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reporter: ['text-summary', 'json-summary'] },
  },
});
