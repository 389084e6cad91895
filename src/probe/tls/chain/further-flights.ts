import type { Answer, HelloAnswer } from '../answer.ts';
import type { TlsContext } from '../context.ts';
import type { NoAnswer } from '../lane.ts';
import { authenticationOf } from '../registry/authentication.ts';
import { newestInClear, seenVersion, type SeenVersion } from '../seen.ts';
import { modernFlights } from '../survey/modern-flights.ts';
import { readableSuites } from '../tls13/record-protection.ts';
import { alertCode } from '../wire/alert.ts';
import { askFlight } from './ask-flight.ts';
import { keyKind, schemesOfKind } from './key-kinds.ts';
import { chainsOf, hasChain } from './seen-flights.ts';

/**
 * Flights with certificates of a kind that none of `seen` had: the suites of TLS 1.2 do not tell ECDSA from EdDSA, and a
 * certificate may be held for TLS 1.3 alone. There the elimination of signature schemes brings all of them; on a host of
 * older versions one connection asks for the kind that is missing.
 */
export async function furtherKinds(context: TlsContext, seen: readonly HelloAnswer[]): Promise<readonly HelloAnswer[]> {
  const kinds = new Set(chainsOf(seen).map(([leaf]) => leaf && keyKind(leaf)));
  if (readableModern(context.seen) !== undefined) {
    const { flights } = await modernFlights(context);
    const ofNewKinds = new Map(flights.map((flight) => [flight.chain?.[0] && keyKind(flight.chain[0]), flight]));
    return [...ofNewKinds].flatMap(([kind, flight]) => (kind === undefined || kinds.has(kind) ? [] : [flight]));
  }
  const version = seenVersion(context.seen, 'TLSv1.2');
  const suites = version?.suites.filter((suite) => authenticationOf(suite) === 'ecdsa') ?? [];
  const missing = (['ec', 'eddsa'] as const).filter((kind) => !kinds.has(kind));
  const [kind] = missing;
  if (version === undefined || suites.length === 0 || kind === undefined || missing.length > 1) return [];
  const answer = await askFlight(context, { sni: context.sni, version, suites, schemes: schemesOfKind[kind] });
  const leaf = answer.kind === 'hello' ? answer.chain?.[0] : undefined;
  // A server may send what it has although it was not asked for.
  return answer.kind === 'hello' && leaf !== undefined && keyKind(leaf) === kind ? [answer] : [];
}

function readableModern(seen: TlsContext['seen']): SeenVersion | undefined {
  const modern = seenVersion(seen, 'TLSv1.3');
  return modern?.suites.some((suite) => readableSuites.has(suite)) === true ? modern : undefined;
}

const refusals: ReadonlySet<number> = new Set([
  alertCode.handshakeFailure,
  alertCode.accessDenied,
  alertCode.unrecognizedName,
]);

/** What comes to a client that gives no name; a key is absent where it could not be told. */
export type Nameless = {
  /** Flights with a chain; none where it was refused. */
  readonly flights?: readonly HelloAnswer[];
  readonly needsName?: boolean;
};

/** Asks once without a name, in the newest version whose certificates can be read. */
export async function askNameless(context: TlsContext): Promise<Nameless> {
  const { seen } = context;
  const version = newestInClear(seen) ?? readableModern(seen);
  if (version === undefined) return {};
  return namelessOf(await askFlight(context, { sni: undefined, version, suites: version.suites }));
}

function namelessOf(answer: Answer | NoAnswer): Nameless {
  if (answer.kind === 'hello') return { needsName: false, ...(hasChain(answer) ? { flights: [answer] } : {}) };
  const refused = answer.kind === 'closed' || (answer.kind === 'alert' && refusals.has(answer.alert.code));
  return refused ? { needsName: true, flights: [] } : {};
}
