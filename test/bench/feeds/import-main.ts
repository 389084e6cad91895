// Imports files into a folder in a process of its own, so that its memory can be measured; says what it took.
import { importFeeds } from '../../../src/feeds/import.ts';
import { keepYoungHeapSmall } from '../../../src/cli/young-heap.ts';

keepYoungHeapSmall();
const [folder = '', ...files] = process.argv.slice(2);
const startedAt = performance.now();
const imported = await importFeeds(folder, files, { now: new Date().toISOString(), date: '2026-11-20T00:00:00.000Z' });
console.log(
  JSON.stringify({
    feeds: imported.map(({ feed, now }) => ({ feed, entries: now.entries, complete: now.complete })),
    seconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: process.resourceUsage().userCPUTime / 1e6 + process.resourceUsage().systemCPUTime / 1e6,
    // Linux: kilobytes, the most that was ever resident.
    peakMegabytes: process.resourceUsage().maxRSS / 1000,
  }),
);
