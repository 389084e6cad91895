import type { DetectionReturn, DetectionState, SentMarker, Sighting, SystemDetection } from '../../model/detection.ts';

type Target = SystemDetection['targets'][number];

/**
 * What monitoring noticed of one run, system by system in the order of the markers. A marker that is not known to have
 * reached its target is no reproach when nobody saw it, and counts when somebody did. Not noticed is said only after a
 * return about the run: until then nobody was asked.
 */
export function detectionOf(
  markers: readonly SentMarker[],
  sightings: readonly Sighting[],
  returns: readonly DetectionReturn[],
): readonly SystemDetection[] {
  const seen = Map.groupBy(sightings, ({ marker }) => marker);
  const returnedAt = last(returns.map(({ importedAt }) => importedAt));
  return [...Map.groupBy(markers, ({ system }) => system)].map(([system, own]) => {
    const targets = own.map((marker) => targetOf(marker, seen.get(marker.marker) ?? []));
    const reached = targets.filter(({ delivery, seenAt }) => delivery === 'answered' || seenAt !== null);
    const coverage = { seen: reached.filter(({ seenAt }) => seenAt !== null).length, needed: reached.length };
    const of = own.flatMap(({ marker }) => seen.get(marker) ?? []);
    return {
      run: own[0]?.run ?? '',
      system,
      state: stateOf(coverage, returnedAt),
      sentAt: first(targets.flatMap(({ sentAt }) => sentAt ?? [])) ?? null,
      seenAt: first(targets.flatMap(({ seenAt }) => seenAt ?? [])) ?? null,
      delaySeconds: longest(targets),
      returnedAt: returnedAt ?? null,
      sources: words(of.map(({ source }) => source)),
      centres: words(of.map(({ centre }) => centre)),
      coverage,
      targets,
    };
  });
}

function targetOf({ target, marker, delivery, sentAt }: SentMarker, sightings: readonly Sighting[]): Target {
  const seenAt = first(sightings.map((sighting) => sighting.seenAt));
  // Logs often round down to the second, so a sighting may seem to come a moment before the request left.
  const delay =
    seenAt === undefined || sentAt === undefined ? null : Math.max(0, (Date.parse(seenAt) - Date.parse(sentAt)) / 1000);
  return {
    target,
    marker,
    delivery,
    sentAt: sentAt ?? null,
    seenAt: seenAt ?? null,
    delaySeconds: delay === null ? null : Math.round(delay),
  };
}

function stateOf({ seen, needed }: SystemDetection['coverage'], returnedAt: string | undefined): DetectionState {
  if (needed === 0) return 'not-sent';
  if (returnedAt === undefined) return 'no-return';
  if (seen === needed) return 'noticed';
  return seen > 0 ? 'partly' : 'not-noticed';
}

function longest(targets: readonly Target[]): number | null {
  const delays = targets.flatMap(({ delaySeconds }) => delaySeconds ?? []);
  return delays.length === 0 ? null : Math.max(...delays);
}

const first = (instants: readonly string[]): string | undefined => [...instants].sort()[0];
const last = (instants: readonly string[]): string | undefined => [...instants].sort().at(-1);

function words(all: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(all.filter((word) => word !== undefined))].sort();
}
