import type { HelloAnswer } from '../answer.ts';
import type { SeenProtocols } from '../seen.ts';

/** Flights in which a chain came, apart by whether the server had been told a name. */
export type SeenFlights = { readonly named: readonly HelloAnswer[]; readonly nameless: readonly HelloAnswer[] };

/**
 * Sorts what the enumeration read. SSLv3 has no extensions, so what it brought was sent to a client without a name, which
 * counts as the service's own only where no later version or no name is there.
 */
export function seenFlights({ versions }: SeenProtocols, sni: string | undefined): SeenFlights {
  const flights = versions.flatMap(({ protocol, flights: own }) =>
    own.filter(hasChain).map((flight) => ({ flight, named: protocol !== 'SSLv3' })),
  );
  if (sni === undefined || !flights.some(({ named }) => named)) {
    return { named: flights.map(({ flight }) => flight), nameless: [] };
  }
  const pick = (wanted: boolean) => flights.filter(({ named }) => named === wanted).map(({ flight }) => flight);
  return { named: pick(true), nameless: pick(false) };
}

/** A flight in which at least a leaf came. */
export function hasChain({ chain = [] }: HelloAnswer): boolean {
  return chain.length > 0;
}

/** The chains of flights, DER. */
export function chainsOf(flights: readonly HelloAnswer[]): (readonly Buffer[])[] {
  return flights.flatMap(({ chain = [] }) => (chain.length === 0 ? [] : [chain]));
}
