import { defineConfig } from 'vitest/config';
import { apart } from './test/setup/apart.ts';
import { SlowFirst } from './test/setup/slow-first.ts';

export default defineConfig({
  test: {
    // What hangs is to end some day; how long anything takes on a machine that is busy is no matter.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 240_000 } },
    // Real servers share two cores, and many tests wait for the pace of a polite scan: they wait as long as they
    // compute. Four of them keep two cores busy.
    maxWorkers: 4,
    sequence: { sequencer: SlowFirst },
    setupFiles: ['test/setup/seed.ts'],
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reporter: ['text-summary', 'json-summary'] },
    // A process a file would spend half a second each on starting and on loading the same modules once more.
    projects: [
      { extends: true, test: { name: 'apart', include: apart } },
      { extends: true, test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: apart, isolate: false } },
    ],
  },
});
