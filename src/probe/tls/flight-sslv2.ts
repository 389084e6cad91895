import type { FlightReader } from './answer.ts';
import { createFlightReader, flightLimit } from './flight.ts';
import { createAccumulator } from './wire/accumulator.ts';
import { parseSslv2 } from './wire/sslv2.ts';

/** A reader of the answer to an SSLv2 hello, which is an SSLv2 record from a server that knows it and a TLS alert else. */
export function createSslv2FlightReader(): FlightReader {
  const bytes = createAccumulator();
  const tls = createFlightReader();
  let isTls = false;

  return {
    push: (piece) => {
      if (isTls) return tls.push(piece);
      bytes.push(piece);
      const start = bytes.peek(Math.min(bytes.size(), 2)) ?? piece;
      if (start.length < 2) return undefined;
      isTls = start[1] === 3 && (start[0] === 21 || start[0] === 22);
      const all = bytes.peek(bytes.size()) ?? piece;
      if (isTls) return tls.push(all);
      const answer = parseSslv2(all);
      switch (answer.kind) {
        case 'hello':
          return { kind: 'sslv2', hello: answer.hello };
        case 'error':
          return { kind: 'closed', by: 'fin' };
        case 'not-sslv2':
          return { kind: 'not-tls', sample: all.subarray(0, 200) };
        case 'more':
          return all.length > flightLimit ? { kind: 'malformed', why: 'SSLv2 record too long' } : undefined;
      }
    },
    end: tls.end,
  };
}
