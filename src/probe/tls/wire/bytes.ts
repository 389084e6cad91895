/**
 * A place in a buffer of a stranger. Reading past the end never throws: it gives zero or an empty buffer and sets
 * `overrun`, which a parser looks at once, at its end.
 */
export type Cursor = { readonly buffer: Buffer; at: number; overrun: boolean };

/** A cursor at the start of `buffer`. */
export function cursorOf(buffer: Buffer): Cursor {
  return { buffer, at: 0, overrun: false };
}

/** Bytes not yet read. */
export function left(cursor: Cursor): number {
  return cursor.buffer.length - cursor.at;
}

/** An unsigned integer of 1 to 4 bytes, big-endian. */
export function readUint(cursor: Cursor, size: 1 | 2 | 3 | 4): number {
  if (left(cursor) < size) return overrun(cursor, 0);
  const value = cursor.buffer.readUIntBE(cursor.at, size);
  cursor.at += size;
  return value;
}

/** The next `length` bytes, as a view of the same memory. */
export function readBytes(cursor: Cursor, length: number): Buffer {
  if (left(cursor) < length) return overrun(cursor, empty);
  const bytes = cursor.buffer.subarray(cursor.at, cursor.at + length);
  cursor.at += length;
  return bytes;
}

/** A vector: its length in `size` bytes, then that many bytes. */
export function readVector(cursor: Cursor, size: 1 | 2 | 3): Buffer {
  return readBytes(cursor, readUint(cursor, size));
}

/** A vector to send: its length in `size` bytes, then the parts. */
export function vector(size: 1 | 2 | 3, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.allocUnsafe(size);
  head.writeUIntBE(body.length, 0, size);
  return Buffer.concat([head, body]);
}

/** Two-byte numbers, one after the other. */
export function uint16s(values: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(values.length * 2);
  let at = 0;
  for (const value of values) at = bytes.writeUInt16BE(value, at);
  return bytes;
}

const empty = Buffer.alloc(0);

function overrun<T>(cursor: Cursor, value: T): T {
  cursor.at = cursor.buffer.length;
  cursor.overrun = true;
  return value;
}
