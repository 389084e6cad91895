/** Files that need a process of their own; all others share one a worker, so they put back whatever they change of it. */
export const apart = [
  // Turns the tests that it imports to PostgreSQL.
  'test/store/postgres.test.ts',
  // Measure the process itself: its sockets, its memory, its turns of the processor, what is written to its output.
  'test/fuzz/tls.test.ts',
  'test/judge/speed.test.ts',
  'test/probe/http/paths/hostile.test.ts',
  'test/probe/software/read-banner.test.ts',
  'test/probe/tls/faults/scripted.test.ts',
];
