import type { Answer } from './answer.ts';
import { exchange, type Dial } from './exchange.ts';
import { createSslv2FlightReader } from './flight-sslv2.ts';
import { orNoAnswer, type NoAnswer } from './lane.ts';
import { sslv2Offer } from './registry/offers.ts';
import { sslv2ClientHello, type Sslv2Hello } from './wire/sslv2.ts';

export type Sslv2Result =
  | { readonly kind: 'offered'; readonly hello: Sslv2Hello }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unknown'; readonly answer: Answer | NoAnswer };

/** One CLIENT-HELLO brings the whole list; a bare reset is asked twice before it counts as a refusal. */
export async function enumerateSslv2(dial: Dial): Promise<Sslv2Result> {
  const ask = () => orNoAnswer(dial, () => exchange(dial, sslv2ClientHello(sslv2Offer), createSslv2FlightReader()));
  const first = await ask();
  const answer = first.kind === 'closed' && first.by === 'reset' ? await ask() : first;
  switch (answer.kind) {
    case 'sslv2':
      return { kind: 'offered', hello: answer.hello };
    // A TLS answer, text or a closed door: whatever was at the other end did not speak SSLv2.
    case 'hello':
    case 'alert':
    case 'not-tls':
    case 'closed':
    case 'malformed':
      return { kind: 'refused' };
    case 'timeout':
    case 'failed':
      return { kind: 'unknown', answer };
  }
}
