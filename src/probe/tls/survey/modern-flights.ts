import type { HelloAnswer } from '../answer.ts';
import type { TlsContext } from '../context.ts';
import { allSchemes } from '../registry/signature-schemes.ts';
import { newestInClear, seenVersion, type SeenProtocols, type SeenVersion } from '../seen.ts';
import { allProtocols } from './alpn.ts';
import { begin, close, isOpen, isRefusal, strike, sureOf, type Elimination } from './elimination.ts';
import { readEncrypted } from './encrypted.ts';
import { tellingGroup } from './groups13.ts';
import { extension, heartbeat, uint16Vector } from '../wire/extensions.ts';
import { askFlight13 } from '../tls13/read-flights.ts';
import { readableSuites } from '../tls13/record-protection.ts';

/** What handshakes with a key of ours showed at TLS 1.3. */
export type ModernFlights = {
  /** The flight in a group that makes the server list its own, with its EncryptedExtensions. */
  readonly first?: HelloAnswer;
  /** Our application protocols were in that hello, because no older version could be asked for them. */
  readonly offeredProtocols: boolean;
  /** Every flight in which a chain came. */
  readonly flights: readonly HelloAnswer[];
  /** Schemes of CertificateVerify. */
  readonly schemes: Elimination;
};

const known = new WeakMap<SeenProtocols, Promise<ModernFlights>>();

/** Asked once for each observation, whoever asks first: certificates, groups and schemes all come from these. */
export function modernFlights(context: TlsContext): Promise<ModernFlights> {
  const { seen } = context;
  const asked = known.get(seen) ?? ask(context, seenVersion(seen, 'TLSv1.3'));
  known.set(seen, asked);
  return asked;
}

async function ask(context: TlsContext, version: SeenVersion | undefined): Promise<ModernFlights> {
  if (version?.suites.some((suite) => readableSuites.has(suite)) !== true) {
    return { offeredProtocols: false, flights: version?.flights ?? [], schemes: begin(allSchemes, []) };
  }
  const { first, offeredProtocols } = await readFirst(context, version);
  const flights = [...version.flights, ...(first === undefined ? [] : [first])];
  const schemes = await eliminate(context, version, flights);
  return { ...(first === undefined ? {} : { first }), offeredProtocols, flights, schemes };
}

async function readFirst({ dial, sni, seen }: TlsContext, version: SeenVersion) {
  const read = (extensions: readonly Buffer[]) =>
    readEncrypted(dial, sni, version.suites, tellingGroup(version), extensions);
  const alone = newestInClear(seen) === undefined;
  const riding = alone ? await read([heartbeat(), allProtocols()]) : undefined;
  // A server that wants none of our protocols may refuse for that alone.
  return { first: riding ?? (await read([heartbeat()])), offeredProtocols: riding !== undefined };
}

/** Connections at most. */
const most = 10;
/** signature_algorithms_cert (RFC 8446 section 4.2.3): the chain may be signed by anything whatever the server signs with. */
const anyCertificate = extension(50, uint16Vector(allSchemes));

/** Strikes each scheme that a CertificateVerify names until the rest is refused; what comes is put to `flights`. */
async function eliminate(
  { dial, sni }: TlsContext,
  { suites, first }: SeenVersion,
  flights: HelloAnswer[],
): Promise<Elimination> {
  let schemes = begin(
    allSchemes,
    flights.flatMap(({ rest }) => rest?.scheme ?? []),
  );
  const put = (offer: readonly number[]) =>
    askFlight13(dial, { sni, suites, group: first.hello.group ?? 0x001d, schemes: offer, more: [anyCertificate] });
  for (let asked = 0; asked < most && isOpen(schemes); asked += 1) {
    const { accepted, remaining } = schemes;
    const answer = await sureOf(
      await put(remaining),
      () => put(accepted.length === 0 ? allSchemes : accepted),
      () => put(remaining),
    );
    if (isRefusal(answer) || answer.kind === 'closed') return close(schemes);
    if (answer.kind !== 'hello' || answer.rest?.scheme === undefined) return schemes;
    flights.push(answer);
    schemes = strike(schemes, answer.rest.scheme);
  }
  return schemes;
}
