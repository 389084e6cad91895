import type { Feeds } from '../feeds/open.ts';
import { neededKinds } from '../inventory/targets.ts';
import { expectedIds, readingsOf } from '../judge/controls/readings.ts';
import { standingsOf } from '../judge/controls/standings.ts';
import { withhold } from '../judge/controls/withhold.ts';
import type { ControlExpectations, ControlLook, ControlReading, ControlRound, RunControls } from '../model/control.ts';
import { sumCosts } from '../model/cost-sum.ts';
import type { Finding } from '../model/finding.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Run } from '../model/run.ts';
import type { Target } from '../model/target.ts';
import type { KnownSoftwareTable } from '../model/vulnerability.ts';
import { derivedFrom } from '../probe/observe.ts';
import type { Lawbook, Store } from '../store/types.ts';
import { createJudge } from './observe-target.ts';

/** Which controls, by which law. */
export type ControlLaw = {
  readonly inventory: Inventory;
  readonly zone: string;
  readonly lawbook: Lawbook;
  /** Absent: what the feeds answered at the look. */
  readonly ask?: Feeds['ask'];
};

/** Of a lawbook older than the reference servers: only what a control itself names is expected of it. */
const nothingExpected: ControlExpectations = { asOf: '', good: {}, bad: {} };

/** Judges looks at controls, by the checks of which something is expected; `known` tells what the feeds answer of one look. */
export function createControlReader({ inventory, zone, lawbook, ask }: ControlLaw): {
  readonly read: (rounds: readonly Pick<ControlRound, 'looks'>[]) => readonly ControlReading[];
  readonly known: (look: ControlLook) => KnownSoftwareTable | undefined;
} {
  const controls = inventory.zones.find(({ id }) => id === zone)?.controls ?? [];
  const lawful = { checks: lawbook.checks, expectations: lawbook.reference.controls ?? nothingExpected };
  const ids = expectedIds(controls, lawful);
  let kept: KnownSoftwareTable = {};
  const checks = lawbook.checks.filter(({ id }) => ids.has(id));
  const judge = createJudge({ ...lawbook, checks }, ask ?? (() => kept));
  const judgeLook = (look: ControlLook) => {
    kept = look.known ?? {};
    return judge(look.target, look.observations);
  };
  return {
    read: (rounds) =>
      readingsOf({ controls, ...lawful, rounds, judge: (look): readonly Finding[] => judgeLook(look).findings }),
    known: (look) => judgeLook(look).known,
  };
}

/** What every round of a run read of its controls, by a lawbook. */
async function readingsOfRun(store: Store, run: string, law: ControlLaw): Promise<readonly ControlReading[]> {
  const rounds = await store.controls.rounds(run);
  return rounds.length === 0 ? [] : createControlReader(law).read(rounds);
}

/** Findings of a run as its controls let them stand. What was seen of controls is a fact of the run: any lawbook reads it anew. */
export async function vouchedFor(
  store: Store,
  run: string,
  law: ControlLaw,
  targets: readonly Target[],
  findings: readonly Finding[],
): Promise<readonly Finding[]> {
  const withheld = await withheldOf(store, run, law, targets, () => Promise.resolve(findings));
  const byKey = new Map(withheld.map((finding) => [keyOf(finding), finding]));
  return findings.map((finding) => byKey.get(keyOf(finding)) ?? finding);
}

/** Puts what the controls of a run do not vouch for as not observed into a judgement. */
export async function withholdIn(store: Store, run: string, judgement: number, law: ControlLaw): Promise<void> {
  const targets = await store.targets(run);
  const withheld = await withheldOf(store, run, law, targets, () => store.findings(judgement));
  if (withheld.length > 0) await store.replaceFindings(judgement, withheld);
}

async function withheldOf(
  store: Store,
  run: string,
  law: ControlLaw,
  targets: readonly Target[],
  findings: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  const readings = await readingsOfRun(store, run, law);
  if (readings.every(({ result }) => result === 'right')) return [];
  const { checks } = law.lawbook;
  return withhold(await findings(), { readings, targets, checks, kindsOf: neededKinds, derivedFrom });
}

const keyOf = ({ system, target, check }: Finding): string => `${system}\n${target}\n${check}`;

/** How the controls of a run were read by a lawbook, who vouches for what, and what that cost. */
export async function loadRunControls(
  store: Store,
  run: Run,
  law: Omit<ControlLaw, 'zone'>,
  targets: readonly Target[],
): Promise<RunControls> {
  const rounds = await store.controls.rounds(run.id);
  const readings = rounds.length === 0 ? [] : createControlReader({ ...law, zone: run.zone }).read(rounds);
  return {
    readings,
    standings: standingsOf(targets, readings, neededKinds),
    costs: sumCosts(rounds.flatMap(({ costs }) => costs)),
    resolverCosts: rounds.flatMap(({ resolverCosts }) => resolverCosts).filter(({ queries }) => queries > 0),
  };
}

/** The same by the newest judgement, and how many verdicts were withheld because of it. */
export async function controlsOfRun(store: Store, run: Run): Promise<RunControls & { readonly withheld: number }> {
  const { id, lawbook } = await store.judgement(run.id);
  const [inventory, targets] = [await store.inventory(run.id), await store.targets(run.id)];
  const findings = await store.findings(id);
  return {
    ...(await loadRunControls(store, run, { inventory, lawbook }, targets)),
    withheld: findings.filter(({ cause }) => cause?.failure.code === 'control').length,
  };
}
