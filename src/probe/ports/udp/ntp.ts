/** Mode 6, READVAR of the system's variables (RFC 9327 section 2). */
export function ntpControl(sequence: number): Buffer {
  const packet = Buffer.alloc(12);
  packet.writeUInt8((2 << 3) | 6, 0);
  packet.writeUInt8(2, 1);
  packet.writeUInt16BE(sequence, 2);
  return packet;
}

export type ControlAnswer = { readonly version?: string };

const longestVersion = 256;

/** A response to the READVAR with that sequence number, an error as well; undefined for anything else. Total. */
export function parseControl(bytes: Buffer, sequence: number): ControlAnswer | undefined {
  const [first = 0, second = 0] = bytes;
  if (bytes.length < 12 || (first & 7) !== 6 || (second & 0x80) === 0 || (second & 0x1f) !== 2) return undefined;
  if (bytes.readUInt16BE(2) !== sequence) return undefined;
  const [, version] = /\bversion="([^"]*)"/.exec(bytes.toString('latin1', 12)) ?? [];
  return version === undefined || version === '' ? {} : { version: version.slice(0, longestVersion) };
}

/** Mode 7 of ntpd, implementation 3, request 4 (system information): one packet comes back, unlike `monlist`'s hundred. */
export function ntpPrivate(): Buffer {
  const packet = Buffer.alloc(48);
  packet.writeUInt8((2 << 3) | 7, 0);
  packet.writeUInt8(3, 2);
  packet.writeUInt8(4, 3);
  return packet;
}

/** Whether it is a response of mode 7, be it an error: the mode is then in service. Total. */
export function isPrivateAnswer(bytes: Buffer): boolean {
  const [first = 0, , implementation, request] = bytes;
  return bytes.length >= 8 && (first & 7) === 7 && (first & 0x80) !== 0 && implementation === 3 && request === 4;
}
