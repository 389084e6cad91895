import { randomInt } from 'node:crypto';
import { FailureError } from '../../model/failure.ts';
import type { ServerAddress } from '../../model/facts/dns.ts';
import type { Asking } from './asking.ts';
import { encodeQuery } from './message.ts';
import { readMessages } from './stream.ts';

/**
 * Asks for the whole zone (RFC 5936) and reads no further than the head of the first answer: that it holds records is
 * all there is to know. Throws FailureError where the server said nothing.
 */
export async function askTransfer(
  asking: Asking,
  zone: string,
  name: string,
  address: string,
): Promise<NonNullable<ServerAddress['transfer']>> {
  const { signal } = asking;
  const id = randomInt(0x1_0000);
  const query = encodeQuery(id, { name: zone, type: 'AXFR' }, { recursion: false, dnssec: false, edns: false });
  try {
    const socket = await asking.channel(address, name).connect(signal);
    for await (const message of readMessages(socket, query, signal)) {
      if (message.length < 12 || message.readUInt16BE(0) !== id) throw new FailureError('protocol', 'another answer');
      const [rcode, answers] = [message.readUInt16BE(2) & 0xf, message.readUInt16BE(6)];
      return rcode === 0 && answers > 0 ? 'allowed' : 'refused';
    }
    return 'closed';
  } catch (error) {
    if (error instanceof FailureError && error.failure.code === 'refused') return 'closed';
    throw error;
  }
}
