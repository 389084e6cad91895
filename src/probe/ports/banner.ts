import { isIP, type Socket } from 'node:net';
import type { Wire } from '../wire/wire.ts';
import { isWholeDnsAnswer } from './dns-version.ts';
import { firstWords, nextWords } from './first-words.ts';
import { listen } from './listen.ts';
import type { Approach } from './port-list.ts';
import { secure } from './secure.ts';

/** What one open port said. */
export type Said = {
  /** At most 1 kB; empty when it said nothing. */
  readonly bytes: Buffer;
  /** TLS from the first byte; absent when that was not seen either way. */
  readonly tls?: boolean;
};

export type BannerOptions = {
  readonly wire: Wire;
  readonly name?: string;
  readonly signal: AbortSignal;
  readonly approach: Approach;
};

/** How long services are waited for, in milliseconds. */
const speakerMs = 3000;
const askMs = 500;
const answerMs = 3000;
const totalMs = 5000;

const silence: Said = { bytes: Buffer.alloc(0) };

/**
 * Asks one open port what it is, as gently as its usual service allows: one connection, a second where the first showed
 * that TLS is (or is not) spoken there. Never throws for what the target did: a port that does not tell has said nothing.
 */
export async function grabBanner(address: string, port: number, options: BannerOptions): Promise<Said> {
  const { approach } = options;
  if (approach === 'hands-off') return silence;
  const dial: Dial = { address, port, options };
  if (approach === 'https' || approach === 'tls') {
    const inside = approach === 'https' ? 'http' : 'listen';
    const said = await overTls(dial, inside);
    if (said.tls !== false) return said;
    const { bytes, tls } = await plain(dial, inside);
    return { bytes, ...(tls === undefined ? {} : { tls }) };
  }
  const { hungUp, ...said } = await plain(dial, approach);
  if (!asksForTls(said.bytes) && !(hungUp && (approach === 'ask' || approach === 'http'))) return said;
  const inner = await overTls(dial, approach === 'listen' ? 'listen' : 'http');
  if (inner.tls === true) return inner;
  return isTlsRecord(said.bytes) ? { ...silence, tls: true } : said;
}

type Dial = { readonly address: string; readonly port: number; readonly options: BannerOptions };

/** `hungUp`: the other side ended the connection without a word, as TLS servers do that were spoken to plainly. */
async function plain(dial: Dial, approach: Approach): Promise<Said & { readonly hungUp: boolean }> {
  const socket = await open(dial);
  if (socket === null) return { ...silence, hungUp: false };
  try {
    const bytes = await talk(socket, dial, approach);
    if (bytes.length === 0) return { ...silence, hungUp: socket.readableEnded || socket.destroyed };
    return { bytes, tls: false, hungUp: false };
  } finally {
    socket.destroy();
  }
}

async function overTls(dial: Dial, inside: Approach): Promise<Said> {
  const socket = await open(dial);
  if (socket === null) return silence;
  try {
    const secured = await secure(socket, dial.options);
    if (typeof secured === 'boolean') return { bytes: Buffer.alloc(0), tls: secured };
    if (secured === null) return silence;
    return { bytes: await talk(secured, dial, inside), tls: true };
  } finally {
    socket.destroy();
  }
}

/** The open socket, or null where the port no longer lets us in: it was open a moment ago, and that stands. */
async function open({ address, port, options }: Dial): Promise<Socket | null> {
  const { wire, name, signal } = options;
  return wire.connect(address, port, { signal, ...(name === undefined ? {} : { name }) }).catch(() => null);
}

async function talk(stream: Socket, { address, options }: Dial, approach: Approach): Promise<Buffer> {
  const { wire, name, signal } = options;
  const request = `GET / HTTP/1.0\r\nHost: ${hostOf(name, address)}\r\nUser-Agent: ${wire.userAgent}\r\nAccept: */*\r\nConnection: close\r\n\r\n`;
  const enough = approach === 'dns' ? isWholeDnsAnswer : isWhole;
  const hear = (firstMs: number) => listen(stream, { firstMs, totalMs, signal, enough });
  const words = firstWords(approach);
  if (words !== undefined) stream.write(words);
  else if (approach === 'http') stream.write(request);
  if (approach !== 'ask') {
    const answer = await hear(approach === 'listen' ? speakerMs : answerMs);
    const next = nextWords(approach, answer);
    if (next === undefined || stream.destroyed || signal.aborted) return answer;
    stream.write(next);
    return Buffer.concat([answer, await hear(answerMs)]);
  }

  for (const [wait, next] of [
    [askMs, '\r\n'],
    [askMs, request],
  ] as const) {
    const bytes = await hear(wait);
    if (bytes.length > 0 || stream.destroyed || signal.aborted) return bytes;
    stream.write(next);
  }
  return hear(answerMs);
}

function hostOf(name: string | undefined, address: string): string {
  if (name !== undefined && /^[\w.-]+$/.test(name)) return name;
  return isIP(address) === 6 ? `[${address}]` : address;
}

/** Greetings that end with their line by their own protocol, so that nothing is waited for behind it. */
const wholeLines: readonly RegExp[] = [
  /(?:^|\n)SSH-\d[^\n]*\n/,
  // A reply code with a space behind it begins the last line (RFC 959, 4.2; RFC 5321, 4.2.1).
  /(?:^|\n)[2-5]\d\d [^\n]*\r\n$/,
  /^\+OK[^\n]*\n$/,
  /^\* (?:OK|PREAUTH|BYE)\b[^\n]*\n$/i,
  /^VERSION \d[^\n]*\n$/,
  /^RFB \d{3}\.\d{3}\n$/,
  /^(?:\+PONG|-(?:NOAUTH|ERR|DENIED)[^\n]*)\r\n$/,
  // Redis's answer to HELLO, as far as it is of use.
  /^[*%]\d+\r\n[^]*\r\nversion\r\n\$\d+\r\n[^\r\n]+\r\n/,
];

/** A whole HTTP head (but for 400, whose body may say that TLS is wanted), a whole MySQL packet, or a whole greeting. */
function isWhole(bytes: Buffer): boolean {
  const text = bytes.toString('latin1');
  if (/^HTTP\/\d(?:\.\d)? (?!400)/.test(text)) return text.includes('\r\n\r\n');
  if (wholeLines.some((line) => line.test(text))) return true;
  return bytes.length > 5 && bytes[3] === 0 && bytes[4] === 0x0a && bytes.length >= 4 + bytes.readUIntLE(0, 3);
}

/** An alert or a handshake record (RFC 8446, 5.1). */
function isTlsRecord(bytes: Buffer): boolean {
  return (bytes[0] === 0x15 || bytes[0] === 0x16) && bytes[1] === 0x03 && (bytes[2] ?? 255) <= 4;
}

/** A TLS record in answer to plain words, or a web server's sentence that this is its TLS port. */
function asksForTls(bytes: Buffer): boolean {
  if (isTlsRecord(bytes)) return true;
  return /^HTTP\/1\.[01] 400 [^]*(?:HTTPS port|SSL-enabled server port|HTTP request to an HTTPS server|requires TLS)/.test(
    bytes.toString('latin1'),
  );
}
