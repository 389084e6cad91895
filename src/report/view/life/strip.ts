import { message, type Message } from '../../../model/text.ts';
import { marks, type Mark } from '../../../model/track/sighting.ts';
import type { SightingInRun } from '../../../model/track/report-track.ts';

/** Marks of one kind: one path with a marker at each corner, a cell for each run. */
export type StripPath = { readonly mark: Mark; readonly d: string };

/** What the runs saw of one finding, as marks on one line. */
export type StripView = {
  readonly width: number;
  readonly paths: readonly StripPath[];
  /** The same in words: how often what was seen in a row, oldest first; where that is long, how often at all. */
  readonly said: readonly { readonly n: number; readonly word: Message }[];
  readonly title: Message;
};

/** The runs that strips stand over, oldest first; all strips of a page share it, so that runs stand below one another. */
export type StripAxis = { readonly columns: ReadonlyMap<string, number>; readonly width: number };

/** Side of a cell; the markers of `life-sprite.hbs` are drawn for it. */
const cell = 12;
/** A year of weekly runs and the one a year ago. */
const most = 53;

/** Lays out the runs of a trend, and those (verifications) that only these sightings tell of. */
export function stripAxis(
  runs: readonly { readonly run: string; readonly at: string }[],
  strips: Iterable<readonly SightingInRun[]>,
): StripAxis {
  const ends = new Map(runs.map(({ run, at }) => [run, at]));
  for (const strip of strips) for (const { run, at } of strip) if (!ends.has(run)) ends.set(run, at);
  const inOrder = [...ends].sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0)).slice(-most);
  return { columns: new Map(inOrder.map(([run], at) => [run, at])), width: inOrder.length * cell };
}

/** Draws one strip. */
export function stripView(strip: readonly SightingInRun[], { columns, width }: StripAxis): StripView {
  const pieces: { mark: Mark; at: number; n: number }[] = [];
  const seen = strip
    .flatMap(({ run, mark }) => {
      const at = columns.get(run);
      return at === undefined ? [] : [{ mark, at }];
    })
    .sort((a, b) => a.at - b.at);
  for (const { mark, at } of seen) {
    const last = pieces.at(-1);
    if (last?.mark === mark && last.at + last.n === at) last.n += 1;
    else pieces.push({ mark, at, n: 1 });
  }
  return {
    width,
    paths: marks.flatMap((mark): StripPath[] => {
      const own = pieces.filter((piece) => piece.mark === mark);
      if (own.length === 0) return [];
      return [{ mark, d: own.map(pieceOf).join('') }];
    }),
    ...inWords(seen.map(({ mark }) => mark)),
  };
}

/** A line whose corners are the marks; one alone needs a line of no length to have a corner at all. */
function pieceOf({ at, n }: { readonly at: number; readonly n: number }): string {
  return `M${at * cell + cell / 2} ${cell / 2}${n === 1 ? 'h0' : `h${cell}`.repeat(n - 1)}`;
}

/** More pieces than these nobody wants read to him. */
const mostSaid = 9;

function inWords(all: readonly Mark[]): Pick<StripView, 'said' | 'title'> {
  const rows: { n: number; mark: Mark }[] = [];
  for (const mark of all) {
    const last = rows.at(-1);
    if (last?.mark === mark) last.n += 1;
    else rows.push({ n: 1, mark });
  }
  const whole = rows.length <= mostSaid;
  const counted = whole ? rows : marks.map((mark) => ({ mark, n: all.filter((one) => one === mark).length }));
  return {
    title: message(whole ? 'life.strip' : 'life.strip-totals', { n: all.length }),
    said: counted.filter(({ n }) => n > 0).map(({ n, mark }) => ({ n, word: markWord(mark) })),
  };
}

/** The glossary's word for what was seen. */
function markWord(mark: Mark): Message {
  return message(mark === 'gone' ? 'life.mark.gone' : `words.outcome.${mark}`);
}
