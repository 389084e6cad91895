type Stream = { readonly write: (text: string) => unknown; readonly isTTY?: boolean; readonly columns?: number };

/** Text handed on at once, in UTF-16 units. */
const piece = 65_536;

/**
 * A stream that takes line after line and hands them on in pieces: a list of a hundred thousand lines is as many calls of the system
 * otherwise. What it holds goes on when the turn of the event loop is over, and with `flush`. A terminal is given each line at once.
 */
export function inPieces(stream: Stream): Stream & { readonly flush: () => void } {
  let held: string[] = [];
  let size = 0;
  const flush = (): void => {
    if (held.length === 0) return;
    const text = held.join('');
    held = [];
    size = 0;
    stream.write(text);
  };
  const write = (text: string): boolean => {
    if (stream.isTTY === true) {
      stream.write(text);
      return true;
    }
    if (held.length === 0) setImmediate(flush);
    held.push(text);
    size += text.length;
    if (size >= piece) flush();
    return true;
  };
  const { isTTY, columns } = stream;
  return { write, flush, ...(isTTY === undefined ? {} : { isTTY }), ...(columns === undefined ? {} : { columns }) };
}
