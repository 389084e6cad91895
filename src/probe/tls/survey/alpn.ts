import type { Answer } from '../answer.ts';
import type { NoAnswer } from '../lane.ts';
import { cursorOf, readVector } from '../wire/bytes.ts';
import { alertCode } from '../wire/alert.ts';
import { applicationProtocols, extensionType } from '../wire/extensions.ts';
import type { SeenVersion } from '../seen.ts';
import type { Ask } from './asker.ts';
import { isRefusal } from './elimination.ts';
import type { Ride } from './rides.ts';

/** What is asked for, likeliest first (registry "TLS ALPN Protocol IDs", and SPDY). */
const wanted: readonly string[] = [
  ...['h2', 'http/1.1', 'http/1.0', 'spdy/3.1', 'spdy/3', 'h2c', 'ftp', 'imap', 'pop3', 'nntp', 'managesieve'],
  ...['xmpp-client', 'xmpp-server', 'postgresql', 'mqtt', 'dot'],
];

/** The extension with all of them. */
export function allProtocols(): Buffer {
  return applicationProtocols(wanted);
}

/** Finds application protocols by elimination, riding along with hellos that are sent for something else. */
export type AlpnRider = {
  /** The extension for the next hello, nothing once all is known. */
  readonly extension: () => Buffer | undefined;
  /** The server's extension of an answer to a hello that carried ours. */
  readonly heard: (extension: Buffer | undefined) => void;
  /** The same ride with the extension in it. */
  readonly onto: (ride: Ride) => Ride;
  /** Accepted, in our order; undefined when nobody was asked. */
  readonly facts: () => string[] | undefined;
};

export function createAlpnRider(): AlpnRider {
  const accepted = new Set<string>();
  let done = false;
  let asked = false;

  const extension = () => {
    const remaining = wanted.filter((name) => !accepted.has(name));
    return done || remaining.length === 0 ? undefined : applicationProtocols(remaining);
  };
  const heard = (body: Buffer | undefined) => {
    asked = true;
    const name = body === undefined ? undefined : protocolOf(body);
    if (name !== undefined && wanted.includes(name)) accepted.add(name);
    // Silence is how servers without any of the rest answer, where they do not refuse.
    else done = true;
  };
  const onto = (ride: Ride): Ride => ({
    ...ride,
    options: () => {
      const options = ride.options();
      const own = extension();
      return own === undefined ? options : { ...options, more: [...(options.more ?? []), own] };
    },
    heard: (answer) => {
      if (extension() !== undefined) heard(answer.hello.extensions.get(extensionType.alpn));
      ride.heard(answer);
    },
  });
  return {
    extension,
    heard,
    onto,
    facts: () => (asked ? wanted.filter((name) => accepted.has(name)) : undefined),
  };
}

/** Connections at most. */
const most = 3;

/**
 * What is left to ask by itself, over an offer that was answered before: a server that refuses it now refuses the
 * protocols (RFC 7301 has an alert for it, and some send handshake_failure).
 */
export async function finishAlpn(ask: Ask, rider: AlpnRider, { protocol, suites }: SeenVersion): Promise<void> {
  for (let asked = 0; asked < most; asked += 1) {
    const own = rider.extension();
    if (own === undefined) return;
    const answer = await ask(protocol, suites, { more: [own] });
    if (answer.kind === 'hello') rider.heard(answer.hello.extensions.get(extensionType.alpn));
    else if (isMismatch(answer) || isRefusal(answer)) rider.heard(undefined);
    else return;
  }
}

function isMismatch(answer: Answer | NoAnswer): boolean {
  return answer.kind === 'alert' && answer.alert.code === alertCode.noApplicationProtocol;
}

/** The one name in a server's extension. */
function protocolOf(body: Buffer): string | undefined {
  const outer = cursorOf(body);
  const list = cursorOf(readVector(outer, 2));
  const name = readVector(list, 1);
  return outer.overrun || list.overrun ? undefined : name.toString('latin1');
}
