/**
 * Milliseconds of the processor that synchronous work takes. Time by the clock would count what a busy machine gives to others
 * meanwhile.
 */
export function cpuMs(work: () => unknown): number {
  const from = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}
