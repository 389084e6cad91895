import type { Socket } from 'node:net';
import { FailureError } from '../../model/failure.ts';
import type { MailServer } from '../../model/facts/mail.ts';
import { ownName } from '../tls/starttls/dialogue.ts';
import { createEar, type Turns } from '../tls/starttls/ear.ts';
import { garbage, turnedAway } from '../tls/starttls/refusal.ts';
import { takeReply } from '../tls/starttls/reply.ts';
import { waitAtMost } from '../wire/wait-at-most.ts';

/** What a server says of itself before anything is asked of it. */
export type SmtpSession = Required<Pick<MailServer, 'greeting' | 'hello'>>;

/** A server that does not know the command knows no extension (RFC 5321 section 3.2). */
const unknownCommand: ReadonlySet<number> = new Set([500, 502, 504]);
const lastWordMs = 2000;

/** Greeting and EHLO of a conversation without a socket (RFC 5321 section 3.1 and 3.2). */
function* greet(): Turns<SmtpSession> {
  const ear = createEar();
  const greeting = yield* ear.hear(takeReply);
  if (greeting.code !== 220)
    throw greeting.code < 400 ? garbage('a greeting', greeting.said) : turnedAway(greeting.said);
  const hello = yield* ear.ask(`EHLO ${ownName}\r\n`, takeReply);
  if (hello.code !== 250 && !unknownCommand.has(hello.code))
    throw hello.code < 400 ? garbage('an answer to EHLO', hello.said) : turnedAway(hello.said);
  return {
    greeting: `${greeting.code} ${greeting.texts.join(' ')}`.slice(0, 1024),
    hello: hello.texts.slice(0, 64).map((line) => line.slice(0, 512)),
  };
}

/**
 * Hears one server's greeting and what it can do, then takes leave: no sender, no recipient, no login. Closes the
 * socket. Throws FailureError: `blocked` (turned away), `protocol`, `refused` (ended without a word), `timeout`.
 */
export async function smtpSession(socket: Socket, signal: AbortSignal, answerMs: number): Promise<SmtpSession> {
  try {
    const session = await converse(socket, signal, answerMs);
    await takeLeave(socket);
    return session;
  } finally {
    socket.destroy();
  }
}

function converse(socket: Socket, signal: AbortSignal, answerMs: number): Promise<SmtpSession> {
  return new Promise((resolve, reject) => {
    const turns = greet();
    let heard = false;
    const settle = (finish: () => void) => {
      stopWaiting();
      socket.off('data', onData).off('end', onEnd).off('error', onEnd).off('close', onEnd);
      signal.removeEventListener('abort', onAbort);
      finish();
    };
    const fail = (error: Error) => {
      settle(() => {
        reject(error);
      });
    };
    const take = (next: () => IteratorResult<Buffer | undefined, SmtpSession>) => {
      try {
        const turn = next();
        if (turn.done === true) {
          settle(() => {
            resolve(turn.value);
          });
        } else if (turn.value !== undefined) socket.write(turn.value);
      } catch (error) {
        fail(error as Error);
      }
    };
    const onData = (bytes: Buffer) => {
      heard = true;
      take(() => turns.next(bytes));
    };
    const onEnd = () => {
      fail(new FailureError(heard ? 'protocol' : 'refused', 'smtp: the connection ended before an answer to EHLO'));
    };
    const onAbort = () => {
      fail(signal.reason as Error);
    };
    const stopWaiting = waitAtMost(answerMs, () => {
      fail(new FailureError('timeout', `smtp: no answer to EHLO in ${answerMs} ms`));
    });
    socket.on('error', () => undefined);
    if (signal.aborted) onAbort();
    else if (socket.destroyed) onEnd();
    else {
      signal.addEventListener('abort', onAbort, { once: true });
      socket.on('data', onData).on('end', onEnd).on('error', onEnd).on('close', onEnd);
      take(() => turns.next());
    }
  });
}

/** QUIT, and a moment for the answer, so that the server's log shows a client that knows its manners. */
function takeLeave(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stopWaiting();
      resolve();
    };
    const stopWaiting = waitAtMost(lastWordMs, done);
    socket.once('data', done).once('close', done);
    if (socket.destroyed) done();
    else socket.write('QUIT\r\n');
  });
}
