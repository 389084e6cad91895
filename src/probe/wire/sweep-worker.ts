// A thread that dials the ports it is told to, and nothing else: the guard has said yes to each of them before.
import { connect, type Socket } from 'node:net';
import { parentPort } from 'node:worker_threads';
import { reset } from './reset.ts';
import { sweepAnswers, type SweepAnswer, type SweepJob, type SweepReply, type SweepStop } from './sweep-types.ts';

/**
 * Looked over for silence this often. Patience is counted in looks, not by the clock: on a machine that is short of time the
 * answers wait in the kernel while the clock runs on, and silence would be told of ports that have answered.
 */
const tickMs = 20;
/** Answers after which the longest of them tells how long to wait for the others. */
const enoughAnswers = 3;

type Dialled = {
  readonly index: number;
  readonly at: number;
  readonly look: number;
  readonly socket: Socket;
  over: boolean;
};

const stops = new Map<number, () => void>();

parentPort?.on('message', (job: SweepJob | SweepStop) => {
  if ('stop' in job) stops.get(job.id)?.();
  else void sweep(job).then((reply) => parentPort?.postMessage(reply, [reply.states.buffer]));
});

function sweep(job: SweepJob): Promise<SweepReply> {
  const { id, address, ports, atOnce, perSecond } = job;
  const states = new Uint8Array(ports.length).fill(sweepAnswers.indexOf('no-answer'));
  /** In the order in which they were dialled, so that the first is the one that has waited longest. */
  let waiting: Dialled[] = [];
  const startedAt = performance.now();
  let [next, underWay, answered, slowestMs, looks, stopped] = [0, 0, 0, job.slowestMs ?? 0, 0, false];

  return new Promise((resolve) => {
    const finish = (dialled: Dialled, answer: SweepAnswer) => {
      if (dialled.over) return;
      dialled.over = true;
      underWay -= 1;
      states[dialled.index] = sweepAnswers.indexOf(answer);
      if (answer === 'open' || answer === 'closed') {
        answered += 1;
        slowestMs = Math.max(slowestMs, performance.now() - dialled.at);
      }
    };
    const dial = (index: number, port: number) => {
      const socket = connect({ host: address, port, noDelay: true, autoSelectFamily: false });
      const dialled: Dialled = { index, at: performance.now(), look: looks, socket, over: false };
      underWay += 1;
      waiting.push(dialled);
      socket.once('connect', () => {
        finish(dialled, 'open');
        reset(socket);
        pump();
      });
      socket.on('error', (error: NodeJS.ErrnoException) => {
        finish(dialled, answerOf(error.code));
        pump();
      });
    };
    const mayHaveDialled = () => Math.ceil(((performance.now() - startedAt) / 1000) * perSecond) + 1;
    const pump = () => {
      if (stopped) return;
      const most = Math.min(ports.length, mayHaveDialled());
      while (next < most && underWay < atOnce) {
        dial(next, ports[next] ?? 0);
        next += 1;
      }
      if (next === ports.length && underWay === 0) end();
    };
    const patience = () =>
      answered >= enoughAnswers || job.slowestMs !== undefined
        ? Math.min(job.timeoutMs, Math.max(job.shortestMs, slowestMs * 4 + 50))
        : job.timeoutMs;
    const look = () => {
      looks += 1;
      const before = looks - Math.ceil(patience() / tickMs);
      for (const dialled of waiting) {
        if (dialled.look >= before) break;
        if (dialled.over) continue;
        finish(dialled, 'no-answer');
        dialled.socket.destroy();
      }
      waiting = waiting.filter(({ over }) => !over);
      pump();
    };
    const ticks = setInterval(look, tickMs);
    const end = () => {
      clearInterval(ticks);
      stops.delete(id);
      resolve({ id, states, dialled: next, ...(answered === 0 ? {} : { slowestMs }) });
    };
    stops.set(id, () => {
      stopped = true;
      for (const { socket } of waiting) socket.destroy();
      end();
    });
    pump();
  });
}

function answerOf(code: string | undefined): SweepAnswer {
  if (code === 'ECONNREFUSED') return 'closed';
  if (code === 'ETIMEDOUT') return 'no-answer';
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH' || code === 'EHOSTDOWN') return 'unreachable';
  return 'unclear';
}
