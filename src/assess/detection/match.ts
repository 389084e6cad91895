import ipaddr from 'ipaddr.js';
import type { SentMarker, Sighting } from '../../model/detection.ts';
import { markerPattern } from '../../model/facts/detection-marker.ts';
import { readTime } from './instant.ts';
import { maxCellCharacters, type RawRow } from './parse-sightings.ts';

/** Why a row is refused; each is a sentence of the catalogue, `layers.refused-<reason>`. */
export const refusals = [
  'not-a-row',
  'too-long',
  'no-marker',
  'not-a-marker',
  'unknown-marker',
  'no-time',
  'not-a-time',
  'time-without-zone',
  'before-sent',
  'in-future',
  'no-source',
  'not-an-address',
  'other-system',
  'other-target',
  'not-sent',
] as const;
export type Refusal = (typeof refusals)[number];

/** One row and what became of it. */
export type MatchedRow =
  | { readonly line: number; readonly ok: true; readonly sighting: Sighting }
  | { readonly line: number; readonly ok: false; readonly reason: Refusal; readonly marker: string | null };

/** Clocks of two machines differ a little. */
const aheadMs = 5 * 60_000;

const marked = new RegExp(markerPattern);

/**
 * Holds each row against the markers that were sent. `centre`: who returned the file, where its rows do not say. `now`:
 * the instant of the import.
 */
export function matchRows(
  rows: readonly RawRow[],
  markers: readonly SentMarker[],
  { centre, now }: { readonly centre?: string; readonly now: string },
): readonly MatchedRow[] {
  const byMarker = new Map(markers.map((sent) => [sent.marker, sent]));
  return rows.map(({ line, cells }) => {
    const found = cells === null ? 'not-a-row' : match(cells, byMarker, centre, now);
    if (typeof found !== 'string') return { line, ok: true, sighting: found };
    return { line, ok: false, reason: found, marker: cells?.marker?.slice(0, 64) ?? null };
  });
}

function match(
  cells: NonNullable<RawRow['cells']>,
  byMarker: ReadonlyMap<string, SentMarker>,
  usual: string | undefined,
  now: string,
): Sighting | Refusal {
  if (Object.values(cells).some((cell) => cell.length > maxCellCharacters)) return 'too-long';
  const { marker, time, source, system, target } = cells;
  if (marker === undefined || marker === '') return 'no-marker';
  const word = marker.toLowerCase();
  if (!marked.test(word)) return 'not-a-marker';
  if (time === undefined || time === '') return 'no-time';
  const read = readTime(time);
  if (read.at === null) return read.why;
  const seenAt = read.at;
  if (source === undefined || source === '') return 'no-source';
  const address = addressOf(source);
  if (address === undefined) return 'not-an-address';
  const sent = byMarker.get(word);
  if (sent === undefined) return 'unknown-marker';
  if (sent.sentAt === undefined) return 'not-sent';
  // Logs round down to the second.
  if (Date.parse(seenAt) < Math.floor(Date.parse(sent.sentAt) / 1000) * 1000) return 'before-sent';
  if (Date.parse(seenAt) > Date.parse(now) + aheadMs) return 'in-future';
  if (system !== undefined && system !== '' && system !== sent.system) return 'other-system';
  if (target !== undefined && target !== '' && target !== sent.target && target !== sent.url) return 'other-target';
  const centre = cells.centre === undefined || cells.centre === '' ? usual : nameOf(cells.centre);
  return {
    run: sent.run,
    system: sent.system,
    target: sent.target,
    marker: word,
    seenAt,
    source: address,
    ...(centre === undefined ? {} : { centre }),
  };
}

/** A stranger's name for itself, as it can be kept: PostgreSQL has no NUL in its texts, and a name has no use for controls. */
const nameOf = (centre: string): string =>
  centre
    .replace(/\p{Cc}/gu, ' ')
    .slice(0, 200)
    .toWellFormed();

/** The one spelling of a literal address. */
function addressOf(text: string): string | undefined {
  const bare = text.replace(/^\[|\]$/g, '');
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return ipaddr.IPv4.parse(bare).toString();
  if (!ipaddr.IPv6.isValid(bare) || bare.includes('%')) return undefined;
  const six = ipaddr.IPv6.parse(bare);
  return six.isIPv4MappedAddress() ? six.toIPv4Address().toString() : six.toString();
}
