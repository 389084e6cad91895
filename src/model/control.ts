import type { CheckId, Outcome } from './check.ts';
import type { Failure } from './failure.ts';
import type { ControlKind } from './inventory/control.ts';
import type { Iso, Kind, Observation } from './observation.ts';
import type { ResolverCost, ScanCost } from './run.ts';
import type { Target } from './target.ts';
import type { KnownSoftwareTable } from './vulnerability.ts';

/** One target of a control as one round saw it. */
export type ControlLook = {
  readonly control: string;
  readonly target: Target;
  readonly observations: readonly Observation[];
  /** What the feeds answered of its software. */
  readonly known?: KnownSoftwareTable;
};

/** One look at every control of a zone; a run makes one before its targets and one after, and more where it was taken up. */
export type ControlRound = {
  readonly at: Iso;
  readonly looks: readonly ControlLook[];
  /** What our own servers received in this round; never among the costs of targets. */
  readonly costs: readonly ScanCost[];
  readonly resolverCosts: readonly ResolverCost[];
};

/** Checks that must pass on a good control, and fail on a bad one, by the kind that they read; dated data. */
export type ControlExpectations = {
  readonly asOf: string;
} & Readonly<
  Record<ControlKind, Readonly<Partial<Record<Kind, { readonly source: string; readonly checks: readonly CheckId[] }>>>>
>;

/** Address family; null: a name, which has no address of its own, or one that leads to none. */
export type Family = 4 | 6 | null;

/** Family of the address that a target is looked at by. */
export function familyOf({ address }: Pick<Target, 'address'>): Family {
  if (address === undefined) return null;
  return address.includes(':') ? 6 : 4;
}

/**
 * - `right` the outcome is the one known beforehand
 * - `misread` another outcome was told
 * - `unread` none could be told
 */
export const controlResults = ['right', 'unread', 'misread'] as const;
export type ControlResult = (typeof controlResults)[number];

/** What one check told of one control in one round, and what it had to tell. */
export type ControlReading = {
  readonly control: string;
  readonly expects: ControlKind;
  readonly target: string;
  readonly family: Family;
  /** Counted from 0. */
  readonly round: number;
  readonly check: CheckId;
  readonly kinds: readonly Kind[];
  readonly expected: 'pass' | 'fail';
  readonly got: Outcome;
  /** Why nothing was told. */
  readonly why: Failure | null;
  readonly result: ControlResult;
  /** Clock of the observation. */
  readonly at: Iso;
};

/** `none`: no control speaks of it. */
export type ControlState = ControlResult | 'none';

/** Who vouches for what a run reads by one kind over one family. */
export type ControlStanding = {
  readonly family: Family;
  readonly kind: Kind;
  /** Targets of the run that are looked at so. */
  readonly targets: number;
  /** The worst of its readings. */
  readonly state: ControlState;
  /** Which kinds of control were read. */
  readonly by: readonly ControlKind[];
};

/** How the controls of a run stand by one lawbook. */
export type RunControls = {
  readonly readings: readonly ControlReading[];
  readonly standings: readonly ControlStanding[];
  /** Over all rounds. */
  readonly costs: readonly ScanCost[];
  readonly resolverCosts: readonly ResolverCost[];
};

/** Kinds of one family that stand alike; `whole`: no kind of it stands otherwise. */
export type StandingGroup = {
  readonly family: Family;
  readonly state: ControlState;
  readonly kinds: readonly Kind[];
  readonly whole: boolean;
};

/** How a run's controls stand in a few words: family by family, the worst first. */
export function standingGroups(standings: readonly ControlStanding[]): readonly StandingGroup[] {
  return [...Map.groupBy(standings, ({ family }) => family)].flatMap(([family, own]) =>
    (['misread', 'unread', 'none', 'right'] as const).flatMap((state): readonly StandingGroup[] => {
      const kinds = own.filter((one) => one.state === state).map(({ kind }) => kind);
      return kinds.length === 0 ? [] : [{ family, state, kinds, whole: kinds.length === own.length }];
    }),
  );
}
