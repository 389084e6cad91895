import { alert, handshake, record } from '../servers/tls-fake.ts';
import type { Random } from './tls-random.ts';

/** What a fuzzed server does next with its side of a connection. */
export type Step =
  | { readonly do: 'send'; readonly bytes: Buffer }
  /** The bytes one by one, with a pause between. */
  | { readonly do: 'drip'; readonly bytes: Buffer; readonly ms: number }
  /** The same bytes for as long as the other side takes them. */
  | { readonly do: 'endless'; readonly bytes: Buffer }
  | { readonly do: 'fin' | 'reset' | 'silence' };

/** One way of spoiling what a server was going to send. */
export type Mutation = (random: Random, bytes: Buffer) => readonly Step[];

const send = (...parts: readonly Buffer[]): Step => ({ do: 'send', bytes: Buffer.concat(parts) });
const ending = (random: Random): Step => ({ do: random.pick(['fin', 'reset', 'silence']) });

/** Spoils by name; each name is counted in the report of a campaign. */
export const mutations = {
  bitFlips: (random, bytes) => {
    const spoilt = Buffer.from(bytes);
    for (let flips = 1 + random.int(8); flips > 0; flips -= 1) {
      const at = random.int(spoilt.length);
      spoilt[at] = (spoilt[at] ?? 0) ^ (1 << random.int(8));
    }
    return [send(spoilt)];
  },
  /** Two or three bytes anywhere become a number that a length is likely to be wrong by. */
  lengths: (random, bytes) => {
    const spoilt = Buffer.from(bytes);
    const width = 1 + random.int(3);
    const at = random.int(Math.max(1, spoilt.length - width));
    const value = random.pick([0, 1, 2, 127, 128, 255, 256, 16_384, 16_385, 65_535, 0xffffff, random.int(0xffffff)]);
    for (let byte = 0; byte < width && at + byte < spoilt.length; byte += 1) {
      spoilt[at + byte] = (value >> (8 * (width - 1 - byte))) & 255;
    }
    return [send(spoilt)];
  },
  lyingRecord: (random, bytes) => {
    const spoilt = Buffer.from(bytes);
    if (spoilt.length > 5) spoilt.writeUInt16BE(random.int(65_536), 3);
    return [send(spoilt), ending(random)];
  },
  lyingMessage: (random, bytes) => {
    const spoilt = Buffer.from(bytes);
    if (spoilt.length > 9) spoilt.writeUIntBE(random.int(0xffffff), 6, 3);
    return [send(spoilt), ending(random)];
  },
  truncation: (random, bytes) => [send(bytes.subarray(0, random.int(bytes.length))), ending(random)],
  /** Cut out, or said twice. */
  splice: (random, bytes) => {
    const from = random.int(bytes.length);
    const to = from + random.int(Math.min(300, bytes.length - from) + 1);
    const middle = random.chance(0.5) ? [] : [bytes.subarray(from, to), bytes.subarray(from, to)];
    return [send(bytes.subarray(0, from), ...middle, bytes.subarray(to))];
  },
  refragmented: (random, bytes) => {
    const size = random.pick([1, 2, 3, 7, 64, 1000]);
    return [send(...recordsOf(bytes).flatMap((one) => split(one, size)))];
  },
  drip: (random, bytes) => [{ do: 'drip', bytes: bytes.subarray(0, 400), ms: random.int(3) }, ending(random)],
  shuffledRecords: (random, bytes) => {
    const records = recordsOf(bytes).map((one) => ({ one, key: random.int(1000) }));
    return [send(...records.sort((a, b) => a.key - b.key).map(({ one }) => one))];
  },
  droppedRecord: (random, bytes) => {
    const records = recordsOf(bytes);
    return [send(...records.toSpliced(random.int(records.length), 1))];
  },
  alertAnywhere: (random, bytes) => {
    const records = recordsOf(bytes);
    const sudden = alert(random.int(256), random.pick([1, 2, 2, 2, random.int(256)]));
    return [send(...records.toSpliced(random.int(records.length + 1), 0, sudden))];
  },
  alertCutInTwo: (random, bytes) => [
    send(record(21, Buffer.of(2))),
    send(random.chance(0.5) ? record(21, Buffer.of(random.int(256))) : bytes),
  ],
  strangeRecord: (random, bytes) => {
    const records = recordsOf(bytes);
    const strange = record(random.int(256), random.bytes(random.int(64)));
    return [send(...records.toSpliced(random.int(records.length + 1), 0, strange))];
  },
  dataAfterClose: (random, bytes) => [send(alert(0, 1), bytes, random.bytes(random.int(2000))), ending(random)],
  helloRequests: (random, bytes) => {
    const requests = Array.from({ length: 1 + random.int(50) }, () => record(22, handshake(0, Buffer.alloc(0))));
    return [send(...requests, bytes)];
  },
  emptyRecords: (random, bytes) => {
    const empty = Array.from({ length: 1 + random.int(2000) }, () => record(22, Buffer.alloc(0)));
    return [send(...empty, bytes)];
  },
  junk: (random) => [send(random.bytes(1 + random.int(600))), ending(random)],
  text: (random) => [
    send(Buffer.from(random.pick(['HTTP/1.1 400 Bad Request\r\n\r\n', 'SSH-2.0-x\r\n', '220 mail\r\n', '\0\0\0\0']))),
    ending(random),
  ],
  /** After a true ServerHello, so that the reader is at work. */
  certificateOf16MB: (random, bytes) => {
    const declared = 16_777_215;
    const head = Buffer.of(11, 255, 255, 255, ...u24(declared - 3), ...u24(declared - 6));
    const [hello = Buffer.alloc(0)] = recordsOf(bytes);
    const body = Buffer.alloc(16_000, random.int(256));
    return [send(hello, record(22, head)), { do: 'endless', bytes: record(22, body) }];
  },
  chainOf10000: (random, bytes) => {
    const entry = Buffer.of(...u24(random.pick([0, 1, 5])), 0x30, 0x03, 0x02, 0x01, 0x00);
    const entries = Buffer.concat(Array.from({ length: 10_000 }, () => entry));
    const [hello = Buffer.alloc(0)] = recordsOf(bytes);
    const message = handshake(11, Buffer.concat([Buffer.of(...u24(entries.length)), entries]));
    return [send(hello, ...split(record(22, message.subarray(0, 65_535)), 16_384)), ending(random)];
  },
  endlessRecords: (random, bytes) => {
    const again = random.pick([
      record(22, Buffer.alloc(0)),
      record(20, Buffer.of(1)),
      alert(random.int(256), 1),
      record(22, handshake(0, Buffer.alloc(0))),
      record(22, handshake(4, random.bytes(200))),
      record(23, Buffer.alloc(16_384)),
      bytes,
    ]);
    return [send(random.chance(0.5) ? bytes : Buffer.alloc(0)), { do: 'endless', bytes: again }];
  },
  silence: () => [{ do: 'silence' }],
  fin: () => [{ do: 'fin' }],
  reset: () => [{ do: 'reset' }],
} as const satisfies Record<string, Mutation>;

export type MutationName = keyof typeof mutations;

/** Records as they lie in the bytes; what is no whole record comes last, as it is. */
function recordsOf(bytes: Buffer): Buffer[] {
  const records: Buffer[] = [];
  let at = 0;
  while (at + 5 <= bytes.length && (bytes[at] ?? 0) >= 20 && (bytes[at] ?? 0) <= 24) {
    const end = at + 5 + bytes.readUInt16BE(at + 3);
    if (end > bytes.length) break;
    records.push(bytes.subarray(at, end));
    at = end;
  }
  if (at < bytes.length) records.push(bytes.subarray(at));
  return records;
}

function split(one: Buffer, size: number): Buffer[] {
  if (one.length < 6) return [one];
  const pieces: Buffer[] = [];
  for (let at = 5; at < one.length; at += size) pieces.push(record(one[0] ?? 22, one.subarray(at, at + size)));
  return pieces;
}

function u24(value: number): [number, number, number] {
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
