import type { TlsFacts } from '../../../model/facts/tls.ts';
import type { Ending, FlightReader } from '../answer.ts';
import type { TlsContext } from '../context.ts';
import { exchange, type Dial } from '../exchange.ts';
import { orNoAnswer } from '../lane.ts';
import { jarmAnswerLimit, readJarmAnswer, type JarmAnswer } from './jarm-answer.ts';
import { jarmHash } from './jarm-hash.ts';
import { jarmHellos } from './jarm-hellos.ts';

/** JARM as a part of its own, for whoever wants to compare with what others compute. */
export async function jarmPart({ dial, sni }: TlsContext): Promise<Pick<TlsFacts, 'jarm'>> {
  const jarm = await surveyJarm(dial, sni);
  return jarm === undefined ? {} : { jarm };
}

/** JARM of the service, ten connections; undefined when one of them brought neither an answer nor a refusal. */
export async function surveyJarm(dial: Dial, sni: string | undefined): Promise<string | undefined> {
  const answers = await Promise.all(jarmHellos(sni ?? dial.address).map((hello) => askRaw(dial, hello)));
  const heard = answers.filter((answer) => answer !== undefined);
  return heard.length === answers.length ? jarmHash(heard) : undefined;
}

async function askRaw(dial: Dial, hello: Buffer): Promise<JarmAnswer | undefined> {
  let bytes = Buffer.alloc(0);
  let ended: Ending | undefined;
  const reader: FlightReader = {
    // The answer is read from `bytes`; what is returned only says that there is enough.
    push: (piece) => {
      bytes = Buffer.concat([bytes, piece]);
      const whole = bytes.length >= 5 && bytes.length >= 5 + bytes.readUInt16BE(3);
      return whole || bytes.length >= jarmAnswerLimit ? { kind: 'closed', by: 'fin' } : undefined;
    },
    end: (ending) => {
      ended = ending;
      return { kind: 'closed', by: 'fin' };
    },
  };
  const outcome = await orNoAnswer(dial, () => exchange(dial, hello, reader));
  if (outcome.kind === 'failed' || (ended === 'timeout' && bytes.length === 0)) return undefined;
  return readJarmAnswer(bytes);
}
