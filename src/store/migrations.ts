import type { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { first } from './migrations/0001-first.ts';
import { names } from './migrations/0002-names.ts';
import { known } from './migrations/0003-known.ts';
import { detection } from './migrations/0004-detection.ts';
import { levels } from './migrations/0005-levels.ts';
import { track } from './migrations/0006-track.ts';
import { trend } from './migrations/0008-trend.ts';
import { notices } from './migrations/0010-notices.ts';
import { answerSheets } from './migrations/0011-answer-sheets.ts';
import { kinds } from './migrations/0012-kinds.ts';
import { runEvents } from './migrations/0013-run-events.ts';
import { fleetSwitch } from './migrations/0014-fleet-switch.ts';
import { fleet } from './migrations/0015-fleet.ts';
import { controls } from './migrations/0016-controls.ts';
import { pruned } from './migrations/0017-pruned.ts';
import { carriedPlans } from './migrations/0018-carried-plans.ts';
import { scheduler } from './migrations/0019-scheduler.ts';
import { indexes } from './migrations/0020-indexes.ts';
import { leanFindings } from './migrations/0021-lean-findings.ts';
import { alsoBy } from './migrations/0022-also-by.ts';
import { livesBySystem } from './migrations/0023-lives-by-system.ts';
import { runDeadline } from './migrations/0024-run-deadline.ts';
import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';
import type { knownMigrations } from './migration-names.ts';
import type { Database } from './tables.ts';

function everyMigration(): Record<(typeof knownMigrations)[number], Migration> {
  return {
    '0001-first': first,
    '0002-names': names,
    '0003-known': known,
    '0004-detection': detection,
    '0005-levels': levels,
    '0006-track': track,
    '0008-trend': trend,
    '0010-notices': notices,
    '0011-answer-sheets': answerSheets,
    '0012-kinds': kinds,
    '0013-run-events': runEvents,
    '0014-fleet-switch': fleetSwitch,
    '0015-fleet': fleet,
    '0016-controls': controls,
    '0017-pruned': pruned,
    '0018-carried-plans': carriedPlans,
    '0019-scheduler': scheduler,
    '0020-indexes': indexes,
    '0021-lean-findings': leanFindings,
    '0022-also-by': alsoBy,
    '0023-lives-by-system': livesBySystem,
    '0024-run-deadline': runDeadline,
  };
}

/**
 * Brings a database to the newest shape; safe to call on every opening. Throws UserError where a newer program has made it, and
 * where it is to be altered by somebody who does not own its tables.
 */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(everyMigration()) } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  // No table of migrations yet: nothing of it is newer.
  const done = await migrator.getMigrations().catch(() => []);
  if (done.length > 0 && isOfOwner(error)) throw new UserError([{ message: message('db.owner-needed') }]);
  const strange = /previously executed migration (\S+) is missing/.exec(
    error instanceof Error ? error.message : '',
  )?.[1];
  if (strange !== undefined) throw new UserError([{ message: message('db.newer-store', { migration: strange }) }]);
  throw error instanceof Error ? error : new Error('the store could not be migrated', { cause: error });
}

const isOfOwner = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === '42501';
