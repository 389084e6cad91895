/** How long what is not renewed lasts. */
export type FleetTimes = {
  /** A lane without a sign of life; 10 at least. */
  readonly leaseSeconds: number;
  /** An address that nothing renewed. */
  readonly holdMs: number;
};

const defaultLeaseSeconds = 30;
const defaultHoldMs = 20_000;
/** Tests shorten the times by RASOAT_LEASE_SECONDS; everybody else's are the same over all machines. */
export function fleetTimes(env: Readonly<Record<string, string | undefined>> = process.env): FleetTimes {
  const asked = Number(env['RASOAT_LEASE_SECONDS']);
  if (!Number.isInteger(asked) || asked < 10) return { leaseSeconds: defaultLeaseSeconds, holdMs: defaultHoldMs };
  return { leaseSeconds: asked, holdMs: Math.min(defaultHoldMs, asked * 800) };
}
