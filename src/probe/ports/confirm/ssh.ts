import type { SshDetails } from '../../../model/facts/port-details.ts';

/** SSH_MSG_KEXINIT (RFC 4253 section 12). */
const kexInit = 20;
const cookieBytes = 16;
/** Longer than any real list; a packet may be 35,000 bytes (RFC 4253 section 6.1). */
const longestPacket = 35_000;
const longestGreeting = 8_192;

/**
 * Reads a server's greeting and the KEXINIT after it (RFC 4253 sections 4.2, 6, 7.1). `more` while the bytes end too
 * early; undefined when it is no SSH, or another packet came first. Total over any bytes.
 */
export function parseSshKexInit(bytes: Buffer): SshDetails | 'more' | undefined {
  const packet = packetAfterGreeting(bytes);
  if (packet === undefined || packet === 'more') return packet;
  const length = packet.length < 4 ? 0 : packet.readUInt32BE(0);
  if (packet.length < 4) return 'more';
  if (length < cookieBytes + 2 || length > longestPacket) return undefined;
  if (packet.length < 4 + length) return 'more';
  const padding = packet[4] ?? 0;
  const payload = packet.subarray(5, 4 + length - padding);
  if (payload[0] !== kexInit) return undefined;
  const lists = nameLists(payload.subarray(1 + cookieBytes), 8);
  if (lists === undefined) return undefined;
  const [kex = [], hostKeys = [], cipherIn = [], cipherOut = [], macIn = [], macOut = [], zipIn = [], zipOut = []] =
    lists;
  return {
    kex: tidy(kex),
    hostKeys: tidy(hostKeys),
    ciphers: tidy([...cipherOut, ...cipherIn]),
    macs: tidy([...macOut, ...macIn]),
    compression: tidy([...zipOut, ...zipIn]),
  };
}

/** A server may say other lines before its greeting (RFC 4253 section 4.2). */
function packetAfterGreeting(bytes: Buffer): Buffer | 'more' | undefined {
  let at = 0;
  for (;;) {
    const end = bytes.indexOf(0x0a, at);
    if (end === -1 || end > longestGreeting) return bytes.length > longestGreeting ? undefined : 'more';
    if (bytes.subarray(at, at + 4).toString('latin1') === 'SSH-') return bytes.subarray(end + 1);
    at = end + 1;
  }
}

function nameLists(bytes: Buffer, count: number): string[][] | undefined {
  const lists: string[][] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 4 > bytes.length) return undefined;
    const length = bytes.readUInt32BE(at);
    at += 4;
    if (length > bytes.length - at) return undefined;
    lists.push(bytes.toString('latin1', at, at + length).split(','));
    at += length;
  }
  return lists;
}

/** Names are printable ASCII without commas (RFC 4251 section 6); whatever else stands there is not one. */
function tidy(names: readonly string[]): string[] {
  const real = names.filter((name) => /^[\x21-\x7e]{1,64}$/.test(name));
  return [...new Set(real)].slice(0, 200);
}
