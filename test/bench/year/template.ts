import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import type { Finding } from '../../../src/model/finding.ts';
import type { Inventory } from '../../../src/model/inventory.ts';
import type { Observation } from '../../../src/model/observation.ts';
import type { Target } from '../../../src/model/target.ts';
import { findingsOf, type FindingRow } from '../../../src/store/finding-row.ts';

/** One real run, whose rows every invented week repeats under other names. */
export type Template = {
  readonly inventory: Inventory;
  readonly targets: readonly Target[];
  readonly observations: readonly Observation[];
  readonly findings: readonly Finding[];
  readonly assessments: readonly { readonly system: string; readonly obligation: string; readonly verdict: string }[];
  readonly known: ReadonlyMap<string, string>;
  readonly costs: readonly Readonly<Record<string, string | number>>[];
  readonly settings: string;
  readonly zone: string;
  /** Rows of `snapshot` but the inventory's. */
  readonly snapshots: readonly { readonly hash: string; readonly kind: string; readonly body: string }[];
  readonly judgement: Readonly<Record<string, string | number | null>>;
};

const rootFolder = fileURLToPath(new URL('../../../', import.meta.url));

/** Scans the example province's lab on loopback as `npm run demo` does; gives the store's path. */
export async function scanDemo(folder: string): Promise<string> {
  const child = spawn(process.execPath, [join(rootFolder, 'test/demo/demo.ts'), `--out=${folder}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`the demo's scan ended with ${String(code)}`);
  return join(folder, 'rasoat.sqlite');
}

/** Reads the newest run of a store of this program's own making. */
export function readTemplate(path: string): Template {
  const db = new DatabaseSync(path, { readOnly: true });
  const all = (sql: string, ...values: (string | number)[]) =>
    db.prepare(sql).all(...values) as Record<string, string | number | null>[];
  const bodies = (sql: string, ...values: (string | number)[]) =>
    all(sql, ...values).map(({ body }): unknown => JSON.parse(String(body)));
  const [run] = all(`select * from run where kind = 'scan' and state = 'finished' order by started_at desc limit 1`);
  if (run === undefined) throw new Error(`${path} has no finished scan`);
  const id = String(run['id']);
  const [judgement] = all('select * from judgement where run = ? order by id desc limit 1', id);
  if (judgement === undefined) throw new Error(`run ${id} has no judgement`);
  const number = Number(judgement['id']);
  const [inventory] = bodies('select body from snapshot where hash = ?', String(run['inventory_hash']));
  const template = {
    inventory: inventory as Inventory,
    targets: bodies('select body from target where run = ? order by position', id) as Target[],
    observations: bodies('select body from observation where run = ?', id) as Observation[],
    findings: findingsOf(all('select * from finding where judgement = ?', number) as FindingRow[]),
    assessments: bodies('select body from assessment where judgement = ?', number) as Template['assessments'],
    known: new Map(
      all('select target, hash from known where judgement = ?', number).map((row) => [
        String(row['target']),
        String(row['hash']),
      ]),
    ),
    costs: all('select * from cost where run = ?', id) as Template['costs'],
    settings: String(run['settings']),
    zone: String(run['zone']),
    snapshots: all(`select * from snapshot where kind <> 'inventory'`) as unknown as Template['snapshots'],
    judgement,
  };
  db.close();
  return template;
}
