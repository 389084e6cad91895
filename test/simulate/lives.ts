// The truth of the simulated year: lives told week by week by hand, each sight beside the state that must follow. Nothing
// here is computed by rules: a change of the tracker's rules must make it differ.
import type { TrackState } from '../../src/model/track/state.ts';
import type { Random } from './random.ts';

/** What somebody does the day before a run. */
export type Deed =
  | { readonly do: 'in-progress' | 'claimed-fixed' | 'open' }
  | { readonly do: 'waived' | 'false-positive'; readonly weeks: number };

/** One week in which the finding's host was looked at. `clean`: a pass before anything was found; there is no life yet. */
export type Step = {
  readonly sees: 'F' | 'P' | 'o' | 'n' | 'clean';
  /** Which evidence a fail rests on. */
  readonly evidence?: number;
  readonly then: TrackState | 'none';
  readonly before?: Deed;
  /** A waiver of the inventory speaks of it from this week on. */
  readonly inventoryWaiver?: { readonly weeks: number } | 'removed';
};

type Sees = Step['sees'];
const step = (sees: Sees, then: Step['then'], more: Partial<Step> = {}): Step => ({ sees, then, ...more });
const times = (count: number, sees: Sees, then: Step['then'], more: Partial<Step> = {}): readonly Step[] =>
  Array.from({ length: count }, () => step(sees, then, more));

/** A life: how it goes, and how every week goes once the told ones are over. */
export type Told = { readonly steps: readonly Step[]; readonly rest: Step };
type Teller = (random: Random) => Told;

const born = (random: Random, most = 12): readonly Step[] => [
  ...times(random.upTo(most), 'clean', 'none'),
  step('F', 'new'),
];

/** Lives that go on however their host is lost, gone or renumbered. */
export const sturdyLives: Readonly<Record<string, Teller>> = {
  steady: (random) => ({ steps: born(random), rest: step('F', 'open') }),
  mended: (random) => ({
    steps: [...born(random), ...times(random.between(1, 15), 'F', 'open'), step('P', 'open')],
    rest: step('P', 'fixed-verified'),
  }),
  'one good night': (random) => ({
    steps: [...born(random), ...times(random.between(1, 9), 'F', 'open'), step('P', 'open'), step('F', 'open')],
    rest: step('F', 'open'),
  }),
  'one bad night': (random) => ({
    steps: [...born(random, 20), step('P', 'new')],
    rest: step('P', 'fixed-verified'),
  }),
  returned: (random) => ({
    steps: [
      ...born(random),
      ...times(random.between(1, 8), 'F', 'open'),
      step('P', 'open'),
      ...times(random.between(1, 6), 'P', 'fixed-verified'),
      step('F', 'fixed-verified'),
    ],
    rest: step('F', 'reopened'),
  }),
  'returned and mended again': (random) => ({
    steps: [
      ...born(random, 6),
      ...times(random.between(1, 5), 'F', 'open'),
      step('P', 'open'),
      ...times(random.between(1, 4), 'P', 'fixed-verified'),
      step('F', 'fixed-verified'),
      ...times(random.between(1, 5), 'F', 'reopened'),
      step('P', 'reopened'),
    ],
    rest: step('P', 'fixed-verified'),
  }),
  'bad night after a fix': (random) => ({
    steps: [
      ...born(random, 6),
      ...times(random.between(1, 5), 'F', 'open'),
      step('P', 'open'),
      ...times(random.between(1, 4), 'P', 'fixed-verified'),
      step('F', 'fixed-verified'),
    ],
    rest: step('P', 'fixed-verified'),
  }),
  flapping: (random) => ({
    steps: [
      ...born(random, 6),
      step('P', 'new'),
      ...Array.from({ length: random.between(3, 12) }, () => [step('F', 'open'), step('P', 'open')]).flat(),
    ],
    rest: step('F', 'open'),
  }),
};

/** Lives in which people speak, on hosts that are lost at times but stay in the inventory. */
export const spokenLives: Readonly<Record<string, Teller>> = {
  'claimed and true': (random) => ({
    steps: [
      ...born(random, 6),
      ...times(random.between(1, 5), 'F', 'open'),
      step('F', 'in-progress', { before: { do: 'in-progress' } }),
      ...times(random.upTo(5), 'F', 'in-progress'),
      step('P', 'claimed-fixed', { before: { do: 'claimed-fixed' } }),
    ],
    rest: step('P', 'fixed-verified'),
  }),
  'claimed and not true': (random) => ({
    steps: [
      ...born(random, 6),
      ...times(random.between(1, 5), 'F', 'open'),
      step('F', 'open', { before: { do: 'claimed-fixed' } }),
      ...times(random.between(1, 5), 'F', 'open'),
      step('P', 'claimed-fixed', { before: { do: 'claimed-fixed' } }),
      step('F', 'open'),
    ],
    rest: step('F', 'open'),
  }),
  'begun and taken back': (random) => ({
    steps: [
      ...born(random, 6),
      step('F', 'in-progress', { before: { do: 'in-progress' } }),
      ...times(random.upTo(4), 'F', 'in-progress'),
      step('F', 'open', { before: { do: 'open' } }),
    ],
    rest: step('F', 'open'),
  }),
};

/** Lives that go by the calendar, on hosts that are seen every week. */
export const datedLives: Readonly<Record<string, Teller>> = {
  'waiver that ends': (random) => {
    const weeks = random.between(1, 20);
    return {
      steps: [
        ...born(random, 6),
        step('F', 'open'),
        step('F', 'waived', { before: { do: 'waived', weeks } }),
        ...times(weeks - 1, 'F', 'waived'),
      ],
      rest: step('F', 'open'),
    };
  },
  'waiver for other evidence': (random) => ({
    steps: [
      ...born(random, 6),
      step('F', 'open'),
      step('F', 'waived', { before: { do: 'waived', weeks: 300 } }),
      ...times(random.upTo(9), 'F', 'waived'),
      step('F', 'open', { evidence: 2 }),
    ],
    rest: step('F', 'open'),
  }),
  'waiver withdrawn': (random) => ({
    steps: [
      ...born(random, 6),
      step('F', 'waived', { before: { do: 'waived', weeks: 300 } }),
      ...times(random.upTo(9), 'F', 'waived'),
      step('F', 'open', { before: { do: 'open' } }),
    ],
    rest: step('F', 'open'),
  }),
  'waived, mended, back': (random) => ({
    steps: [
      ...born(random, 6),
      step('F', 'open'),
      step('F', 'waived', { before: { do: 'waived', weeks: 300 } }),
      ...times(random.upTo(6), 'F', 'waived'),
      step('P', 'waived'),
      ...times(random.between(1, 6), 'P', 'fixed-verified'),
      step('F', 'fixed-verified'),
    ],
    rest: step('F', 'reopened'),
  }),
  'false alarm': (random) => ({
    steps: [...born(random, 6), step('F', 'false-positive', { before: { do: 'false-positive', weeks: 300 } })],
    rest: step('F', 'false-positive'),
  }),
  'waived in the inventory': (random) => {
    const weeks = random.between(1, 20);
    return {
      steps: [
        ...born(random, 6),
        step('F', 'open'),
        step('F', 'waived', { inventoryWaiver: { weeks } }),
        ...times(weeks - 1, 'F', 'waived'),
      ],
      rest: step('F', 'open'),
    };
  },
  'waiver taken out of the inventory': (random) => ({
    steps: [
      ...born(random, 6),
      step('F', 'open'),
      step('F', 'waived', { inventoryWaiver: { weeks: 300 } }),
      ...times(random.upTo(9), 'F', 'waived'),
      step('F', 'open', { inventoryWaiver: 'removed' }),
    ],
    rest: step('F', 'open'),
  }),
  'no longer applies': (random) => ({
    steps: [
      ...born(random, 6),
      ...times(random.between(1, 6), 'F', 'open'),
      step('n', 'open'),
      ...times(random.between(1, 6), 'n', 'gone-with-endpoint'),
    ],
    rest: step('F', 'open'),
  }),
  'blind for weeks': (random) => ({
    steps: [
      ...born(random, 6),
      ...times(random.between(1, 6), 'F', 'open'),
      ...times(2, 'o', 'open'),
      ...times(random.between(1, 6), 'o', 'not-seen-lately'),
    ],
    rest: step('F', 'open'),
  }),
  'mended while unseen': (random) => ({
    steps: [
      ...born(random, 6),
      step('F', 'open'),
      ...times(2, 'o', 'open'),
      ...times(random.between(1, 6), 'o', 'not-seen-lately'),
      step('P', 'open'),
      step('o', 'open'),
    ],
    rest: step('P', 'fixed-verified'),
  }),
};
