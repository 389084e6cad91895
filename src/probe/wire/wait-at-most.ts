/** Parts in which a wait is counted. */
const parts = 4;

/**
 * Calls `over` after `ms` in which the other end could have been heard; gives what ends the wait before. It is counted in four parts,
 * each of which counts once however late its timer rings: what this process itself stood still (a busy machine, a long turn of its
 * loop) is not taken for the other's silence, and what came meanwhile is read first.
 */
export function waitAtMost(ms: number, over: () => void): () => void {
  let left = parts;
  const ring = (): void => {
    left -= 1;
    if (left > 0) timer = setTimeout(ring, ms / parts);
    else over();
  };
  let timer = setTimeout(ring, ms / parts);
  return () => {
    clearTimeout(timer);
  };
}
