import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { pointTo, storePlace, type StorePlace } from '../../src/store/place.ts';

/** What a test of the store needs of an engine; the same tests run on each. */
export type TestEngine = {
  readonly name: 'sqlite' | 'postgres';
  /** An empty store for an output folder. */
  readonly place: (folder: string) => Promise<StorePlace>;
  /** Changes rows behind the program's back. */
  readonly exec: (place: StorePlace, sql: string, ...values: (string | number)[]) => Promise<void>;
};

const sqlite: TestEngine = {
  name: 'sqlite',
  place: (folder) => Promise.resolve({ engine: 'sqlite', path: join(folder, 'rasoat.sqlite') }),
  exec: (place, sql, ...values) => {
    if (place.engine !== 'sqlite') throw new Error('not a file');
    const database = new DatabaseSync(place.path);
    database.prepare(sql).run(...values);
    database.close();
    return Promise.resolve();
  },
};

let chosen: TestEngine = sqlite;

/** The engine that the tests of this file run on. */
export const engine = (): TestEngine => chosen;

/** Lets the tests imported next run on PostgreSQL. */
export function onPostgres(newDatabase: () => Promise<string>): void {
  chosen = {
    name: 'postgres',
    place: async (folder) => {
      pointTo(folder, await newDatabase());
      return storePlace(folder);
    },
    exec: async (place, sql, ...values) => {
      if (place.engine !== 'postgres') throw new Error('not a database');
      const client = new pg.Client({ connectionString: place.url });
      await client.connect();
      let count = 0;
      await client.query(
        sql.replace(/\?/g, () => `$${String((count += 1))}`),
        values,
      );
      await client.end();
    },
  };
}
