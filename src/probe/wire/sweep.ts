import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { SweepJob, SweepReply, SweepStop } from './sweep-types.ts';

/** More threads than this only take turns: half of the work is the kernel's. */
const mostThreads = 4;

type Waiting = { readonly resolve: (reply: SweepReply) => void; readonly reject: (error: Error) => void };
type Thread = { readonly worker: Worker; readonly waiting: Map<number, Waiting> };

let threads: Thread[] | undefined;
let serial = 0;

/**
 * Dials ports in another thread, so that a wide scan costs the others none of their time. The threads start at the first
 * job and do not keep the process alive. A stop ends the job with what it has found so far.
 */
export function sweep(job: Omit<SweepJob, 'id'>, signal: AbortSignal): Promise<SweepReply> {
  threads ??= Array.from({ length: Math.min(mostThreads, availableParallelism()) }, startThread);
  const [first, ...others] = threads;
  if (first === undefined) throw new Error('no thread to sweep with');
  const thread = others.reduce((least, one) => (one.waiting.size < least.waiting.size ? one : least), first);
  serial += 1;
  const id = serial;
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      thread.worker.postMessage({ id, stop: true } satisfies SweepStop);
    };
    const done = () => {
      signal.removeEventListener('abort', onAbort);
      if (thread.waiting.delete(id) && thread.waiting.size === 0) thread.worker.unref();
    };
    thread.waiting.set(id, {
      resolve: (reply) => {
        done();
        resolve(reply);
      },
      reject: (error) => {
        done();
        reject(error);
      },
    });
    thread.worker.ref();
    thread.worker.postMessage({ ...job, id } satisfies SweepJob);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}

function startThread(): Thread {
  // The file beside this one, as sources and as built.
  const file = import.meta.url.endsWith('.ts') ? './sweep-worker.ts' : './sweep-worker.js';
  const worker = new Worker(new URL(file, import.meta.url));
  const waiting = new Map<number, Waiting>();
  worker.unref();
  worker.on('message', (reply: SweepReply) => waiting.get(reply.id)?.resolve(reply));
  worker.on('error', (error: Error) => {
    threads = undefined;
    for (const { reject } of [...waiting.values()]) reject(error);
  });
  return { worker, waiting };
}
