import { taskStatus } from '../../../src/assess/tasks/status.ts';
import type { TaskInput } from '../../../src/assess/tasks/known.ts';
import type { Assessment } from '../../../src/model/assessment.ts';
import type { DirectiveTask, Obligation } from '../../../src/model/framework.ts';
import type { TaskRecord } from '../../../src/model/inventory/tasks.ts';
import type { TaskItem } from '../../../src/model/task-status.ts';
import { framework, obligation, system } from '../build.ts';

/** A province of three bodies and one system, and one task of one directive in it. */
export const id = 'law/one';
export const organisations: TaskInput['inventory']['organisations'] = [
  { id: 'so-khcn', name: 'Sở Khoa học và Công nghệ', kind: 'so-ban-nganh', headPosition: 'Giám đốc' },
  { id: 'cong-an', name: 'Công an tỉnh Bình Minh', kind: 'so-ban-nganh', headPosition: 'Giám đốc' },
  { id: 'xa-an-binh', name: 'UBND xã An Bình', kind: 'ubnd-xa', headPosition: 'Chủ tịch' },
];

export const task = (over: Partial<DirectiveTask> = {}): DirectiveTask => ({
  quote: 'khắc phục ngay',
  owner: { vi: 'Công an tỉnh', en: 'Provincial Police' },
  deadline: { before: '2026-04-30' },
  ...over,
});

export const record = (over: Partial<TaskRecord> = {}): TaskRecord => ({ task: id, ...over });
export const done = (on: string, number = '1/BC') => ({ on, document: { number, date: on } });

export function assessment(over: Partial<Assessment> = {}): Assessment {
  return {
    system: 'portal',
    framework: 'law',
    obligation: id,
    verdict: 'met',
    because: 'pass',
    findings: [],
    coverage: { seen: 2, needed: 2 },
    evidenceAt: '2026-04-20T05:00:00.000Z',
    ...over,
  };
}

export type Told = {
  readonly task?: Partial<DirectiveTask>;
  readonly obligation?: Partial<Obligation>;
  readonly assessment?: Partial<Assessment> | null;
  readonly records?: readonly TaskRecord[];
  readonly today?: string;
  readonly conventions?: TaskInput['inventory']['conventions'];
  readonly lookedAt?: TaskInput['lookedAt'];
  readonly findings?: TaskInput['findings'];
  readonly systems?: TaskInput['inventory']['systems'];
  readonly from?: string;
};

export function statusOf(told: Told) {
  const { assessment: over = {}, records, conventions } = told;
  return taskStatus({
    inventory: {
      province: { id: 'binh-minh', name: 'Tỉnh Bình Minh' },
      organisations,
      systems: told.systems ?? [system()],
      ...(records === undefined ? {} : { tasks: [...records] }),
      ...(conventions === undefined ? {} : { conventions }),
    },
    frameworks: [
      framework([obligation({ task: task(told.task), ...told.obligation })], {
        kind: 'directive',
        inForce: { from: told.from ?? '2026-01-01' },
      }),
    ],
    assessments: over === null ? [] : [assessment(over)],
    findings: told.findings ?? [],
    lookedAt: told.lookedAt ?? new Map(),
    at: `${told.today ?? '2026-11-22'}T05:00:00.000Z`,
  });
}

/** The only item, or a mistake of the test. */
export function itemOf(told: Told): TaskItem {
  const { items } = statusOf(told);
  const [only] = items;
  if (only === undefined || items.length !== 1) throw new Error(`${items.length} items`);
  return only;
}
