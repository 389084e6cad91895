/** A record's bytes: owner and data in canonical form (RFC 4034, 6.2), its type's number. */
export type WireRecord = {
  readonly code: number;
  readonly isOpt: boolean;
  readonly owner: Buffer;
  readonly rdata: Buffer;
};

const opt = 41;
/** Types whose data begins with names that canonical form writes out and lowers: how many bytes before, how many names. */
const names: Readonly<Record<number, readonly [before: number, count: number]>> = {
  2: [0, 1], // NS
  5: [0, 1], // CNAME
  6: [0, 2], // SOA
  12: [0, 1], // PTR
  15: [2, 1], // MX
  17: [0, 2], // RP
  18: [2, 1], // AFSDB
  21: [2, 1], // RT
  33: [6, 1], // SRV
  36: [2, 1], // KX
  39: [0, 1], // DNAME
};

/** Finds every record of a message, in the order of its sections. Undefined for bytes that are no message. */
export function walkRecords(bytes: Buffer): readonly WireRecord[] | undefined {
  try {
    return walk(bytes);
  } catch (error) {
    // Reading past the end; anything else would be our own fault.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function walk(bytes: Buffer): readonly WireRecord[] {
  let at = 12;
  for (let left = bytes.readUInt16BE(4); left > 0; left -= 1) at = readName(bytes, at).end + 4;
  const count = bytes.readUInt16BE(6) + bytes.readUInt16BE(8) + bytes.readUInt16BE(10);
  const records: WireRecord[] = [];
  for (let index = 0; index < count; index += 1) {
    const owner = readName(bytes, at);
    const code = bytes.readUInt16BE(owner.end);
    const length = bytes.readUInt16BE(owner.end + 8);
    const start = owner.end + 10;
    const end = start + length;
    if (end > bytes.length) throw new RangeError('record');
    records.push({ code, isOpt: code === opt, owner: owner.name, rdata: canonicalData(bytes, code, start, end) });
    at = end;
  }
  return records;
}

function canonicalData(bytes: Buffer, code: number, start: number, end: number): Buffer {
  const shape = names[code];
  if (shape === undefined) return bytes.subarray(start, end);
  const [before, count] = shape;
  const parts = [bytes.subarray(start, start + before)];
  let at = start + before;
  for (let index = 0; index < count; index += 1) {
    const name = readName(bytes, at);
    parts.push(name.name);
    at = name.end;
  }
  if (at > end) throw new RangeError('names longer than their record');
  return Buffer.concat([...parts, bytes.subarray(at, end)]);
}

/** A name written out and lowered, and where what follows it begins. Pointers lead backwards only, so it ends. */
function readName(bytes: Buffer, from: number): { readonly name: Buffer; readonly end: number } {
  const parts: Buffer[] = [];
  let end: number | undefined;
  let at = from;
  let floor = from;
  let total = 1;
  for (;;) {
    const length = bytes.readUInt8(at);
    if (length === 0) break;
    if ((length & 0xc0) === 0xc0) {
      const target = bytes.readUInt16BE(at) & 0x3fff;
      end ??= at + 2;
      if (target >= floor) throw new RangeError('pointer forwards');
      at = target;
      floor = target;
      continue;
    }
    total += length + 1;
    if ((length & 0xc0) !== 0 || at + 1 + length > bytes.length || total > 255) throw new RangeError('label');
    parts.push(bytes.subarray(at, at + 1 + length));
    at += 1 + length;
  }
  const name = Buffer.concat([...parts, Buffer.from([0])]);
  // A length is at most 63, below every capital letter.
  for (let index = 0; index < name.length; index += 1) {
    const byte = name[index] ?? 0;
    if (byte >= 0x41 && byte <= 0x5a) name[index] = byte + 0x20;
  }
  return { name, end: end ?? at + 1 };
}
