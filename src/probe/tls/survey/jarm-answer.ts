/** What JARM keeps of an answer; all empty when it was no ServerHello. */
export type JarmAnswer = {
  /** Four hexadecimal digits. */
  readonly suite: string;
  readonly version: string;
  readonly alpn: string;
  /** Types of the extensions in their order, `ff01-0000`. */
  readonly extensions: string;
};

/** No ServerHello. */
export const noJarmAnswer: JarmAnswer = { suite: '', version: '', alpn: '', extensions: '' };

/** Bytes of an answer that the reference looks at. */
export const jarmAnswerLimit = 1484;

/**
 * Reads the first bytes of an answer as the reference does, its oddities included (a ServerHello without extensions is
 * read on into whatever follows), for the value must be the one that others compute. Total over any bytes.
 */
export function readJarmAnswer(bytes: Buffer): JarmAnswer {
  const data = bytes.subarray(0, jarmAnswerLimit);
  const sessionId = data[43];
  if (data[0] !== 22 || data[5] !== 2 || sessionId === undefined) return noJarmAnswer;
  const hello = {
    suite: data.toString('hex', sessionId + 44, sessionId + 46),
    version: data.toString('hex', 9, 11),
  };
  const lengthAt = sessionId + 47;
  if (data[lengthAt] === undefined || data[lengthAt] === 11 || isKnownOddity(data, lengthAt)) {
    return { ...hello, alpn: '', extensions: '' };
  }
  const list = readExtensions(data, lengthAt);
  return list === undefined ? noJarmAnswer : { ...hello, ...list };
}

function isKnownOddity(data: Buffer, lengthAt: number): boolean {
  return data.toString('hex', lengthAt + 3, lengthAt + 6) === '0eac0b' || data.toString('hex', 82, 85) === '0ff00b';
}

function readExtensions(data: Buffer, lengthAt: number): Pick<JarmAnswer, 'alpn' | 'extensions'> | undefined {
  const lengthBytes = data.subarray(lengthAt, lengthAt + 2);
  const end = lengthBytes.readUIntBE(0, lengthBytes.length) + lengthAt + 1;
  const types: string[] = [];
  let alpn: Buffer | undefined;
  for (let at = lengthAt + 2; at < end;) {
    const type = data.toString('hex', at, at + 2);
    const sizeBytes = data.subarray(at + 2, at + 4);
    if (sizeBytes.length === 0) return undefined;
    const size = sizeBytes.readUIntBE(0, sizeBytes.length);
    types.push(type);
    if (type === '0010' && alpn === undefined) {
      if (size === 0) return undefined;
      alpn = data.subarray(at + 4, at + 4 + size);
    }
    at += 4 + size;
  }
  const name = alpn === undefined ? '' : decode(alpn.subarray(3));
  return name === undefined ? undefined : { alpn: name, extensions: types.join('-') };
}

function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
