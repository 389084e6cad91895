import { contentHash } from '../model/canonical.ts';
import { marks, type Mark } from '../model/track/sighting.ts';
import type { Store } from '../store/types.ts';

/** Marks that a list shows of a finding: half a year of weeks. */
export const mostMarks = 26;

export type Strips = ReadonlyMap<string, readonly Mark[]>;

const what = 'strips';
/** Under the one subject stands that strips are kept, under the other what they are. */
const whether = '';
const all = '*';
/** Findings that are asked for one by one sooner than all are read. */
const few = 200;

/** Ids and marks of all findings, each parted by spaces, in one order; a mark is its place among `marks`. */
type Packed = { readonly findings: string; readonly strips: string };

/** The last marks of some findings, each finding's oldest first: as they were kept, or else out of all sightings there are. */
export async function stripsOf(store: Store, findings: readonly string[]): Promise<Strips> {
  if (findings.length <= few) return store.track.marks(findings);
  const place = placeOf(await store.track.runs());
  const kept = place === undefined ? undefined : (await store.kept.read(...place, [all])).get(all);
  return kept === undefined ? store.track.marks(findings) : unpack(kept as Packed);
}

/**
 * Keeps the strips of all findings as they are by the runs taken in, unless they are: a year of sightings is a million, and only
 * what a run brings changes them.
 */
export async function keepStrips(store: Store): Promise<void> {
  const place = placeOf(await store.track.runs());
  if (place === undefined || (await store.kept.read(...place, [whether])).size > 0) return;
  const packed = pack(await store.track.marks());
  await store.kept.write(
    ...place,
    new Map<string, unknown>([
      [whether, true],
      [all, packed],
    ]),
  );
}

/** Where strips are kept: by the newest of the runs taken in, under all of them. Sightings come by runs alone. */
function placeOf(runs: readonly string[]): [run: string, what: string, key: string] | undefined {
  const newest = runs.at(-1);
  return newest === undefined ? undefined : [newest, what, contentHash([mostMarks, marks, runs])];
}

function pack(strips: Strips): Packed {
  const texts = [...strips.values()].map((strip) => strip.slice(-mostMarks).map((mark) => marks.indexOf(mark)));
  return { findings: [...strips.keys()].join(' '), strips: texts.map((digits) => digits.join('')).join(' ') };
}

function unpack({ findings, strips }: Packed): Strips {
  const texts = strips.split(' ');
  // A hundred findings in a row were seen failing each week.
  const told = new Map<string, readonly Mark[]>();
  return new Map(
    findings.split(' ').map((finding, at) => {
      const text = texts[at] ?? '';
      const strip = told.get(text) ?? Array.from(text, (digit) => marks[Number(digit)] ?? 'gone');
      told.set(text, strip);
      return [finding, strip] as const;
    }),
  );
}
