import { createExplainer } from '../../src/assess/level/explain.ts';
import { readLevelBook } from '../../src/assess/level/read.ts';
import type { Inventory, System } from '../../src/model/inventory.ts';
import type { Classification } from '../../src/model/inventory/classification.ts';
import type { LevelQuestion, SystemLevel } from '../../src/model/level.ts';
import type { Target } from '../../src/model/target.ts';

const book = await readLevelBook(['checks/frameworks']);

const paper = (number: string, date: string) => ({ number, date });

/** A dossier on its way, with everything that a panel can show of one. */
export const dossierOnItsWay: Partial<Classification> = {
  dossier: 'da-gui-tham-dinh',
  facts: {
    type: 'phuc-vu-nguoi-dan-doanh-nghiep',
    information: ['cong-cong', 'ca-nhan'],
    administrativeProcedures: true,
    basicDataSubjects: 240_000,
  },
  submitted: '2026-10-12',
  accepted: '2026-10-16',
  documents: { description: paper('12/TM', '2026-10-01'), levelReasons: paper('13/TM', '2026-10-02') },
  history: [
    { on: '2026-09-21', by: 'Phạm Minh Đức', level: 2, dossier: 'dang-du-thao', note: 'Lập lần đầu' },
    {
      on: '2026-10-12',
      by: 'Phạm Minh Đức',
      level: 3,
      dossier: 'da-gui-tham-dinh',
      document: paper('210/VP', '2026-10-12'),
    },
  ],
};

/** A question as a scan would have raised it. */
const question: Omit<LevelQuestion, 'target'> = {
  id: 'login-on-public',
  fact: 'information',
  what: { key: 'level.question.login-on-public' },
  at: '2026-11-22T14:02:00.000Z',
  quote: '<form method="post" action="/dang-nhap"> … type="password"',
};

/** Levels of the fixture's systems, told by the laws that ship. */
export function levelsOf(
  systems: readonly System[],
  organisations: Inventory['organisations'],
  onDay: string,
  targets: readonly Target[],
): readonly SystemLevel[] {
  const explain = createExplainer({ inventory: { organisations }, book, onDay });
  return systems.map((system) => ({
    ...explain(system),
    ...(system.classification?.dossier === dossierOnItsWay.dossier
      ? { questions: [{ ...question, target: targets.find((target) => target.system === system.id)?.key ?? '' }] }
      : {}),
  }));
}
