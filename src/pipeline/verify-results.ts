import type { Check, Outcome } from '../model/check.ts';
import type { Evidence, Finding } from '../model/finding.ts';
import type { ScanCost } from '../model/run.ts';
import type { Target } from '../model/target.ts';
import type { Life } from '../model/track/life.ts';
import type { TrackState } from '../model/track/state.ts';
import { countsFrom } from '../track/apart.ts';
import { placeOf } from '../track/place.ts';
import { renamesOf } from '../track/renames.ts';
import { keyOf } from '../track/sighter.ts';
import { stateOn } from '../track/state.ts';

export const verifyResults = ['fixed', 'not-fixed', 'could-not-tell'] as const;
export type VerifyResult = (typeof verifyResults)[number];

/**
 * Why it could not be told: a failure of the look; or there was nothing to look at.
 *
 * - `not-applicable`: what the check is about is not there any more, which is no fix
 * - `gone`: the inventory has no such endpoint any more
 * - `moved-away`: its name no longer leads to that address
 * - `not-planned`: from this zone it is not looked at
 * - `check-retired`: no check asks it any more
 */
export type VerifyCause = { readonly code: string; readonly detail: string };

/** How far the passes of a finding have come. */
export type Proof = {
  readonly passes: number;
  readonly needed: number;
  /** Whether this look counted, or was too close to one that did. */
  readonly counted: boolean;
  /** From when on another look counts; null: at any time. */
  readonly countsFrom: string | null;
};

/** What became of one finding asked about. */
export type Verified = {
  readonly life: Life;
  readonly result: VerifyResult;
  readonly state: TrackState;
  /** Null where nothing was looked at. */
  readonly outcome: Outcome | null;
  readonly evidence: readonly Evidence[];
  readonly cause: VerifyCause | null;
  readonly at: string | null;
  readonly proof: Proof | null;
  /** What the addresses that its target's look went to received in this verification. */
  readonly cost: readonly ScanCost[];
};

export type ResultsInput = {
  /** As they stand after. */
  readonly lives: readonly Life[];
  readonly findings: readonly Finding[];
  readonly checks: readonly Check[];
  /** Every target of the places asked about, and the places that the inventory declares (`<system>\n<place>`). */
  readonly planned: readonly Pick<Target, 'key' | 'system'>[];
  readonly declared: ReadonlySet<string>;
  readonly costs: readonly ScanCost[];
  readonly contacted: ReadonlyMap<string, ReadonlySet<string>>;
  readonly day: string;
};

/** Reads what a verification brought, in the order of the findings asked about. Pure. */
export function resultsOf(input: ResultsInput): readonly Verified[] {
  const byKey = new Map(input.findings.map((finding) => [keyOf(finding), finding]));
  const costs = new Map(input.costs.map((cost) => [cost.address, cost]));
  return input.lives.map((life): Verified => {
    const nameless = { ...life, target: `${placeOf(life.target)} [?]` };
    const finding = byKey.get(keyOf(life)) ?? byKey.get(keyOf(nameless));
    const state = stateOn(life, input.day);
    if (finding === undefined) {
      const cause = { code: whyUnlooked(life, input), detail: '' };
      const nothing = { outcome: null, evidence: [], at: null, proof: null, cost: [] };
      return { life, state, result: 'could-not-tell', cause, ...nothing };
    }
    const { outcome, evidence, at } = finding;
    const addresses = [...(input.contacted.get(`${finding.system}\n${finding.target}`) ?? [])].sort();
    return {
      life,
      state,
      result: outcome === 'pass' ? 'fixed' : outcome === 'fail' ? 'not-fixed' : 'could-not-tell',
      outcome,
      evidence,
      cause: causeOf(finding),
      at,
      proof: outcome === 'pass' ? proofOf(life, at) : null,
      cost: addresses.flatMap((address) => costs.get(address) ?? []),
    };
  });
}

function causeOf({ outcome, cause }: Finding): VerifyCause | null {
  if (outcome === 'not-applicable') return { code: 'not-applicable', detail: '' };
  return cause === undefined ? null : { code: cause.failure.code, detail: cause.failure.detail };
}

function proofOf(life: Life, at: string): Proof {
  const { passes, settings, counted } = life;
  return {
    passes: Math.min(passes, settings.closeAfter),
    needed: settings.closeAfter,
    counted: counted?.pass === undefined || counted.pass.at === at,
    countsFrom: countsFrom(life, 'pass') ?? null,
  };
}

function whyUnlooked(life: Life, { checks, planned, declared }: ResultsInput): string {
  const ids = new Set(checks.map(({ id }) => id));
  if (!ids.has(renamesOf(checks)(life.check))) return 'check-retired';
  const { system, target } = life;
  if (!declared.has(`${system}\n${placeOf(target)}`)) return 'gone';
  const here = planned.filter((one) => one.system === system && placeOf(one.key) === placeOf(target));
  return here.length > 0 && here.every(({ key }) => key !== target) ? 'moved-away' : 'not-planned';
}
