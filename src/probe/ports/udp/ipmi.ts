import type { ipmiAuthTypes, UdpFacts } from '../../../model/facts/udp.ts';

/** RMCP header (ASF 2.0, 3.2.2): version 6, no acknowledgement, class IPMI. */
const rmcp = Buffer.of(0x06, 0x00, 0xff, 0x07);
/** Session header of IPMI 1.5 before a session: authentication none, sequence 0, session 0. */
const sessionless = Buffer.alloc(9);

const bmc = 0x20;
const console_ = 0x81;
const appRequest = 0x06;
const appResponse = 0x07;
const authCapabilities = 0x38;
const cipherSuites = 0x54;
/** The channel that the question came in by. */
const thisChannel = 0x0e;
const administrator = 0x04;

const sum = (bytes: readonly number[]) => -bytes.reduce((total, byte) => total + byte, 0) & 0xff;

/** A request without a session (IPMI 2.0, 13.6 and 13.8). */
function request(command: number, sequence: number, data: readonly number[]): Buffer {
  const to = [bmc, appRequest << 2];
  const body = [console_, (sequence & 0x3f) << 2, command, ...data];
  const message = [...to, sum(to), ...body, sum(body)];
  return Buffer.concat([rmcp, sessionless, Buffer.of(message.length, ...message)]);
}

/** Get Channel Authentication Capabilities (22.13): the first that any client of IPMI asks; with `v2`, also of IPMI 2.0. */
export function authCapabilitiesRequest(sequence: number, v2: boolean): Buffer {
  return request(authCapabilities, sequence, [thisChannel | (v2 ? 0x80 : 0), administrator]);
}

/** Get Channel Cipher Suites (22.15), sixteen bytes of them from `index` on. */
export function cipherSuitesRequest(sequence: number, index: number): Buffer {
  return request(cipherSuites, sequence, [thisChannel, 0x00, 0x80 | (index & 0x3f)]);
}

/** Data of a response without a session, from the completion code on; undefined for anything else. Total. */
function responseTo(bytes: Buffer, command: number, sequence: number): Buffer | undefined {
  if (bytes.length < 14 || bytes[0] !== 6 || ((bytes[3] ?? 0) & 0x1f) !== 7 || bytes[4] !== 0) return undefined;
  const message = bytes.subarray(14, 14 + (bytes[13] ?? 0));
  if (message.length < 8 || message.length !== bytes[13]) return undefined;
  const fits =
    (message[1] ?? 0) >> 2 === appResponse && (message[4] ?? 0) >> 2 === (sequence & 0x3f) && message[5] === command;
  const whole = sum([...message.subarray(0, 2)]) === message[2] && sum([...message.subarray(3, -1)]) === message.at(-1);
  return fits && whole ? message.subarray(6, -1) : undefined;
}

export type IpmiDetails = NonNullable<UdpFacts['ipmi']>;
type AuthType = (typeof ipmiAuthTypes)[number];
const authTypeBits: readonly (readonly [number, AuthType])[] = [
  [0, 'none'],
  [1, 'md2'],
  [2, 'md5'],
  [4, 'password'],
  [5, 'oem'],
];

/** What the capabilities say; `refused` for an answer with an error, undefined for anything else. Total. */
export function parseAuthCapabilities(bytes: Buffer, sequence: number): IpmiDetails | 'refused' | undefined {
  const data = responseTo(bytes, authCapabilities, sequence);
  if (data === undefined) return undefined;
  if (data[0] !== 0 || data.length < 8) return 'refused';
  const [, , types = 0, status = 0, extended = 0] = data;
  return {
    authTypes: authTypeBits.filter(([bit]) => (types & (1 << bit)) !== 0).map(([, name]) => name),
    // Extended capabilities are told only in answer to a question of 2.0.
    v2: (types & 0x80) !== 0 && (extended & 2) !== 0,
    anonymousLogin: (status & 1) !== 0,
    nullUsers: (status & 2) !== 0,
  };
}

/** Up to sixteen bytes of cipher suite records; `refused` for an answer with an error. Total. */
export function parseCipherRecords(bytes: Buffer, sequence: number): Buffer | 'refused' | undefined {
  const data = responseTo(bytes, cipherSuites, sequence);
  if (data === undefined) return undefined;
  return data[0] !== 0 || data.length < 2 || data.length > 18 ? 'refused' : data.subarray(2);
}

/** Numbers of the suites in records put together (22.15.1); undefined where they are not well formed. Total. */
export function cipherSuiteNumbers(records: Buffer): number[] | undefined {
  const found = new Set<number>();
  for (let at = 0; at < records.length;) {
    const start = records[at];
    // C0: number follows. C1: number, then a manufacturer of three bytes. The algorithms after it are tagged 00, 40, 80.
    if (start !== 0xc0 && start !== 0xc1) return undefined;
    const number = records[at + 1];
    if (number === undefined) return undefined;
    if (start === 0xc0) found.add(number);
    at += start === 0xc0 ? 2 : 5;
    while (at < records.length && ![0xc0, 0xc1].includes(records[at] ?? 0)) at += 1;
  }
  return [...found].toSorted((a, b) => a - b);
}
