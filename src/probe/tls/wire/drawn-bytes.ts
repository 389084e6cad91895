import { randomFillSync } from 'node:crypto';

const poolBytes = 8192;
let pool = Buffer.alloc(0);

/** `length` random bytes, at most 8,192, out of a pool: one draw of the system serves a hundred hellos. Never given twice. */
export function drawnBytes(length: number): Buffer {
  if (pool.length < length) pool = randomFillSync(Buffer.allocUnsafeSlow(poolBytes));
  const drawn = pool.subarray(0, length);
  pool = pool.subarray(length);
  return drawn;
}
