import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../model/errors.ts';
import { lockFolder } from './lock.ts';
import type { StorePlace } from './place.ts';

/** The right to be the one scheduler of a store. */
export type Seat = {
  /** Aborted when it was lost without being given back: the server or the way to it is gone. */
  readonly lost: AbortSignal;
  readonly release: () => Promise<void>;
};

/** The number by which schedulers know their lock among others of the database: `rasoat` in ASCII. */
const lockNumber = '125762874073460';
/** How often the holder asks its connection for a sign of life, and how long it waits for one. */
const beatMs = 2000;
const silenceMs = 6000;
/** A holder of which the server hears nothing for so long has lost the seat. */
const frozenMs = 15_000;

/**
 * Takes the seat, or gives undefined where another has it. Over SQLite it is a lock in the folder that the kernel frees when
 * the process dies. Over PostgreSQL it is an advisory lock of the session: the server frees it when the connection ends, and
 * finds a machine that vanished by keep-alive, and a process that was frozen by its silence, within some fifteen seconds; the holder gives up its work sooner, when its own
 * sign of life is not answered.
 */
export async function takeSeat(place: StorePlace, out: string): Promise<Seat | undefined> {
  if (place.engine === 'postgres') return takeOverPostgres(place.url);
  mkdirSync(out, { recursive: true, mode: 0o700 });
  try {
    const lock = lockFolder(join(out, 'rasoat-scheduler.lock'));
    return {
      lost: new AbortController().signal,
      release: () => {
        lock.release();
        return Promise.resolve();
      },
    };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

async function takeOverPostgres(url: string): Promise<Seat | undefined> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    connectionString: url,
    application_name: 'rasoat scheduler',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    query_timeout: silenceMs,
  });
  const gone = new AbortController();
  const lose = (): void => {
    gone.abort(new Error('the connection that holds the scheduler’s seat was lost'));
  };
  client.on('error', lose);
  client.on('end', lose);
  await client.connect();
  const give = async (): Promise<void> => {
    client.off('end', lose);
    await client.end().catch(() => undefined);
  };
  try {
    // Over a Unix socket these are not asked for, and not needed.
    await client.query('SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 3; SET tcp_keepalives_count = 3');
    // A holder that was frozen keeps its machine's kernel, and so the connection, alive.
    await client.query(`SET idle_session_timeout = ${frozenMs}`);
    const { rows } = await client.query<{ got: boolean }>(`SELECT pg_try_advisory_lock(${lockNumber}) AS got`);
    if (rows[0]?.got !== true) {
      await give();
      return undefined;
    }
  } catch (error) {
    await give();
    throw error;
  }
  const beat = setInterval(() => {
    client.query('SELECT 1').catch(lose);
  }, beatMs);
  beat.unref();
  return {
    lost: gone.signal,
    release: async () => {
      clearInterval(beat);
      await give();
    },
  };
}
