import type { MongoDetails } from '../../../model/facts/port-details.ts';

const headerBytes = 16;
const opMsg = 2013;
/** A server sends less than two kilobytes. */
const longestMessage = 65_536;
const mostFields = 200;

const cstring = (text: string) => Buffer.from(`${text}\0`, 'latin1');
const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
};

/** `{ hello: 1, $db: "admin" }` as OP_MSG: what every client says first, and nothing else (MongoDB Wire Protocol). */
export function mongoHello(id: number): Buffer {
  const name = cstring('admin');
  const fields = Buffer.concat([
    Buffer.of(0x10),
    cstring('hello'),
    int32(1),
    Buffer.of(0x02),
    cstring('$db'),
    int32(name.length),
    name,
    Buffer.of(0),
  ]);
  const document = Buffer.concat([int32(fields.length + 4), fields]);
  const body = Buffer.concat([int32(0), Buffer.of(0), document]);
  return Buffer.concat([int32(headerBytes + body.length), int32(id), int32(0), int32(opMsg), body]);
}

/** Codes of an answer that wants a login first: Unauthorized, AuthenticationFailed. */
const loginCodes: ReadonlySet<unknown> = new Set([13, 18]);

/**
 * The answer to our hello: what it tells, or that a login is asked for. `more` while it is not whole, undefined for anything
 * else, another error as well. Total over any bytes.
 */
export function parseMongoHello(bytes: Buffer, id: number): MongoDetails | 'login-asked' | 'more' | undefined {
  if (bytes.length < headerBytes) return 'more';
  const length = bytes.readInt32LE(0);
  if (length < headerBytes + 10 || length > longestMessage) return undefined;
  if (bytes.readInt32LE(8) !== id || bytes.readInt32LE(12) !== opMsg) return undefined;
  if (bytes.length < length) return 'more';
  // After the flags, a section of kind 0 is the document itself.
  if (bytes[headerBytes + 4] !== 0) return undefined;
  const fields = readDocument(bytes.subarray(headerBytes + 5, length));
  if (fields === undefined) return undefined;
  if (fields.get('ok') !== 1) return loginCodes.has(fields.get('code')) ? 'login-asked' : undefined;
  const version = fields.get('maxWireVersion');
  const told = typeof version === 'number' && Number.isInteger(version) && version >= 0 && version <= 10_000;
  if (!told && !fields.has('isWritablePrimary') && !fields.has('ismaster')) return undefined;
  return { ...(told ? { maxWireVersion: version } : {}), router: fields.get('msg') === 'isdbgrid' };
}

type Value = number | boolean | string | null;

/** Top fields of a BSON document (bsonspec.org 1.1); those of other types as null. Undefined where it is not well formed. */
function readDocument(bytes: Buffer): Map<string, Value> | undefined {
  if (bytes.length < 5) return undefined;
  const length = bytes.readInt32LE(0);
  if (length < 5 || length > bytes.length || bytes[length - 1] !== 0) return undefined;
  const fields = new Map<string, Value>();
  for (let at = 4; at < length - 1;) {
    const nameEnd = bytes.indexOf(0, at + 1);
    if (nameEnd === -1 || nameEnd >= length - 1 || fields.size >= mostFields) return undefined;
    const field = readValue(bytes[at] ?? 0, bytes.subarray(nameEnd + 1, length - 1));
    if (field === undefined) return undefined;
    fields.set(bytes.toString('latin1', at + 1, nameEnd).slice(0, 128), field.value);
    at = nameEnd + 1 + field.size;
  }
  return fields;
}

type Field = { readonly value: Value; readonly size: number };

/** Sizes of types whose value is not needed: ObjectId, date, regular expressions and code not among them. */
const plainSizes: ReadonlyMap<number, number> = new Map([
  [0x06, 0],
  [0x07, 12],
  [0x09, 8],
  [0x0a, 0],
  [0x11, 8],
  [0x13, 16],
  [0x7f, 0],
  [0xff, 0],
]);

function readValue(type: number, bytes: Buffer): Field | undefined {
  const sized = (size: number, value: Value): Field | undefined =>
    size >= 0 && size <= bytes.length ? { value, size } : undefined;
  if (type === 0x01) return bytes.length < 8 ? undefined : sized(8, bytes.readDoubleLE(0));
  if (type === 0x08) return sized(1, bytes[0] === 1);
  if (type === 0x12) return bytes.length < 8 ? undefined : sized(8, Number(bytes.readBigInt64LE(0)));
  const plain = plainSizes.get(type);
  if (plain !== undefined) return sized(plain, null);
  if (bytes.length < 4) return undefined;
  const first = bytes.readInt32LE(0);
  if (type === 0x10) return sized(4, first);
  if (type === 0x02)
    return first < 1 ? undefined : sized(4 + first, bytes.toString('latin1', 4, 3 + first).slice(0, 256));
  if (type === 0x03 || type === 0x04) return first < 5 ? undefined : sized(first, null);
  return type === 0x05 && first >= 0 ? sized(5 + first, null) : undefined;
}
