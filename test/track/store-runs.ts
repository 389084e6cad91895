import type { Check } from '../../src/model/check.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import type { Target } from '../../src/model/target.ts';
import type { Store } from '../../src/store/types.ts';

/** A finished run of one system with one web endpoint: what each check sees of it. */
export type RunSketch = {
  readonly day: number;
  /** `G` fails by other evidence than `F`; `x` was not allowed to be asked; `c`: no control vouches for it. */
  readonly sees: Readonly<Record<string, 'F' | 'G' | 'P' | 'o' | 'x' | 'c'>>;
  /** It looked again at these findings alone. */
  readonly verification?: readonly string[];
  readonly zone?: string;
  readonly address?: string;
  /** The system is never to be scanned from now on. */
  readonly excluded?: true;
};

const url = 'https://a.example/';

const dayAt = (day: number, hours = 0): string => new Date(Date.UTC(2026, 0, 5 + day, 3 + hours)).toISOString();

/** Puts a finished run into a store, as a scan leaves it. */
export async function addRun(
  store: Store,
  { day, sees, zone = 'internet', address = '192.0.2.1', excluded, verification }: RunSketch,
): Promise<void> {
  const target: Target = {
    key: `${url} [${address}]`,
    kind: 'web',
    system: 's',
    endpoint: { kind: 'web', url },
    name: 'a.example',
  };
  const checks = Object.keys(sees).map((id) => ({ id, title: { vi: id, en: id }, change: id }) as unknown as Check);
  const lawbook = { checks, frameworks: [], reference: {} };
  const inventory = {
    schema: 1,
    province: { id: 'p', name: 'P' },
    zones: [{ id: 'internet', name: 'I' }],
    organisations: [{ id: 'o', name: 'O', headPosition: 'Giám đốc', head: 'Lò Văn A' }],
    systems: [
      {
        id: 's',
        name: 'S',
        owner: 'o',
        operator: 'o',
        endpoints: [target.endpoint],
        ...(excluded && { excluded: 'quoc-phong' }),
      },
    ],
    authorisations: [],
  } as unknown as Inventory;
  const run = `run-${day}`;
  await store.createRun({
    id: run,
    tool: 't',
    zone,
    startedAt: dayAt(day, -1),
    inventory,
    targets: excluded ? [] : [target],
    ...(verification === undefined ? {} : { kind: 'verification' as const }),
    settings: verification === undefined ? {} : { verification: { findings: verification, places: [target] } },
    lawbook,
  });
  const findings = Object.entries(excluded ? {} : sees).map(([check, letter]): Finding => {
    const common = { system: 's', target: target.key, check, severity: 'high' as const, at: dayAt(day, -0.5) };
    const code = letter === 'x' ? 'not-permitted' : letter === 'c' ? 'control' : 'timeout';
    const failure = { code, detail: 'x', retryable: true } as const;
    if (letter === 'P') return { ...common, outcome: 'pass', evidence: [] };
    if (letter === 'o' || letter === 'x' || letter === 'c')
      return { ...common, outcome: 'not-observed', evidence: [], cause: { kind: 'http', failure } };
    return { ...common, outcome: 'fail', evidence: [{ at: '/x', saw: letter, because: { vi: 'x', en: 'x' } }] };
  });
  await store.addJudgement(run, dayAt(day), lawbook, findings, []);
  await store.finishRun(run, 'finished', dayAt(day));
}
