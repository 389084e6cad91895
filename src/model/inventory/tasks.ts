import { Type, type Static } from '@sinclair/typebox';
import { closed, list, oneOf, text } from '../schema.ts';
import { day, documentSchema, id } from './common.ts';

const clear = Type.Optional(text(500));

/** What was done about one task of a directive: by one organisation, for one system, or by the province as a whole. */
const taskRecordSchema = Type.Object(
  {
    /** Id of the obligation, `<framework>/<task>`. */
    task: text(130, { pattern: '^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$' }),
    organisation: Type.Optional(id('organisation')),
    system: Type.Optional(id('system')),
    /** Rõ người, rõ việc, rõ thời gian, rõ trách nhiệm, rõ sản phẩm, rõ thẩm quyền. */
    clear: Type.Optional(
      Type.Object(
        { person: clear, work: clear, time: clear, responsibility: clear, product: clear, authority: clear },
        closed,
      ),
    ),
    done: Type.Optional(Type.Object({ on: day(), document: documentSchema }, closed)),
    /** The guidance that a task waits for ("ngay sau khi có hướng dẫn"), and the day it then falls due. */
    trigger: Type.Optional(Type.Object({ document: documentSchema, due: Type.Optional(day()) }, closed)),
    /** A later deadline that a document grants. */
    extended: Type.Optional(Type.Object({ until: day(), document: documentSchema }, closed)),
    /** Reports of a periodic task. */
    reports: Type.Optional(list(Type.Object({ on: day(), document: documentSchema }, closed), 500)),
    note: Type.Optional(text(1000)),
  },
  closed,
);
export const taskRecordsSchema = list(taskRecordSchema, 20_000);
export type TaskRecord = Readonly<Static<typeof taskRecordSchema>>;

/** How often "định kỳ" can be. */
export const reportIntervals = ['month', 'quarter', 'half-year', 'year'] as const;
export type ReportEvery = (typeof reportIntervals)[number];

const count = Type.Integer({ minimum: 1, maximum: 20 });

/** Readings of the province where a text leaves room. */
export const conventionsSchema = Type.Object(
  {
    /** "Trước ngày D": the day before is the last compliant one (`strict`, default), or D itself (`inclusive`). */
    beforeDay: Type.Optional(oneOf(['strict', 'inclusive'])),
    /** How often "định kỳ" is where a directive names no interval; a convention, default `quarter`. */
    reportEvery: Type.Optional(oneOf(reportIntervals)),
    /**
     * Fails that open a finding (default 2), passes in a row that close it (2), blind runs until it is not seen lately (3);
     * hours that must lie between a verification and another sighting that says the same, for both to count (12).
     */
    sightings: Type.Optional(
      Type.Object(
        {
          open: Type.Optional(count),
          close: Type.Optional(count),
          unseen: Type.Optional(count),
          apartHours: Type.Optional(Type.Integer({ minimum: 0, maximum: 168 })),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type Conventions = Readonly<Static<typeof conventionsSchema>>;
