/** Versions that send the community in clear, as they stand in a message (RFC 1157 section 4, RFC 3416 section 3). */
export const snmpVersions = { v1: 0, v2c: 1 } as const;

const sequence = 0x30;
const getRequest = 0xa0;
const getResponse = 0xa2;
/** 1.3.6.1.2.1.1.1.0, sysDescr. */
const sysDescr = Buffer.from('2b06010201010100', 'hex');

/** A BER element; contents are shorter than 128 bytes. */
const element = (tag: number, ...contents: Buffer[]) => {
  const body = Buffer.concat(contents);
  return Buffer.concat([Buffer.of(tag, body.length), body]);
};
const integer = (value: number) => element(0x02, Buffer.of(value));

/** GetRequest of sysDescr with a community; `id` is of four bytes. */
export function snmpGet(version: keyof typeof snmpVersions, community: string, id: number): Buffer {
  const requestId = Buffer.alloc(4);
  requestId.writeInt32BE(id);
  const binding = element(sequence, element(0x06, sysDescr), element(0x05));
  return element(
    sequence,
    integer(snmpVersions[version]),
    element(0x04, Buffer.from(community, 'latin1')),
    element(getRequest, element(0x02, requestId), integer(0), integer(0), element(sequence, binding)),
  );
}

export type SnmpAnswer = { readonly version: number; readonly sysDescr?: string };

/** The GetResponse to a request of ours by its id; undefined for anything else. Total over any bytes. */
export function parseSnmp(bytes: Buffer, id: number): SnmpAnswer | undefined {
  const message = read(bytes, sequence);
  const version = read(message?.body, 0x02);
  const community = read(version?.rest, 0x04);
  const pdu = read(community?.rest, getResponse);
  const requestId = read(pdu?.body, 0x02);
  if (version === undefined || requestId === undefined) return undefined;
  if (number(version.body) !== 0 && number(version.body) !== 1) return undefined;
  if (requestId.body.length > 4 || number(requestId.body) !== id) return undefined;
  const index = read(read(requestId.rest, 0x02)?.rest, 0x02);
  const binding = read(read(index?.rest, sequence)?.body, sequence);
  const value = read(read(binding?.body, 0x06)?.rest, 0x04);
  const told = value === undefined ? '' : value.body.toString('latin1').slice(0, 1024);
  return { version: number(version.body), ...(told === '' ? {} : { sysDescr: told }) };
}

type Element = { readonly body: Buffer; readonly rest: Buffer };

/** One BER element of the tag; undefined where there is none, whole. */
function read(bytes: Buffer | undefined, tag: number): Element | undefined {
  const first = bytes?.[1];
  if (bytes?.[0] !== tag || first === undefined) return undefined;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (lengthBytes > 3 || first === 0x80 || bytes.length < 2 + lengthBytes) return undefined;
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(2, lengthBytes);
  const from = 2 + lengthBytes;
  if (bytes.length < from + length) return undefined;
  return { body: bytes.subarray(from, from + length), rest: bytes.subarray(from + length) };
}

const number = (bytes: Buffer) => (bytes.length === 0 || bytes.length > 6 ? -1 : bytes.readIntBE(0, bytes.length));
