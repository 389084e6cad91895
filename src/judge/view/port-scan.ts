import type { PortsFacts } from '../../model/facts/ports.ts';
import { failure, type Failure } from '../../model/failure.ts';
import { portSet, type PortSet } from './port-set.ts';

/** More open ports than any real host of this kind has: something in front accepts every connection. */
const tooManyOpen = 100;

/** The port scan of one address, ready for asking. */
export type Scan = {
  readonly asked: PortSet;
  readonly open: ReadonlySet<number>;
  readonly closed: PortSet;
  readonly silent: PortSet;
};

export function readScan(facts: PortsFacts): Scan {
  const open = new Set(facts.open.map(({ port }) => port));
  return { asked: portSet(facts.asked), open, closed: portSet(facts.closed), silent: portSet(facts.silent) };
}

/** Why nothing can be said of any port, where nothing can: none answered, or something in front answers for all. */
export function muteReason(facts: PortsFacts, scan: Scan): Failure | null {
  if (scan.open.size === 0 && scan.closed.size === 0)
    return failure('timeout', `none of ${scan.asked.size} ports answered`);
  const everywhere = facts.open.length > tooManyOpen && facts.open.length * 2 > scan.asked.size;
  return everywhere
    ? failure(
        'blocked',
        `${facts.open.length} of ${scan.asked.size} ports look open: something in front accepts every connection`,
      )
    : null;
}
