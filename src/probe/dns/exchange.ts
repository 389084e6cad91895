import { randomInt } from 'node:crypto';
import type { Socket } from 'node:net';
import { FailureError } from '../../model/failure.ts';
import type { DatagramOptions } from '../wire/udp.ts';
import {
  answersQuestion,
  decodeAnswer,
  encodeQuery,
  type DnsAnswer,
  type QueryOptions,
  type Question,
} from './message.ts';
import { readMessages } from './stream.ts';

/** A way to one DNS server. */
export type Channel = {
  readonly datagram: (payload: Buffer, options: DatagramOptions) => Promise<Buffer>;
  readonly connect: (signal: AbortSignal) => Promise<Socket>;
};

export type AskOptions = Omit<QueryOptions, 'edns'> & {
  readonly signal: AbortSignal;
  /** Ask once, for what servers may leave unanswered on purpose. */
  readonly once?: boolean;
};

/** The second try waits longer: the first may have been lost, or the server slow. */
const triesMs = [2000, 4000] as const;

/**
 * Asks one question: over UDP with EDNS0, again without it where the server does not know it, over TCP where the answer
 * was cut. Throws FailureError: `timeout`, `refused`, `unreachable`, `protocol`, `not-permitted`.
 */
export async function ask(channel: Channel, question: Question, options: AskOptions): Promise<DnsAnswer> {
  const first = await askUdp(channel, question, options, true);
  const answer =
    first.rcode === 'FORMERR' || first.rcode === 'NOTIMP' ? await askUdp(channel, question, options, false) : first;
  return answer.truncated ? askTcp(channel, question, options) : answer;
}

async function askUdp(channel: Channel, question: Question, options: AskOptions, edns: boolean): Promise<DnsAnswer> {
  const { signal, once, ...rest } = options;
  let last: unknown;
  for (const timeoutMs of once === true ? triesMs.slice(0, 1) : triesMs) {
    const id = randomInt(0x1_0000);
    const accept = (bytes: Buffer) => answersQuestion(bytes, id, question);
    const payload = encodeQuery(id, question, { ...rest, edns });
    try {
      return decodeAnswer(await channel.datagram(payload, { signal, timeoutMs, accept }));
    } catch (error) {
      if (!(error instanceof FailureError) || error.failure.code !== 'timeout') throw error;
      last = error;
    }
  }
  throw last;
}

async function askTcp(
  channel: Channel,
  question: Question,
  { signal, recursion, dnssec }: AskOptions,
): Promise<DnsAnswer> {
  const id = randomInt(0x1_0000);
  const query = encodeQuery(id, question, { recursion, dnssec, edns: true });
  for await (const bytes of readMessages(await channel.connect(signal), query, signal)) {
    if (!answersQuestion(bytes, id, question)) throw new FailureError('protocol', 'an answer to another question');
    return decodeAnswer(bytes);
  }
  throw new FailureError('protocol', 'the connection ended without an answer');
}
