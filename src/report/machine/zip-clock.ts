const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const localHeader = 0x04034b50;
/** 1 January 1980, the first day that a zip can tell (APPNOTE 4.4.6), and midnight. */
const [firstDay, midnight] = [0x0021, 0];

/**
 * Takes the clock out of a small zip of ours: every entry is of the first day, so that the same content gives the same bytes.
 * Changes `zip`. Throws where it is no zip as write-excel-file makes them.
 */
export function withoutClock(zip: Buffer): Buffer {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || zip.readUInt32LE(end) !== endOfDirectory) throw new Error('no zip');
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== directoryEntry) throw new Error('no entry of a zip');
    stamp(zip, at + 12);
    const header = zip.readUInt32LE(at + 42);
    if (zip.readUInt32LE(header) !== localHeader) throw new Error('no header of a zip');
    stamp(zip, header + 10);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return zip;
}

function stamp(zip: Buffer, at: number): void {
  zip.writeUInt16LE(midnight, at);
  zip.writeUInt16LE(firstDay, at + 2);
}
