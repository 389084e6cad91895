import type { Dialogue } from './dialogue.ts';
import type { Take } from './ear.ts';
import { garbage, notOffered, turnedAway } from './refusal.ts';

/** Capability flags (MySQL, "Connection Phase"). */
const protocol41 = 0x0200;
const ssl = 0x0800;
const secureConnection = 0x8000;
const errorHeader = 0xff;

type Greeting =
  | { readonly kind: 'error'; readonly said: Buffer }
  | { readonly kind: 'handshake'; readonly version: string; readonly capabilities: number };

/** The first packet: a handshake of version 10 (9 has no capabilities), or an error. */
const takeGreeting: Take<Greeting> = (heard) => {
  if (heard.length < 4) return undefined;
  const length = heard.readUIntLE(0, 3);
  if (length < 3 || length > 4096 || heard[3] !== 0) throw garbage('not this protocol', heard);
  const kind = heard[4];
  if (kind !== undefined && kind !== errorHeader && kind !== 10 && kind !== 9) throw garbage('a handshake', heard);
  if (heard.length < 4 + length) return undefined;
  const payload = heard.subarray(4, 4 + length);
  const taken = (value: Greeting) => ({ value, length: 4 + length });
  if (kind === errorHeader) return taken({ kind: 'error', said: payload.subarray(3) });
  const end = payload.indexOf(0, 1);
  if (end === -1) throw garbage('a handshake cut short', heard);
  const version = payload.toString('latin1', 1, end);
  if (kind === 9) return taken({ kind: 'handshake', version, capabilities: 0 });
  // Behind the version: thread id (4), scramble (8), a zero.
  const at = end + 1 + 4 + 8 + 1;
  if (payload.length < at + 2) throw garbage('a handshake cut short', heard);
  return taken({ kind: 'handshake', version, capabilities: payload.readUInt16LE(at) });
};

/** SSLRequest: a handshake response that ends before the user's name. Packet 1. */
const sslRequest = (() => {
  const packet = Buffer.alloc(4 + 32);
  packet.writeUIntLE(32, 0, 3);
  packet[3] = 1;
  packet.writeUInt32LE(protocol41 | ssl | secureConnection, 4);
  packet.writeUInt32LE(0x00ff_ffff, 8);
  // utf8mb4_general_ci
  packet[12] = 45;
  return packet;
})();

/** The server says nothing to an SSLRequest: the ClientHello follows it at once. */
export const mysql: Dialogue = function* ({ ear }) {
  const greeting = yield* ear.hear(takeGreeting);
  if (greeting.kind === 'error') throw turnedAway(greeting.said);
  const { version, capabilities } = greeting;
  if ((capabilities & ssl) === 0 || (capabilities & protocol41) === 0) throw notOffered(`${version}, no CLIENT_SSL`);
  return sslRequest;
};
