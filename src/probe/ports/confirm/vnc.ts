import type { VncDetails } from '../../../model/facts/port-details.ts';

/** RFC 6143 section 7.1.2 and IANA's "Remote Framebuffer Security Types". */
const names: ReadonlyMap<number, string> = new Map([
  [1, 'None'],
  [2, 'VNC Authentication'],
  [5, 'RA2'],
  [6, 'RA2ne'],
  [16, 'Tight'],
  [17, 'Ultra'],
  [18, 'TLS'],
  [19, 'VeNCrypt'],
  [20, 'SASL'],
  [21, 'MD5 hash'],
  [22, 'xvp'],
  [30, 'Apple Diffie-Hellman'],
]);

const nameOf = (type: number) => names.get(type) ?? String(type);

/** The version that we answer a server's greeting with: its own, at most 3.8. */
export function vncAnswer(greeting: string): string | undefined {
  const [, major, minor] = /^RFB (\d{3})\.(\d{3})\n/.exec(greeting) ?? [];
  if (major === undefined || minor === undefined || Number(major) < 3) return undefined;
  return Number(major) > 3 || Number(minor) >= 8
    ? 'RFB 003.008\n'
    : Number(minor) === 7
      ? 'RFB 003.007\n'
      : 'RFB 003.003\n';
}

/**
 * Security types that follow the greeting: one number of four bytes up to 3.3, a counted list since 3.7 (RFC 6143 7.1.2).
 * A list of none is a refusal, and tells nothing. Total over any bytes.
 */
export function parseVnc(bytes: Buffer): VncDetails | 'more' | undefined {
  if (bytes.length < 12) return 'more';
  const greeting = bytes.toString('latin1', 0, 12);
  const answer = vncAnswer(greeting);
  if (answer === undefined) return undefined;
  const version = greeting.slice(4, 11);
  const rest = bytes.subarray(12);
  if (answer === 'RFB 003.003\n') {
    if (rest.length < 4) return 'more';
    const type = rest.readUInt32BE(0);
    return type === 0 || type > 255 ? undefined : { version, securityTypes: [nameOf(type)] };
  }
  const count = rest[0];
  if (count === undefined || rest.length < 1 + count) return 'more';
  if (count === 0) return undefined;
  return { version, securityTypes: [...new Set([...rest.subarray(1, 1 + count)].map(nameOf))] };
}
