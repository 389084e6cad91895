import { describe, expect, test } from 'vitest';
import { addressed } from '../../../src/assess/tasks/addressees.ts';
import { doubtsOfRecords } from '../../../src/assess/tasks/check-records.ts';
import type { DirectiveTask } from '../../../src/model/framework.ts';
import type { Inventory } from '../../../src/model/inventory.ts';
import type { TaskRecord } from '../../../src/model/inventory/tasks.ts';
import { inventory } from '../../inventory/make.ts';
import { framework, obligation, system } from '../build.ts';
import { done, itemOf, organisations, record, statusOf, task } from './build.ts';

const both = (vi: string) => ({ vi, en: vi });
const place = { organisations, province: { id: 'binh-minh', name: 'Tỉnh Bình Minh (ví dụ)' } };

describe('whom a task falls on', () => {
  test('bodies by name, however the inventory spells the province and "UBND"', () => {
    const named = ['Công an tỉnh', 'Ủy ban nhân dân xã An Bình'].map((vi) => ({ name: both(vi) }));
    expect(addressed({ named }, place)).toEqual([
      { kind: 'organisation', organisation: 'cong-an' },
      { kind: 'organisation', organisation: 'xa-an-binh' },
    ]);
  });

  test('a named body that the inventory lacks is asked all the same', () => {
    const named = [{ name: both('Vườn Quốc gia Hoàng Liên') }];
    expect(addressed({ named }, place)).toEqual([{ kind: 'body', name: both('Vườn Quốc gia Hoàng Liên') }]);
    expect(
      addressed({ named: [{ name: both('Vườn Quốc gia Hoàng Liên'), also: ['Sở Khoa học và Công nghệ'] }] }, place),
    ).toEqual([{ kind: 'organisation', organisation: 'so-khcn' }]);
  });

  test('every body of a kind, none twice, and no unit under one of them', () => {
    const unit = { id: 'tt', name: 'Trung tâm', parent: 'so-khcn', kind: 'so-ban-nganh', headPosition: 'x' } as const;
    const named = [{ name: both('Công an tỉnh') }];
    const all = addressed(
      { named, kinds: ['so-ban-nganh', 'ubnd-xa'] },
      { ...place, organisations: [...organisations, unit] },
    );
    expect(all.map((one) => ('organisation' in one ? one.organisation : ''))).toEqual([
      'cong-an',
      'so-khcn',
      'xa-an-binh',
    ]);
  });
});

const communes: Partial<DirectiveTask> = { provinceWide: true, addressees: { kinds: ['so-ban-nganh'] } };

describe('which record speaks', () => {
  test('of many bodies, the record of the province grants time and calls nobody done', () => {
    const general = record({
      done: done('2026-04-01'),
      extended: { until: '2026-12-01', document: { number: '7', date: '2026-04-01' } },
    });
    const { items } = statusOf({
      task: communes,
      records: [general, record({ organisation: 'so-khcn', done: done('2026-11-01') })],
    });
    expect(items.map(({ state, due }) => [state, due.last])).toEqual([
      ['done-on-time', '2026-12-01'],
      ['pending', '2026-12-01'],
    ]);
  });

  test("a system's own record before its owner's, the owner's before the province's", () => {
    const records = [
      record({ done: done('2026-04-03') }),
      record({ organisation: 'so-khcn', done: done('2026-04-02') }),
    ];
    expect(itemOf({ records }).claim?.on).toBe('2026-04-02');
    expect(itemOf({ records: [...records, record({ system: 'portal', done: done('2026-04-01') })] }).claim?.on).toBe(
      '2026-04-01',
    );
    expect(itemOf({ records: records.slice(0, 1) }).claim?.on).toBe('2026-04-03');
  });
});

describe('the six "rõ"', () => {
  test('are six, the blank ones blank, and what the province writes fills them', () => {
    const blank = statusOf({ task: { ...communes, clear: { authority: both('tham mưu UBND tỉnh') } } }).tasks[0]?.clear;
    expect(blank?.map(({ part, from }) => [part, from])).toEqual([
      ['person', 'text'],
      ['work', 'text'],
      ['time', 'text'],
      ['responsibility', null],
      ['product', null],
      ['authority', 'text'],
    ]);
    const clear = { product: 'Báo cáo', responsibility: '  ' };
    const { tasks, items } = statusOf({ task: communes, records: [record({ clear })] });
    expect(tasks[0]?.clear.find(({ part }) => part === 'product')).toEqual({
      part: 'product',
      from: 'province',
      says: both('Báo cáo'),
    });
    expect(tasks[0]?.clear.find(({ part }) => part === 'responsibility')?.from).toBeNull();
    expect(items.map((item) => item.clear)).toEqual([undefined, undefined]);
    const own = statusOf({ task: communes, records: [record({ organisation: 'cong-an', clear })] });
    expect(own.items.map((item) => item.clear !== undefined)).toEqual([false, true]);
  });

  test('"định kỳ" names no interval, so the time is blank', () => {
    const { deadline: _deadline, ...undated } = task({ periodic: true, provinceWide: true });
    const { tasks } = statusOf({ obligation: { task: undated } });
    expect(tasks[0]?.clear.find(({ part }) => part === 'time')?.from).toBeNull();
  });
});

describe('doubts about records', () => {
  const law = (over: Partial<DirectiveTask>) => [
    framework([obligation({ task: task({ province: 'binh-minh', ...over }) })], { kind: 'directive' }),
  ];
  const doubts = (records: readonly TaskRecord[], over: Partial<DirectiveTask> = {}) => {
    const all: Inventory = {
      ...inventory({ systems: [system()] }),
      province: place.province,
      organisations,
      tasks: [...records],
    };
    return doubtsOfRecords(all, law(over), '2026-11-22').map((one) => [one.record, one.field, one.message.key]);
  };
  const named = { provinceWide: true, addressees: { named: [{ name: both('Công an tỉnh') }] } };
  const paper = { number: '1', date: '2026-03-01' };

  test.each<[string, readonly TaskRecord[], Partial<DirectiveTask>, readonly unknown[]]>([
    ['none', [record({ system: 'portal', done: done('2026-04-01') })], {}, []],
    ['a task nobody knows', [record({ task: 'law/other-thing' })], {}, [[0, 'task', 'tasks.record-unknown']]],
    ['one mistyped', [record({ task: 'law/oen' })], {}, [[0, 'task', 'tasks.record-unknown-near']]],
    ['one of another province', [record()], { province: 'lao-cai' }, [[0, 'task', 'tasks.record-other-province']]],
    ['a body outside', [record({ organisation: 'so-khcn' })], named, [[0, 'organisation', 'tasks.record-outside']]],
    [
      'a system where bodies are asked',
      [record({ system: 'portal' })],
      named,
      [[0, 'system', 'tasks.record-of-system']],
    ],
    [
      'a body without a system',
      [record({ organisation: 'xa-an-binh' })],
      {},
      [[0, 'organisation', 'tasks.record-without-system']],
    ],
    [
      'done by nobody in particular',
      [record({ done: done('2026-04-01') })],
      communes,
      [[0, 'done', 'tasks.record-of-nobody']],
    ],
    ['done before the text', [record({ done: done('2025-12-31') })], {}, [[0, 'done', 'tasks.record-before-text']]],
    ['done on a day to come', [record({ done: done('2026-11-23') })], {}, [[0, 'done', 'tasks.record-to-come']]],
    [
      'a document older than the deed',
      [record({ done: { on: '2026-04-01', document: paper } })],
      {},
      [[0, 'done', 'tasks.record-document-first']],
    ],
    [
      'an extension of nothing',
      [record({ extended: { until: '2026-04-29', document: paper } })],
      {},
      [[0, 'extended', 'tasks.record-grants-nothing']],
    ],
  ])('%s', (_what, records, over, expected) => {
    expect(doubts(records, over)).toEqual(expected);
  });
});
