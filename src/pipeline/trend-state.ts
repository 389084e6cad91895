import { contentHash } from '../model/canonical.ts';
import type { Store } from '../store/types.ts';
import type { Origin, Stood, TrendState } from '../track/trend.ts';
import { countedAs } from './kept-trend.ts';
import { toolVersion } from './version.ts';

const what = 'trend-state';
const subject = '';

/** Where the counting of a zone's trend ended, with all that the points up to there hang on. */
export type KeptState = {
  readonly state: TrendState;
  /** What the trend itself is kept under. */
  readonly key: string;
  /** How due days were measured, by system that was counted or hidden. */
  readonly measures: Readonly<Record<string, string>>;
  /** Runs of the trend that a glance was noted of when they were counted. */
  readonly glances: readonly string[];
};

/** Counts of another program, or counted otherwise, are no beginning. */
const stateKey = (): string => contentHash([countedAs, toolVersion()]);

type Packed = readonly [id: string, flags: number, refuted: number, mended: number, recurrences: number];
const origins: readonly (Origin | undefined)[] = [undefined, 'reading', 'look'];

/** The state kept of a run; undefined where none was. */
export async function readTrendState(store: Store, run: string): Promise<KeptState | undefined> {
  const kept = (await store.kept.read(run, what, stateKey(), [subject])).get(subject);
  if (kept === undefined) return undefined;
  const { checksHash, stood, ...rest } = kept as Omit<KeptState, 'state'> & {
    readonly checksHash: string;
    readonly stood: readonly Packed[];
  };
  return { ...rest, state: { checksHash, stood: new Map(stood.map((one) => [one[0], unpack(one)])) } };
}

/** Keeps the state of a run in the place of those of its zone's other runs. */
export async function keepTrendState(store: Store, run: string, { state, ...rest }: KeptState): Promise<void> {
  const stood = [...state.stood].map(([id, one]) => pack(id, one));
  const body = { ...rest, checksHash: state.checksHash, stood };
  await store.kept.write(run, what, stateKey(), new Map([[subject, body]]));
}

/** Two bits, and two numbers below three. */
function pack(id: string, { toMend, confirmed, refuted, mended, recurrences, began, ended }: Stood): Packed {
  const flags = Number(toMend) + 2 * Number(confirmed) + 4 * origins.indexOf(began) + 12 * origins.indexOf(ended);
  return [id, flags, refuted, mended, recurrences];
}

function unpack([, flags, refuted, mended, recurrences]: Packed): Stood {
  const began = origins[Math.floor(flags / 4) % 3];
  const ended = origins[Math.floor(flags / 12)];
  return {
    toMend: flags % 2 === 1,
    confirmed: Math.floor(flags / 2) % 2 === 1,
    refuted,
    mended,
    recurrences,
    ...(began === undefined ? {} : { began }),
    ...(ended === undefined ? {} : { ended }),
  };
}
