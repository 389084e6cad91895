import { FailureError } from '../../../model/failure.ts';
import type { Dial } from '../exchange.ts';

/** The same dial for at most so many connections; each one more throws FailureError `not-run`, and nothing is sent. */
export function limitedDial(dial: Dial, connections: number): Dial {
  let left = connections;
  return {
    ...dial,
    connect: async () => {
      if (left === 0) throw new FailureError('not-run', `${dial.address} port ${dial.port}: enough connections`);
      left -= 1;
      return dial.connect();
    },
  };
}
