import pg from 'pg';
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
    const store = await openStore({ engine: 'postgres', url });
    const asks = async (text: string) => {
      await store.executeSql?.(text);
    };
    await asks('create table t (a int); insert into t values (1)');
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    await other.query('begin; select * from t for update');
    const error: unknown = await asks('begin; set local lock_timeout = 50; select * from t for update; commit').catch(
      (refused: unknown) => refused,
    );
    expect(error).toMatchObject({ code: '55P03' });
    expect(isAway(error)).toBe(true);
    await other.query('commit');
    await other.end();
    // The connection that failed amid its transaction is not used again.
    await asks('update t set a = 2');
    const wrong: unknown = await asks('select nothing from t').catch((refused: unknown) => refused);
    expect([wrong instanceof Error, isAway(wrong)]).toEqual([true, false]);
    await store.close();
  });
});
