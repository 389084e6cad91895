import { afterAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/store.ts';
import { startPostgresLab } from '../servers/postgres.ts';
import { testCopies } from './copying.ts';
import { onPostgres } from './engine.ts';

// The tests of the store and of the history, once more, on a real PostgreSQL whose database orders text by Vietnamese.
const lab = await startPostgresLab('127.79.2.1');
afterAll(async () => {
  await lab.stop();
});
// Made and brought to the newest shape once: half of these tests' time would go into that.
const shaped = 'shaped';
await (await openStore({ engine: 'postgres', url: await lab.database(shaped) })).close();
let count = 0;
let copies = 0;
onPostgres(() => lab.database(`rasoat_${String((count += 1))}`, shaped));
testCopies(() => lab.database(`copy_${String((copies += 1))}`));

describe('on PostgreSQL', async () => {
  await import('./store.test.ts');
  await import('./findings.test.ts');
  await import('./notice.test.ts');
  await import('./pruned.test.ts');
  await import('./schedule.test.ts');
  await import('../track/history.test.ts');
});

it('ran on it', async () => {
  const runs = await lab.psql('rasoat_1', 'select count(*) from run');
  expect(Number(runs)).toBeGreaterThan(0);
  expect(count).toBeGreaterThan(20);
});
