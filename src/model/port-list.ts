/**
 * Which TCP ports of a host are asked, each list within the next; what its owner declared is asked in any case.
 *
 * - `declared` the declared services and nothing else
 * - `curated` ports worth asking on a government network
 * - `top-1000` a thousand common ports and the curated ones
 * - `all` 1-65535
 */
export const portListNames = ['declared', 'curated', 'top-1000', 'all'] as const;
export type PortListName = (typeof portListNames)[number];

/** A list as a run uses it: kept with the run, since `top-1000` is another on another machine. */
export type PortList = {
  readonly name: PortListName;
  /** As ranges; empty for `declared`. */
  readonly ports: string;
  /** Whose thousand ports they are: `nmap 7.93`, or `built-in`. */
  readonly from?: string;
};
