import type { Observation } from './observation.ts';

/** What web endpoints received of us in requests. */
export type WebCost = {
  readonly endpoints: number;
  readonly requests: number;
  /** Most of any one endpoint. */
  readonly most: number;
  /** Questions that were left out: no room, no time, or the site wanted no more. */
  readonly leftOut: number;
};

/** Adds up the requests of web observations; those of before `http/2` counted none. */
export function webCostOf(observations: readonly Observation[]): WebCost {
  const counted = observations.flatMap((one) =>
    one.kind === 'http' && one.ok && one.facts.requests !== undefined ? [one.facts.requests] : [],
  );
  return {
    endpoints: counted.length,
    requests: counted.reduce((sum, { made }) => sum + made, 0),
    most: counted.reduce((most, { made }) => Math.max(most, made), 0),
    leftOut: counted.reduce((sum, { leftOut }) => sum + leftOut, 0),
  };
}
