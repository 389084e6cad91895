import type { TlsFacts } from '../../../model/facts/tls.ts';
import { chainFacts } from '../certificates.ts';
import type { HelloAnswer } from '../answer.ts';
import type { TlsContext } from '../context.ts';
import { limitedDial } from './limited-dial.ts';
import { clientCertificateFacts } from './client-certificate.ts';
import { askNameless, furtherKinds, type Nameless } from './further-flights.ts';
import { chainsOf, seenFlights } from './seen-flights.ts';
import { stapleFacts } from './staples.ts';
import { trustFacts } from './trust-facts.ts';

const mostConnections = 4;

/**
 * Certificates of every kind, with and without a name; trust of each by each store; staples; the client certificate asked
 * for. Most of it stands in flights that were read already; at most four connections, as a rule two.
 */
export async function examineChains(given: TlsContext): Promise<Partial<TlsFacts>> {
  const { sni, seen, extraRoots } = given;
  const dial = limitedDial(given.dial, mostConnections);
  const context = { ...given, dial };
  const { named, nameless } = seenFlights(seen, sni);
  const [further, unnamed, clientCertificate] = await Promise.all([
    named.length === 0 ? [] : furtherKinds(given, named),
    withoutName(context, nameless),
    clientCertificateFacts(context, named),
  ]);
  const features = unnamed.needsName === undefined ? {} : { features: { needsName: unnamed.needsName } };
  if (named.length === 0) return features;
  const flights = [...named, ...further];
  const staples = await stapleFacts(context, flights);
  const chains = chainsOf(flights);
  const trust = trustFacts(chains, extraRoots, Date.parse(dial.wire.now()));
  return {
    chains: chainFacts(chains),
    trust,
    ...(unnamed.flights === undefined ? {} : { chainsWithoutName: chainFacts(chainsOf(unnamed.flights)) }),
    ...(staples === undefined ? {} : { staples }),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
    ...features,
  };
}

/** Nothing is asked where no name was sent before, nor where SSLv3, which has room for none, brought a chain. */
async function withoutName(context: TlsContext, nameless: readonly HelloAnswer[]): Promise<Nameless> {
  if (context.sni === undefined) return { needsName: false };
  return nameless.length > 0 ? { needsName: false, flights: nameless } : askNameless(context);
}
