import {
  createDecipheriv,
  createHmac,
  createPrivateKey,
  privateDecrypt,
  constants,
  X509Certificate,
} from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { cbcSuite, clientKeys } from '../../src/probe/tls/session/cbc-protection.ts';
import { prf } from '../../src/probe/tls/session/prf.ts';
import type { LabCertificate } from './tls-certificates.ts';
import { alert, certificateMessage, handshake, readHello, record } from './tls-fake.ts';

/** TLS_RSA_WITH_AES_128_CBC_SHA, the one suite of the faulty server. */
const suite = 0x002f;

/** What the client sent after the first flight: each record as it came, and the block of its key exchange, deciphered. */
export type Sent = {
  readonly records: readonly { readonly type: number; readonly body: Buffer }[];
  readonly block: Buffer | undefined;
  /** Whether the protected Finished is whole, its padding looked at (`strict`) or only its last byte. */
  readonly opens: (strict: boolean) => boolean;
  readonly socket: Socket;
};

/** Asked at each record; undefined waits for more. */
export type Behaviour = (sent: Sent) => Buffer | 'close' | undefined;

/**
 * A server of TLS 1.2 with one RSA suite that goes through its first flight like any other and then does as told.
 * `extensions` are those of its ServerHello.
 */
export async function startFaulty(
  host: string,
  port: number,
  { chain, key }: LabCertificate,
  behave: Behaviour,
  extensions = Buffer.alloc(0),
) {
  const leaf = new X509Certificate(readFileSync(chain)).raw;
  const privateKey = createPrivateKey(readFileSync(key));
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
    let bytes = Buffer.alloc(0);
    let randoms: { client: Buffer; server: Buffer } | undefined;
    const records: { type: number; body: Buffer }[] = [];
    let block: Buffer | undefined;
    const opens = (strict: boolean) => {
      const sealed = records.findLast(({ type }) => type === 22)?.body;
      if (sealed === undefined || block === undefined || randoms === undefined) return false;
      return openFinished(sealed, block.subarray(-48), randoms, strict);
    };
    socket.on('data', (piece: Buffer) => {
      bytes = Buffer.concat([bytes, piece]);
      while (bytes.length >= 5 && bytes.length >= 5 + bytes.readUInt16BE(3)) {
        if (bytes[0] === 0x80) return void socket.end();
        const whole = bytes.subarray(0, 5 + bytes.readUInt16BE(3));
        bytes = bytes.subarray(whole.length);
        if (randoms === undefined) {
          const hello = readHello(whole);
          if (hello.version < 0x0303 || !hello.suites.includes(suite)) return void socket.end(alert(40));
          if (hello.version !== 0x0303) return void socket.end(alert(70));
          randoms = { client: Buffer.from(whole.subarray(11, 43)), server: Buffer.alloc(32, 7) };
          socket.write(firstFlight(leaf, extensions));
          continue;
        }
        const body = Buffer.from(whole.subarray(5));
        records.push({ type: whole.readUInt8(0), body });
        if (whole[0] === 22 && body[0] === 16 && block === undefined) {
          block = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, body.subarray(6));
        }
        const answer = behave({ records, block, opens, socket });
        if (answer === 'close') socket.end();
        else if (answer !== undefined) socket.write(answer);
      }
    });
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    stop: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function firstFlight(leaf: Buffer, extensions: Buffer): Buffer {
  const hello = Buffer.concat([
    Buffer.of(3, 3),
    Buffer.alloc(32, 7),
    Buffer.of(0, suite >> 8, suite & 255, 0),
    ...(extensions.length === 0 ? [] : [Buffer.of(extensions.length >> 8, extensions.length & 255), extensions]),
  ]);
  return Buffer.concat([
    record(22, handshake(2, hello)),
    record(22, certificateMessage([leaf])),
    record(22, handshake(14, Buffer.alloc(0))),
  ]);
}

/** RFC 5246 section 6.2.3.2; not strict is what SSLv3 code did when it was taken over for TLS. */
function openFinished(
  sealed: Buffer,
  premaster: Buffer,
  randoms: { readonly client: Buffer; readonly server: Buffer },
  strict: boolean,
): boolean {
  const shape = cbcSuite(suite);
  if (shape === undefined || sealed.length < 64) return false;
  const master = prf('sha256', premaster, 'master secret', Buffer.concat([randoms.client, randoms.server]), 48);
  const keys = clientKeys(shape, 0x0303, master, randoms);
  const decipher = createDecipheriv('aes-128-cbc', keys.key, sealed.subarray(0, 16)).setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(sealed.subarray(16)), decipher.final()]);
  const padding = plain.readUInt8(plain.length - 1);
  const end = plain.length - padding - 1;
  if (end < 20 || (strict && plain.subarray(end).some((byte) => byte !== padding))) return false;
  const content = plain.subarray(0, end - 20);
  const header = Buffer.concat([Buffer.alloc(8), Buffer.of(22, 3, 3, content.length >> 8, content.length & 255)]);
  const mac = createHmac('sha1', keys.macKey).update(header).update(content).digest();
  return mac.equals(plain.subarray(end - 20, end)) && content.length === 16 && content[0] === 20;
}

/**
 * Stands before a real server, and where that repeats a session id of one byte, repeats it with 31 bytes of `memory`
 * behind it, as the servers of CVE-2016-9244 did.
 */
export async function startTicketbleed(
  host: string,
  port: number,
  real: { readonly host: string; readonly port: number },
  memory: Buffer,
) {
  const open = new Set<Socket>();
  const server = createServer((front) => {
    const back = connect(real);
    for (const socket of [front, back]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        front.destroy();
        back.destroy();
      });
    }
    let shortId = false;
    front.once('data', (hello: Buffer) => {
      shortId = hello[43] === 1;
      back.write(hello);
      front.pipe(back);
    });
    back.once('data', (flight: Buffer) => {
      front.write(shortId && flight[43] === 1 ? lengthen(flight, memory.subarray(0, 31)) : flight);
      back.pipe(front);
    });
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    stop: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The first record holds the ServerHello alone or first; its three lengths grow with the id. */
function lengthen(flight: Buffer, memory: Buffer): Buffer {
  const longer = Buffer.concat([flight.subarray(0, 45), memory, flight.subarray(45)]);
  longer.writeUInt16BE(longer.readUInt16BE(3) + memory.length, 3);
  longer.writeUIntBE(longer.readUIntBE(6, 3) + memory.length, 6, 3);
  longer.writeUInt8(1 + memory.length, 43);
  return longer;
}
