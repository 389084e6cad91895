import type { Kysely } from 'kysely';
import { canonicalJson } from '../model/canonical.ts';
import type { AnswerSheet } from '../model/track/answer-sheet.ts';
import type { Database } from './tables.ts';

/** Sheets sent to owners; only ever added to. */
export type AnswerSheetStore = {
  readonly add: (sheet: AnswerSheet) => Promise<void>;
  readonly find: (id: string) => Promise<AnswerSheet | undefined>;
};

export function answerSheetStore(db: Kysely<Database>): AnswerSheetStore {
  return {
    add: async (sheet) => {
      const { id, organisation, at } = sheet;
      await db
        .insertInto('answer_sheet')
        .values({ id, organisation, at, body: canonicalJson(sheet) })
        .execute();
    },
    find: async (id) => {
      const row = await db.selectFrom('answer_sheet').select('body').where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : (JSON.parse(row.body) as AnswerSheet);
    },
  };
}
