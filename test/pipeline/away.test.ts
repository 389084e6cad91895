import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAway } from '../../src/pipeline/fleet/away.ts';
import { openStore } from '../../src/store/store.ts';
import { startPostgresLab, type PostgresLab } from '../servers/postgres.ts';

let lab: PostgresLab;
beforeAll(async () => {
  lab = await startPostgresLab('127.71.9.1');
});
afterAll(() => lab.stop());

describe('a store that is to be asked again', () => {
  it('is one in which another keeps a lock for too long, as pg-boss finds it; what we ask wrongly is not', async () => {
    const url = await lab.database('away');
    const stores = [
      await openStore({ engine: 'postgres', url }),
      await openStore({ engine: 'postgres', url }),
    ] as const;
    const [asks, keeps] = stores.map(({ executeSql }) => async (text: string) => {
      await executeSql?.(text);
    });
    await asks?.('create table t (a int); insert into t values (1)');
    const kept = keeps?.('begin; select * from t for update; select pg_sleep(1); commit');
    const error = await (async () => {
      // Until the other has it.
      for (;;) await asks?.('begin; set local lock_timeout = 50; select * from t for update; commit');
    })().catch((refused: unknown) => refused);
    expect(error).toMatchObject({ code: '55P03' });
    expect(isAway(error)).toBe(true);
    await kept;
    // The connection that failed amid its transaction is not used again.
    await asks?.('update t set a = 2');
    const wrong: unknown = await asks?.('select nothing from t').catch((refused: unknown) => refused);
    expect([wrong instanceof Error, isAway(wrong)]).toEqual([true, false]);
    for (const store of stores) await store.close();
  });
});
