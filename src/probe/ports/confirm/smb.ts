import type { SmbDetails } from '../../../model/facts/port-details.ts';

/** NetBIOS session message of direct TCP transport ([MS-SMB2] 2.1): a zero and the length in three bytes. */
function framed(message: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUIntBE(message.length, 1, 3);
  return Buffer.concat([head, message]);
}

/** SMB_COM_NEGOTIATE offering `NT LM 0.12` alone ([MS-CIFS] 2.2.4.52.1). */
export function smb1Negotiate(): Buffer {
  const header = Buffer.alloc(32);
  header.write('\xffSMB', 0, 'latin1');
  header[4] = 0x72;
  header[9] = 0x18;
  header.writeUInt16LE(0xc853, 10);
  header.writeUInt16LE(0xffff, 24);
  const dialect = Buffer.from('\x02NT LM 0.12\0', 'latin1');
  const count = Buffer.alloc(2);
  count.writeUInt16LE(dialect.length);
  return framed(Buffer.concat([header, Buffer.of(0), count, dialect]));
}

const dialects: ReadonlyMap<number, string> = new Map([
  [0x0202, '2.0.2'],
  [0x0210, '2.1'],
  [0x0300, '3.0'],
  [0x0302, '3.0.2'],
  [0x0311, '3.1.1'],
]);

/** SMB2 NEGOTIATE offering 2.0.2 to 3.1.1 with the contexts that 3.1.1 asks for ([MS-SMB2] 2.2.3). */
export function smb2Negotiate(salt: Buffer): Buffer {
  const header = Buffer.alloc(64);
  header.write('\xfeSMB', 0, 'latin1');
  header.writeUInt16LE(64, 4);
  header.writeUInt16LE(1, 14);
  const offered = [...dialects.keys()];
  const body = Buffer.alloc(36 + offered.length * 2);
  body.writeUInt16LE(36, 0);
  body.writeUInt16LE(offered.length, 2);
  body.writeUInt16LE(1, 4);
  salt.copy(body, 12, 0, 16);
  for (const [index, dialect] of offered.entries()) body.writeUInt16LE(dialect, 36 + index * 2);
  const gap = Buffer.alloc((8 - ((header.length + body.length) % 8)) % 8);
  body.writeUInt32LE(header.length + body.length + gap.length, 28);
  body.writeUInt16LE(1, 32);
  // SMB2_PREAUTH_INTEGRITY_CAPABILITIES: SHA-512 and a salt ([MS-SMB2] 2.2.3.1.1).
  const context = Buffer.alloc(8 + 38);
  context.writeUInt16LE(1, 0);
  context.writeUInt16LE(38, 2);
  context.writeUInt16LE(1, 8);
  context.writeUInt16LE(32, 10);
  context.writeUInt16LE(1, 12);
  salt.copy(context, 14, 0, 32);
  return framed(Buffer.concat([header, body, gap, context]));
}

/** The first message, `more` while it is not whole, undefined when it is no session message. */
function messageOf(bytes: Buffer): Buffer | 'more' | undefined {
  if (bytes.length < 4) return 'more';
  if (bytes[0] !== 0) return undefined;
  const length = bytes.readUIntBE(1, 3);
  if (length < 32 || length > 65_536) return undefined;
  return bytes.length < 4 + length ? 'more' : bytes.subarray(4, 4 + length);
}

const noDialect = 0xffff;

/** Whether SMB1 was accepted; undefined when that was not told. Total over any bytes. */
export function parseSmb1(bytes: Buffer): Pick<SmbDetails, 'smb1'> | 'more' | undefined {
  const message = messageOf(bytes);
  if (message === undefined || message === 'more') return message;
  if (message.toString('latin1', 0, 4) !== '\xffSMB' || message[4] !== 0x72) return undefined;
  // DialectIndex; an error answer has no words ([MS-CIFS] 2.2.4.52.2).
  const words = message[32] ?? 0;
  if (words === 0) return message.readUInt32LE(5) === 0 ? undefined : { smb1: false };
  if (message.length < 35) return undefined;
  return { smb1: message.readUInt16LE(33) !== noDialect };
}

/** Dialect and signing of an SMB2 NEGOTIATE response ([MS-SMB2] 2.2.4). Total over any bytes. */
export function parseSmb2(bytes: Buffer): Pick<SmbDetails, 'dialect' | 'signing'> | 'more' | undefined {
  const message = messageOf(bytes);
  if (message === undefined || message === 'more') return message;
  if (message.toString('latin1', 0, 4) !== '\xfeSMB' || message.length < 64 + 6) return undefined;
  if (message.readUInt32LE(8) !== 0 || message.readUInt16LE(12) !== 0) return undefined;
  const mode = message.readUInt16LE(66);
  const dialect = dialects.get(message.readUInt16LE(68));
  const signing = (mode & 2) !== 0 ? 'required' : (mode & 1) !== 0 ? 'enabled' : 'off';
  return { ...(dialect === undefined ? {} : { dialect }), signing };
}
