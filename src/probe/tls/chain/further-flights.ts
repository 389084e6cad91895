import type { Answer, HelloAnswer } from '../answer.ts';
import type { TlsContext } from '../context.ts';
import type { NoAnswer } from '../lane.ts';
import { authenticationOf } from '../registry/authentication.ts';
import { newestInClear, seenVersion, type SeenVersion } from '../seen.ts';
import { readableSuites } from '../tls13/record-protection.ts';
import { alertCode } from '../wire/alert.ts';
import { askFlight } from './ask-flight.ts';
import { keyKind, schemesOfKind, type KeyKind } from './key-kinds.ts';
import { chainsOf, hasChain } from './seen-flights.ts';

/**
 * Flights with certificates of a kind that none of `seen` had: the suites of TLS 1.2 do not tell ECDSA from EdDSA, and a
 * certificate may be held for TLS 1.3 alone. One connection asks for all kinds that are missing; a second follows only
 * where the first brought one and another is still missing.
 */
export async function furtherKinds(context: TlsContext, seen: readonly HelloAnswer[]): Promise<HelloAnswer[]> {
  const found: HelloAnswer[] = [];
  for (let asked = 0; asked < 2; asked += 1) {
    const question = missingKinds(context, [...seen, ...found]);
    if (question === undefined) break;
    const schemes = question.kinds.flatMap((kind) => schemesOfKind[kind]);
    const answer = await askFlight(context, { sni: context.sni, ...question, schemes });
    const leaf = answer.kind === 'hello' ? answer.chain?.[0] : undefined;
    const kind = leaf === undefined ? undefined : keyKind(leaf);
    // A server may send what it has although it was not asked for.
    if (answer.kind !== 'hello' || kind === undefined || !question.kinds.includes(kind)) break;
    found.push(answer);
  }
  return found;
}

type KindQuestion = {
  readonly version: SeenVersion;
  readonly suites: readonly number[];
  readonly kinds: readonly KeyKind[];
};

function missingKinds({ seen }: TlsContext, flights: readonly HelloAnswer[]): KindQuestion | undefined {
  const leaves = chainsOf(flights).flatMap(([leaf]) => (leaf === undefined ? [] : [keyKind(leaf)]));
  const unseen = (['rsa', 'ec', 'eddsa'] as const).filter((kind) => !leaves.includes(kind));
  const modern = readableModern(seen);
  if (modern !== undefined) {
    // On a host of TLS 1.3 alone RSA was asked for by itself, and the two others together.
    const alone = newestInClear(seen) === undefined;
    const elliptic = leaves.includes('ec') || leaves.includes('eddsa');
    const kinds = alone ? unseen.filter((kind) => kind !== 'rsa' && elliptic) : unseen;
    return kinds.length === 0 ? undefined : { version: modern, suites: modern.suites, kinds };
  }
  const clear = seenVersion(seen, 'TLSv1.2');
  const suites = clear?.suites.filter((suite) => authenticationOf(suite) === 'ecdsa') ?? [];
  const kinds = unseen.filter((kind) => kind !== 'rsa');
  return clear === undefined || suites.length === 0 || kinds.length !== 1
    ? undefined
    : { version: clear, suites, kinds };
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
