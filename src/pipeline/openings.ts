import type { Ask, Coverage } from '../inventory/describe-scope.ts';
import { knownAddresses, placesOf } from '../inventory/endpoint.ts';
import { refusalOf } from '../inventory/scope.ts';
import type { Endpoint } from '../model/inventory/endpoint.ts';
import type { Turn, TurnHold } from '../model/schedule.ts';

/** A place that may be asked: an endpoint, by its known addresses or one that it led to. */
export type Door = { readonly endpoint: Endpoint; readonly address?: string };

/** When a place may be asked. `ever`: some document lets it be asked, now or later. */
export type Opening = {
  readonly opening?: NonNullable<Turn['next']>;
  readonly hold: TurnHold;
  readonly ever: boolean;
};

/** When a place may be asked, at the earliest at an instant: by the best of its addresses and ports. */
export function openingOf(
  { endpoint, address: known }: Door,
  zone: string,
  at: string,
  ask: (asking: Ask) => Coverage,
): Opening {
  const [place] = placesOf(endpoint);
  const ports = place === undefined || place.ports.length === 0 ? [endpoint.kind === 'domain' ? 53 : 443] : place.ports;
  const addresses = known === undefined ? (knownAddresses(endpoint) ?? [undefined]) : [known];
  const name = place?.name === undefined ? {} : { name: place.name };
  const answers = addresses.flatMap((address) =>
    ports.map((port) => ask({ port, zone, at, ...name, ...(address === undefined ? {} : { address }) })),
  );
  const open = answers.find(({ permission }) => permission.allowed);
  if (open?.authorisation !== undefined) {
    return { opening: { from: at, document: open.authorisation.document }, hold: 'due', ever: true };
  }
  const later = answers
    .flatMap(({ next, authorisation }) =>
      next === undefined || authorisation === undefined ? [] : [{ from: next.from, document: authorisation.document }],
    )
    .sort((a, b) => (a.from < b.from ? -1 : 1))[0];
  const words = answers.flatMap(({ permission }) => (permission.allowed ? [] : (refusalOf(permission.reason) ?? [])));
  // Where only the address can tell, the scan itself will ask; it is not a closed door, save within a blackout.
  const unresolved = answers.some((answer) => answer.unresolved);
  const blackout = words.includes('blackout');
  return {
    ...(later === undefined ? {} : { opening: later }),
    hold: unresolved && !blackout ? 'due' : (holds.find((hold) => words.includes(hold)) ?? 'no-document'),
    ever: later !== undefined || unresolved,
  };
}

/** From the least to the most that stands in the way. */
const holds = ['outside-hours', 'blackout', 'not-yet', 'expired'] as const satisfies readonly TurnHold[];

/** What stands in the way of a system: the least of what stands in the way of its places. */
export function holdOf(openings: readonly Opening[]): TurnHold {
  if (openings.length === 0) return 'no-endpoint';
  if (openings.some(({ hold }) => hold === 'due')) return 'due';
  return holds.find((hold) => openings.some((one) => one.hold === hold)) ?? 'no-document';
}
