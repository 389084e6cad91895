import type { Duplex } from 'node:stream';
import { waitAtMost } from '../wire/wait-at-most.ts';

/** Most bytes kept of what a service says, unless more is asked for. */
const maxBannerBytes = 1024;

/** Quiet that ends a banner: short after a whole line, longer in the middle of one. */
const quietAfterLineMs = 80;
const quietInLineMs = 500;

export type ListenOptions = {
  /** Wait for the first byte. */
  readonly firstMs: number;
  /** All the time it may take, whatever comes; what a tarpit has dripped by then is the banner. */
  readonly totalMs: number;
  readonly signal: AbortSignal;
  /** Tells from the bytes so far that nothing more is wanted. */
  readonly enough?: (bytes: Buffer) => boolean;
  /** Most bytes kept; default 1 kB. */
  readonly maxBytes?: number;
  /** Quiet that ends it, where `enough` knows better than a line's end; default 80 ms after a line, 500 ms in one. */
  readonly quietMs?: number;
};

/**
 * Reads what a service says: until the most, `enough`, quiet, the other side's end, an error, the time limit or a stop. Never
 * throws; leaves the stream open when the service only went quiet, so that it can be asked something next.
 */
export function listen(stream: Duplex, options: ListenOptions): Promise<Buffer> {
  return new Promise((resolve) => {
    const { maxBytes = maxBannerBytes } = options;
    let bytes = Buffer.alloc(0);
    const done = () => {
      stopTotal();
      stopQuiet();
      stream.off('data', onData).off('end', done).off('close', done).off('error', done);
      options.signal.removeEventListener('abort', done);
      stream.pause();
      resolve(bytes);
    };
    const onData = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk.subarray(0, maxBytes - bytes.length)]);
      if (bytes.length >= maxBytes || options.enough?.(bytes) === true) {
        done();
        return;
      }
      stopQuiet();
      stopQuiet = waitAtMost(options.quietMs ?? (bytes.at(-1) === 0x0a ? quietAfterLineMs : quietInLineMs), done);
    };
    const stopTotal = waitAtMost(options.totalMs, done);
    let stopQuiet = waitAtMost(options.firstMs, done);
    if (options.signal.aborted || stream.destroyed || stream.readableEnded) {
      done();
      return;
    }
    options.signal.addEventListener('abort', done, { once: true });
    stream.on('data', onData).once('end', done).once('close', done).once('error', done);
    stream.resume();
  });
}
