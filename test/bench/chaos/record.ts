import { verifyHistory } from '../../../src/pipeline/verify-history.ts';
import { storePlace } from '../../../src/store/place.ts';
import { openStore } from '../../../src/store/store.ts';

/** Everything of one run that must be the same however often it was struck, and what it says it cost. */
export type RunRecord = {
  readonly state: string;
  readonly planned: readonly string[];
  readonly done: readonly string[];
  /** `target kind` of each observation, and whether it saw. */
  readonly observations: readonly string[];
  /** `target check outcome`, in the order of the store. */
  readonly findings: readonly string[];
  readonly assessments: readonly string[];
  /** Connections that the run says it opened, by address. */
  readonly costs: ReadonlyMap<string, number>;
  /** What is wrong with the history; empty when it is whole. */
  readonly historyFaults: readonly string[];
  /** How many records the history holds. */
  readonly historyRecords: number;
  /** Events by kind. */
  readonly events: ReadonlyMap<string, number>;
  readonly runs: number;
  /** Targets of which something was not answered in time, each with its system: a busy machine reads a slow host either way. */
  readonly slow: ReadonlyMap<string, string>;
  /**
   * `target check` of what was not observed though its host was: one of many questions had no answer in the time allowed for
   * it, which a busy machine decides either way. Each with its system.
   */
  readonly unanswered: ReadonlyMap<string, string>;
  /** Observations said to be of a time outside the run's own, by the clock of the store. */
  readonly strays: readonly string[];
};

/** Instants may be a moment off: a worker's clock is set by the store's over a network. */
const toleranceMs = 2000;

/** Reads what the only run of a folder came to. */
export async function readRecord(out: string): Promise<RunRecord> {
  const store = await openStore(storePlace(out));
  try {
    const runs = await store.runs();
    const [run] = runs;
    if (run === undefined) throw new Error(`no run in ${out}`);
    const { id } = run;
    const judgement = await store.judgement(id);
    const findings = await store.findings(judgement.id);
    const history = await verifyHistory(store);
    const costs = new Map<string, number>();
    for (const { address, connections } of await store.costs(id))
      costs.set(address, (costs.get(address) ?? 0) + connections);
    const events = new Map<string, number>();
    for (const { kind } of await store.runEvents(id)) events.set(kind, (events.get(kind) ?? 0) + 1);
    const observations = await store.observations(id);
    const systems = new Map((await store.targets(id)).map(({ key, system }) => [key, system]));
    const late = observations.filter((seen) => !seen.ok && seen.failure.code === 'timeout');
    const [since, until] = [Date.parse(run.startedAt), run.endedAt === undefined ? Infinity : Date.parse(run.endedAt)];
    const strays = observations.filter(
      ({ at }) => !(Date.parse(at) > since - toleranceMs && Date.parse(at) < until + toleranceMs),
    );
    return {
      state: run.state,
      planned: (await store.targets(id)).map(({ key }) => key),
      done: (await store.targets(id, 'done')).map(({ key }) => key),
      observations: observations.map((seen) => `${seen.target} ${seen.kind} ${seen.ok ? 'seen' : seen.failure.code}`),
      findings: findings.map(({ target, check, outcome }) => `${target} ${check} ${outcome}`),
      assessments: (await store.assessments(judgement.id)).map(
        ({ system, obligation, verdict }) => `${system} ${obligation} ${verdict}`,
      ),
      costs,
      historyFaults: history.faults.map((fault) => JSON.stringify(fault)),
      historyRecords: history.head.seq,
      events,
      runs: runs.length,
      slow: new Map(late.map(({ target }) => [target, systems.get(target) ?? ''])),
      unanswered: new Map(
        findings
          .filter(({ cause }) => cause?.failure.code === 'undecided' || cause?.failure.code === 'timeout')
          .map(({ target, check, system }) => [`${target} ${check}`, system]),
      ),
      strays: strays.map(({ target, kind, at }) => `${target} ${kind} at ${at}`),
    };
  } finally {
    await store.close();
  }
}
