import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** What a fake server reads of a ClientHello; version 0x0304 where supported_versions has it. */
export type SeenHello = {
  readonly version: number;
  readonly suites: readonly number[];
  readonly extensions: ReadonlyMap<number, Buffer>;
  readonly bytes: number;
  readonly recordVersion: number;
};

export type Reaction = Buffer | 'reset' | 'close' | 'silence';

/** A server that answers each first message as `react` says; `connections` counts them. */
export async function startFake(
  host: string,
  port: number,
  react: (first: Buffer, socket: Socket, connection: number) => Reaction,
) {
  let connections = 0;
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    connections += 1;
    const number = connections;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    let bytes = Buffer.alloc(0);
    const onData = (piece: Buffer) => {
      bytes = Buffer.concat([bytes, piece]);
      if (bytes.length < wholeLength(bytes)) return;
      socket.off('data', onData);
      const reaction = react(bytes, socket, number);
      if (reaction === 'reset') socket.resetAndDestroy();
      else if (reaction === 'close') socket.end();
      else if (reaction !== 'silence') socket.write(reaction);
    };
    socket.on('data', onData);
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    connections: () => connections,
    stop: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function wholeLength(bytes: Buffer): number {
  if (bytes.length < 5) return 5;
  return bytes[0] === 22 ? 5 + bytes.readUInt16BE(3) : 2 + (bytes.readUInt16BE(0) & 0x7fff);
}

/** Reads a ClientHello in one record by the letter of RFC 8446 section 4.1.2; throws on anything else. */
export function readHello(bytes: Buffer): SeenHello {
  const recordLength = bytes.readUInt16BE(3);
  if (bytes[0] !== 22 || bytes.length !== 5 + recordLength) throw new Error('not one handshake record');
  if (bytes[5] !== 1 || bytes.readUIntBE(6, 3) !== recordLength - 4) throw new Error('not one ClientHello');
  const legacy = bytes.readUInt16BE(9);
  let at = 11 + 32;
  at += 1 + bytes.readUInt8(at);
  const suitesEnd = at + 2 + bytes.readUInt16BE(at);
  const suites: number[] = [];
  for (at += 2; at < suitesEnd; at += 2) suites.push(bytes.readUInt16BE(at));
  at += 1 + bytes.readUInt8(at);
  const extensions = new Map<number, Buffer>();
  if (at < bytes.length) {
    if (bytes.readUInt16BE(at) !== bytes.length - at - 2) throw new Error('extensions do not end with the hello');
    for (at += 2; at < bytes.length;) {
      const end = at + 4 + bytes.readUInt16BE(at + 2);
      if (end > bytes.length) throw new Error('extension too long');
      extensions.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, end));
      at = end;
    }
  }
  const version = extensions.has(43) ? 0x0304 : legacy;
  return { version, suites, extensions, bytes: bytes.length, recordVersion: bytes.readUInt16BE(1) };
}

/** A ServerHello in one record. */
export function serverHello(version: number, suite: number, extensions = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([
    u16(Math.min(version, 0x0303)),
    Buffer.alloc(32, 7),
    Buffer.of(0),
    u16(suite),
    Buffer.of(0),
    extensions.length === 0 ? extensions : Buffer.concat([u16(extensions.length), extensions]),
  ]);
  return record(22, handshake(2, body));
}

/** A fatal alert in one record. */
export function alert(code: number, level = 2): Buffer {
  return record(21, Buffer.of(level, code));
}

export function handshake(type: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.of(type, body.length >> 16, (body.length >> 8) & 255, body.length & 255), body]);
}

export function record(type: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.of(type, 3, 3), u16(body.length), body]);
}

/** A Certificate message of TLS 1.2. */
export function certificateMessage(chain: readonly Buffer[]): Buffer {
  const entries = chain.map((der) => Buffer.concat([u24(der.length), der]));
  const list = Buffer.concat(entries);
  return handshake(11, Buffer.concat([u24(list.length), list]));
}

function u16(value: number): Buffer {
  return Buffer.of((value >> 8) & 255, value & 255);
}

function u24(value: number): Buffer {
  return Buffer.of(value >> 16, (value >> 8) & 255, value & 255);
}
