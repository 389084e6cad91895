import type { Kysely, Transaction } from 'kysely';
import { canonicalJson } from '../model/canonical.ts';
import type { Notice, ToldItem } from '../model/notice.ts';
import type { NoticeKey, NoticeStore } from './notice-types.ts';
import type { Database } from './tables.ts';

/** The tables of what was told. */
export function noticeStore(db: Kysely<Database>): NoticeStore {
  return {
    list: async (of) => {
      let query = db.selectFrom('notice').selectAll().orderBy('day', 'desc').orderBy('organisation').orderBy('channel');
      if (of !== undefined) query = query.where('organisation', '=', of.organisation).where('channel', '=', of.channel);
      return (await query.execute()).map(noticeOf);
    },
    told: async (organisation, channel) => {
      const rows = await db
        .selectFrom('notice_told')
        .selectAll()
        .where('organisation', '=', organisation)
        .where('channel', '=', channel)
        .execute();
      return rows.map(({ kind, finding, subject, first_on, last_on, times }) => ({
        kind,
        finding,
        of: subject,
        firstOn: first_on,
        lastOn: last_on,
        times,
      }));
    },
    intend: ({ organisation, channel, day, id, at, to, subject, upto, told }, over) =>
      db.transaction().execute(async (tx) => {
        const body = canonicalJson({ to, subject, told });
        const written = { message_id: id, state: 'intended' as const, at, upto, answer: null, reason: null, body };
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto('notice')
          .values({ organisation, channel, day, attempts: 1, ...written })
          .onConflict((conflict) =>
            conflict
              .columns(['organisation', 'channel', 'day'])
              .doUpdateSet((eb) => ({ ...written, attempts: eb('notice.attempts', '+', 1) }))
              .where('notice.state', 'in', over.length === 0 ? ['none' as never] : [...over]),
          )
          .executeTakeFirstOrThrow();
        return numInsertedOrUpdatedRows === 1n;
      }),
    handing: (key, at) => move(db, key, 'intended', { state: 'handed', at }),
    failed: (key, at, reason) => move(db, key, undefined, { state: 'failed', at, reason }),
    sent: (key, at, answer, reason) =>
      db.transaction().execute(async (tx) => {
        await move(tx, key, undefined, { state: 'sent', at, answer, reason: reason ?? null });
        const { body } = await find(tx, key);
        await keepTold(tx, key, (JSON.parse(body) as { told: readonly ToldItem[] }).told);
      }),
  };
}

async function find(tx: Transaction<Database>, { organisation, channel, day }: NoticeKey) {
  return tx
    .selectFrom('notice')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('channel', '=', channel)
    .where('day', '=', day)
    .executeTakeFirstOrThrow();
}

/** Changes the state of a digest that is under way; throws where it is not. */
async function move(
  db: Kysely<Database> | Transaction<Database>,
  { organisation, channel, day }: NoticeKey,
  from: 'intended' | undefined,
  values: Partial<Pick<Database['notice'], 'state' | 'at' | 'answer' | 'reason'>>,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('notice')
    .set(values)
    .where('organisation', '=', organisation)
    .where('channel', '=', channel)
    .where('day', '=', day)
    .where('state', 'in', from === undefined ? ['intended', 'handed'] : [from])
    .executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n) throw new Error(`the digest of ${organisation} on ${day} is not under way`);
}

/** A trouble told again counts on; another trouble of the same finding begins anew. */
async function keepTold(
  tx: Transaction<Database>,
  { organisation, channel, day }: NoticeKey,
  told: readonly ToldItem[],
): Promise<void> {
  for (const { kind, finding, of } of told) {
    await tx
      .insertInto('notice_told')
      .values({ organisation, channel, kind, finding, subject: of, first_on: day, last_on: day, times: 1 })
      .onConflict((conflict) =>
        conflict.columns(['organisation', 'channel', 'kind', 'finding']).doUpdateSet((eb) => ({
          subject: of,
          last_on: day,
          first_on: eb.case().when('notice_told.subject', '=', of).then(eb.ref('notice_told.first_on')).else(day).end(),
          times: eb
            .case()
            .when('notice_told.subject', '=', of)
            .then(eb('notice_told.times', '+', 1))
            .else(1)
            .end(),
        })),
      )
      .execute();
  }
}

function noticeOf(row: Database['notice']): Notice {
  const { organisation, channel, day, message_id, state, attempts, at, upto, answer, reason, body } = row;
  return {
    ...(JSON.parse(body) as Pick<Notice, 'to' | 'subject' | 'told'>),
    ...{ organisation, channel, day, id: message_id, state, attempts, at, upto },
    ...(answer === null ? {} : { answer }),
    ...(reason === null ? {} : { reason }),
  };
}
