import type { Check } from '../../src/model/check.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { Target } from '../../src/model/target.ts';
import type { Store } from '../../src/store/types.ts';

export type WideRun = {
  readonly id: string;
  /** Day on which it began and ended. */
  readonly at: string;
  /** What one check sees of each system: it fails, passes, or nothing was seen. */
  readonly sees: Readonly<Record<string, 'F' | 'P' | 'o'>>;
  readonly zone?: string;
  readonly state?: 'interrupted';
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly levels?: Readonly<Record<string, number>>;
  /** Characters that each observation is made longer by. */
  readonly padding?: number;
};

export const targetKey = (system: string): string => `https://${system}.example/ [192.0.2.1]`;
export const systemsOf = (count: number, sees: 'F' | 'P'): Readonly<Record<string, 'F' | 'P'>> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`s${n}`, sees]));

/** Puts a run of many systems into a store, each with one target and two observations, as a scan leaves it. */
export async function addWideRun(store: Store, run: WideRun): Promise<void> {
  const { id, sees, zone = 'internet', settings = {}, levels = {}, padding = 0 } = run;
  const startedAt = `${run.at}T01:00:00.000Z`;
  const at = `${run.at}T01:30:00.000Z`;
  const targets = Object.keys(sees).map((system): Target => ({
    key: targetKey(system),
    kind: 'web',
    system,
    endpoint: { kind: 'web', url: `https://${system}.example/` },
    name: `${system}.example`,
    address: '192.0.2.1',
  }));
  const checks = [{ id: 'c', title: { vi: 'c', en: 'c' }, change: 'c' } as unknown as Check];
  const lawbook = { checks, frameworks: [], reference: {} };
  const inventory = {
    schema: 1,
    province: { id: 'p', name: 'P' },
    zones: [
      { id: 'internet', name: 'I' },
      { id: 'lan', name: 'L' },
    ],
    organisations: [{ id: 'o', name: 'O', headPosition: 'Giám đốc', head: 'Lò Văn A' }],
    systems: targets.map(({ system, endpoint }) => ({
      id: system,
      name: system,
      owner: 'o',
      operator: 'o',
      endpoints: [endpoint],
      ...(levels[system] === undefined ? {} : { classification: { level: levels[system], dossier: 'dang-du-thao' } }),
    })),
    authorisations: [],
  } as unknown as Inventory;
  await store.createRun({ id, tool: 't', zone, startedAt, inventory, targets, settings, lawbook });
  for (const { key, system } of targets) {
    const seen = sees[system];
    const common = { system, target: key, check: 'c', severity: 'high' as const, at };
    const failure = { code: 'timeout' as const, detail: 'x', retryable: true };
    const finding: Finding =
      seen === 'P'
        ? { ...common, outcome: 'pass', evidence: [] }
        : seen === 'F'
          ? { ...common, outcome: 'fail', evidence: [{ at: '/x', saw: 'F', because: { vi: 'x', en: 'x' } }] }
          : { ...common, outcome: 'not-observed', evidence: [], cause: { kind: 'http', failure } };
    const told = { target: key, zone, at, ms: 5 };
    const observations: readonly Observation[] =
      seen === 'o'
        ? (['http', 'software'] as const).map((kind) => ({ ...told, kind, probe: `${kind}/1`, ok: false, failure }))
        : [
            {
              ...told,
              kind: 'http',
              probe: 'http/1',
              ok: true,
              facts: { padding: 'x'.repeat(padding) },
            } as unknown as Observation,
            { ...told, kind: 'software', probe: 'software/1', ok: true, facts: { items: [] } },
          ];
    await store.commitTarget(id, 'session', {
      target: key,
      observations,
      findings: [finding],
      costs: [],
      resolverCosts: [],
    });
  }
  await store.finishRun(id, run.state ?? 'finished', at);
}
