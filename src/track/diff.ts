import type { Outcome, Severity } from '../model/check.ts';
import type { Finding } from '../model/finding.ts';
import { fingerprintOf } from './fingerprint.ts';
import { keyOf } from './sighter.ts';

export const diffKinds = ['new', 'reopened', 'fixed', 'changed', 'not-observed'] as const;
export type DiffKind = (typeof diffKinds)[number];

/** What made the difference: the world, the checks, or the data that the checks lean on. */
export type DiffOrigin = 'world' | 'checks' | 'data';

/** One finding that two runs tell differently; `null`: that side has none. */
export type Difference = {
  readonly what: DiffKind;
  readonly because: readonly DiffOrigin[];
  readonly system: string;
  readonly target: string;
  readonly check: string;
  readonly severity: Severity;
  readonly before: Outcome | null;
  readonly after: Outcome | null;
  /** Why it is not observed now: a failure code, `gone` with its endpoint, or `check-retired`. */
  readonly why?: string;
  readonly detail?: string;
  /** Where it was known under other names in the first run. */
  readonly was?: { readonly target?: string; readonly check?: string };
};

export type DiffInput = {
  /** The first run by its own lawbook, by the second's checks with its own data, and by the second's lawbook. */
  readonly before: readonly Finding[];
  readonly byChecks: readonly Finding[];
  readonly byLawbook: readonly Finding[];
  readonly after: readonly Finding[];
  /** The present name of a target (`<system>\n<target>`) and of a check. */
  readonly moved: ReadonlyMap<string, string>;
  readonly renamed: (check: string) => string;
  /** Targets of the second run, `<system>\n<target>`. */
  readonly planned: ReadonlySet<string>;
  /** Whether it had failed in a run before the first. */
  readonly failedEarlier: (key: string) => boolean;
};

/** How two runs differ, finding by finding, and whether the world or the reading of it changed. Pure. */
export function diffRuns(input: DiffInput): readonly Difference[] {
  const { moved, renamed } = input;
  const place = (finding: Finding): Finding => ({
    ...finding,
    target: moved.get(`${finding.system}\n${finding.target}`) ?? finding.target,
    check: renamed(finding.check),
  });
  const keyed = (findings: readonly Finding[]) => new Map(findings.map((one) => [keyOf(place(one)), one]));
  const sides = [keyed(input.before), keyed(input.byChecks), keyed(input.byLawbook)] as const;
  const after = new Map(input.after.map((one) => [keyOf(one), one]));
  const lookOf = rememberLooks();
  return [...new Set([...sides[0].keys(), ...after.keys()])].sort().flatMap((key): readonly Difference[] => {
    const was = sides[0].get(key);
    const is = after.get(key);
    const what = kindOf(was, is, input.failedEarlier(key), lookOf);
    if (what === undefined) return [];
    const now = is ?? (was === undefined ? undefined : place(was));
    if (now === undefined) return [];
    const { system, target, check, severity } = now;
    const steps = [was, sides[1].get(key), sides[2].get(key), is];
    const origins: readonly DiffOrigin[] = ['checks', 'data', 'world'];
    const old = was === undefined ? {} : namesOf(was, now);
    return [
      {
        what,
        because: origins.filter((_, index) => lookOf(steps[index]) !== lookOf(steps[index + 1])),
        system,
        target,
        check,
        severity,
        before: was?.outcome ?? null,
        after: is?.outcome ?? null,
        ...(what === 'not-observed' ? whyOf(is, input.planned.has(`${system}\n${target}`)) : {}),
        ...(Object.keys(old).length === 0 ? {} : { was: old }),
      },
    ];
  });
}

type LookOf = (finding: Finding | undefined) => string;

function kindOf(
  was: Finding | undefined,
  is: Finding | undefined,
  failedEarlier: boolean,
  lookOf: LookOf,
): DiffKind | undefined {
  const seen = was?.outcome === 'fail' || was?.outcome === 'pass';
  if (is?.outcome === 'fail') {
    if (was?.outcome === 'fail') return lookOf(was) === lookOf(is) ? undefined : 'changed';
    if (!failedEarlier) return 'new';
    return was?.outcome === 'pass' ? 'reopened' : 'changed';
  }
  if (seen && (is === undefined || is.outcome === 'not-observed')) return 'not-observed';
  if (was?.outcome !== 'fail') return undefined;
  return is?.outcome === 'pass' ? 'fixed' : 'changed';
}

/** One finding stands for several steps where the reading did not change, and its fingerprint takes its time. */
function rememberLooks(): LookOf {
  const known = new Map<Finding | undefined, string>();
  return (finding) => {
    let look = known.get(finding);
    if (look === undefined) {
      look = lookAt(finding);
      known.set(finding, look);
    }
    return look;
  };
}

/** What must be the same for two findings to say the same. */
function lookAt(finding: Finding | undefined): string {
  if (finding === undefined) return '';
  const { outcome, severity, evidence } = finding;
  return outcome === 'fail' ? `fail ${severity} ${fingerprintOf(evidence)}` : outcome;
}

function whyOf(is: Finding | undefined, planned: boolean): { readonly why: string; readonly detail?: string } {
  if (is?.cause !== undefined) return { why: is.cause.failure.code, detail: is.cause.failure.detail };
  return { why: planned ? 'check-retired' : 'gone' };
}

function namesOf(was: Finding, now: Pick<Finding, 'target' | 'check'>): NonNullable<Difference['was']> {
  return {
    ...(was.target === now.target ? {} : { target: was.target }),
    ...(was.check === now.check ? {} : { check: was.check }),
  };
}
