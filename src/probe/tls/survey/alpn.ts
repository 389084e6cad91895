import type { Answer } from '../answer.ts';
import type { NoAnswer } from '../lane.ts';
import { cursorOf, readVector } from '../wire/bytes.ts';
import { alertCode } from '../wire/alert.ts';
import { applicationProtocols, extensionType } from '../wire/extensions.ts';
import type { Ask } from './asker.ts';
import { isRefusal } from './elimination.ts';

/** What is asked for, likeliest first (registry "TLS ALPN Protocol IDs", and SPDY). */
const wanted: readonly string[] = [
  ...['h2', 'http/1.1', 'http/1.0', 'spdy/3.1', 'spdy/3', 'h2c', 'ftp', 'imap', 'pop3', 'nntp', 'managesieve'],
  ...['xmpp-client', 'xmpp-server', 'postgresql', 'mqtt', 'dot'],
];

/** Finds application protocols by elimination, riding on hellos that are sent for something else. */
export type AlpnRider = {
  /** The extension for the next hello, nothing once all is known. */
  readonly extension: () => Buffer | undefined;
  /** The server's extension of an answer to a hello that carried ours. */
  readonly heard: (extension: Buffer | undefined) => void;
  /** An ask whose hellos carry the extension as long as there is something to learn. */
  readonly onto: (ask: Ask) => Ask;
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
  const onto =
    (ask: Ask): Ask =>
    async (protocol, suites, options = {}) => {
      const own = extension();
      if (own === undefined || protocol === 'SSLv3') return ask(protocol, suites, options);
      const answer = await ask(protocol, suites, { ...options, more: [...(options.more ?? []), own] });
      if (answer.kind === 'hello') heard(answer.hello.extensions.get(extensionType.alpn));
      if (!mayBeOurFault(answer)) return answer;
      const without = await ask(protocol, suites, options);
      // Answered without and refused with: it was refused for what was asked of it here.
      if (without.kind === 'hello' || isMismatch(answer)) heard(undefined);
      return without;
    };
  return {
    extension,
    heard,
    onto,
    facts: () => (asked ? wanted.filter((name) => accepted.has(name)) : undefined),
  };
}

function isMismatch(answer: Answer | NoAnswer): boolean {
  return answer.kind === 'alert' && answer.alert.code === alertCode.noApplicationProtocol;
}

/** RFC 7301 has an alert for it, and some send handshake_failure. */
function mayBeOurFault(answer: Answer | NoAnswer): boolean {
  return isMismatch(answer) || isRefusal(answer);
}

/** The one name in a server's extension. */
function protocolOf(body: Buffer): string | undefined {
  const outer = cursorOf(body);
  const list = cursorOf(readVector(outer, 2));
  const name = readVector(list, 1);
  return outer.overrun || list.overrun ? undefined : name.toString('latin1');
}
