import { DatabaseSync } from 'node:sqlite';

/** What takes back each migration, newest first. */
const undo: readonly (readonly [string, readonly string[]])[] = [
  ['0024-run-deadline', ['ALTER TABLE dispatch DROP COLUMN ends_at']],
  ['0023-lives-by-system', ['DROP INDEX life_system']],
  ['0022-also-by', ['ALTER TABLE dispatch DROP COLUMN also_hash']],
  ['0021-lean-findings', ['DROP INDEX system_look_latest']],
  [
    '0020-indexes',
    [
      'DROP TABLE system_look',
      'DROP TABLE kept',
      'DROP INDEX finding_system',
      'DROP INDEX finding_outcome',
      'DROP INDEX sighting_finding',
      'CREATE INDEX sighting_finding ON sighting (finding, at)',
    ],
  ],
  ['0019-scheduler', ['DROP TABLE scheduler']],
  ['0018-carried-plans', ['DROP TABLE carried_plan']],
  ['0017-pruned', ['DROP TABLE pruned']],
  ['0016-controls', ['DROP TABLE control_look', 'DROP TABLE control_round']],
  ['0015-fleet', ['worker', 'address_hold', 'dispatch', 'lane'].map((table) => `DROP TABLE ${table}`)],
  ['0014-fleet-switch', ['DROP TABLE fleet_switch']],
  ['0013-run-events', ['DROP TABLE run_event']],
  ['0012-kinds', ['ALTER TABLE run DROP COLUMN kind', 'ALTER TABLE judgement DROP COLUMN asides_hash']],
  ['0011-answer-sheets', ['DROP TABLE answer_sheet']],
  ['0010-notices', ['DROP TABLE notice', 'DROP TABLE notice_told']],
  ['0008-trend', ['DROP TABLE run_glance']],
  ['0006-track', ['history', 'history_head', 'sighting', 'life', 'place'].map((table) => `DROP TABLE ${table}`)],
  ['0005-levels', ['ALTER TABLE judgement DROP COLUMN levels_hash']],
  ['0004-detection', ['DROP TABLE detection_sighting', 'DROP TABLE detection_return']],
];

/** Makes a store as it was before a migration. */
export function asBefore(file: string, migration: string): void {
  const database = new DatabaseSync(file);
  const names = database.prepare('SELECT name FROM kysely_migration WHERE name >= ?').all(migration);
  for (const [name, statements] of undo.filter(([one]) => one >= migration)) {
    for (const statement of statements) database.exec(statement);
    database.prepare('DELETE FROM kysely_migration WHERE name = ?').run(name);
  }
  database.close();
  const known = new Set(undo.map(([name]) => name));
  const strange = names.map(({ name }) => String(name)).filter((name) => !known.has(name));
  if (strange.length > 0) throw new Error(`test/store/older.ts does not know how to take back ${strange.join(', ')}`);
}
