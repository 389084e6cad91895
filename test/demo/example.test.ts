import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readFrameworks } from '../../src/assess/read.ts';
import { readInventory } from '../../src/inventory/read.ts';
import { readChecks } from '../../src/judge/read.ts';
import { daysBetween } from '../../src/model/day.ts';
import type { System } from '../../src/model/inventory.ts';
import type { Classification } from '../../src/model/inventory/classification.ts';
import { sixClear } from '../../src/model/inventory/six-clear.ts';
import { packageRoot } from '../../src/model/package-root.ts';

/** The day that the example was written for. */
const today = '2026-11-25';
const { inventory } = await readInventory(fileURLToPath(new URL('inventory/lai-chau.example.yaml', packageRoot)));
const { systems, organisations, tasks = [] } = inventory;
const listed = systems.filter(({ excluded }) => excluded === undefined);
const classified = systems.flatMap(({ classification }) => classification ?? []);
const idsWhere = (holds: (system: System, level: Partial<Classification>) => boolean) =>
  systems.filter((system) => holds(system, system.classification ?? {})).map(({ id }) => id);

describe('systems', () => {
  test('there are about forty, at every level, and some without', () => {
    expect(systems.length).toBeGreaterThanOrEqual(38);
    expect(countBy(listed, ({ classification }) => classification?.level ?? 'none')).toEqual({
      1: 5,
      2: 11,
      3: 17,
      4: 2,
      5: 1,
      none: 3,
    });
  });

  test('dossiers stand at every state, under both decrees', () => {
    expect(countBy(classified, ({ dossier }) => dossier)).toEqual({
      'chua-lap': 2,
      'dang-du-thao': 4,
      'da-gui-tham-dinh': 8,
      'da-tham-dinh': 3,
      'da-phe-duyet': 19,
    });
    const regimes = countBy(classified, ({ regime }) => regime ?? 'unsaid');
    expect(regimes['nd-85-2016']).toBeGreaterThanOrEqual(5);
    expect(regimes['nd-331-2026']).toBeGreaterThanOrEqual(10);
    const old = classified.filter(({ regime, decision }) => regime === 'nd-85-2016' && decision !== undefined);
    expect(old.every(({ decision }) => (decision?.date ?? '') < '2026-07-01')).toBe(true);
  });

  test('types of system and classes of information are all there', () => {
    const facts = classified.flatMap((one) => one.facts ?? []);
    expect(new Set(facts.map(({ type }) => type).filter(Boolean)).size).toBe(5);
    expect(new Set(facts.flatMap(({ information }) => information ?? [])).size).toBe(4);
  });

  test.each<[string, (system: System, level: Partial<Classification>) => boolean]>([
    ['awaits appraisal in time', (_, level) => awaitsAppraisal(level) && workingDays(level.accepted) <= 10],
    ['awaits appraisal past 15 working days', (_, level) => awaitsAppraisal(level) && workingDays(level.accepted) > 20],
    ['was sent back', (_, { returned, accepted }) => returned !== undefined && accepted === undefined],
    ['was found not fit', (_, { appraisal }) => appraisal?.conclusion === 'chua-phu-hop'],
    ['awaits approval in time', (_, level) => awaitsApproval(level) && workingDays(level.approvalReceived) <= 5],
    ['awaits approval past 7 days', (_, level) => awaitsApproval(level) && workingDays(level.approvalReceived) > 10],
    ['has passed its expected day', (_, { expectedApproval = today }) => expectedApproval < today],
    ['says approved and names no decision', (_, one) => one.dossier === 'da-phe-duyet' && one.decision === undefined],
    [
      'was approved before its regulation',
      (_, { decision, regulation }) =>
        decision !== undefined && regulation !== undefined && decision.date < regulation.date,
    ],
    [
      'was appraised by its operator without a council',
      ({ operator }, { appraisal }) => appraisal?.by === operator && appraisal.council === undefined,
    ],
    [
      'was appraised by its operator with a council',
      ({ operator }, { appraisal }) => appraisal?.by === operator && appraisal.council !== undefined,
    ],
    [
      'was approved by its owner at level 1 or 2, which its specialised unit should do',
      ({ owner }, { approvedBy, level = 5, regime }) => approvedBy === owner && level <= 2 && regime === 'nd-331-2026',
    ],
    ['handles procedures at level 2', (_, { level, facts }) => facts?.administrativeProcedures === true && level === 2],
    [
      'holds 100,000 data subjects at level 2',
      (_, one) => one.level === 2 && (one.facts?.basicDataSubjects ?? 0) >= 1e5,
    ],
    ['must be determined again', (_, { redetermine }) => redetermine !== undefined],
    ['was under construction before the law', (_, one) => underConstruction(one) && since(one) < '2026-07-01'],
    ['is under construction since', (_, one) => underConstruction(one) && since(one) >= '2026-07-01'],
    ['was withdrawn', (_, { operation }) => operation?.state === 'ngung'],
    ['was never classified', ({ classification, excluded }) => classification === undefined && excluded === undefined],
    ['is on the national security list and names no machine', onTheList],
    [
      'was appraised by no organisation of the inventory',
      (_, { appraisal }) => appraisal !== undefined && !appraisal.by,
    ],
    ['lacks the expert opinion of level 4', (_, one) => one.level === 4 && one.documents?.expertOpinion === undefined],
    ['has the whole dossier of level 4', (_, one) => one.level === 4 && Object.keys(one.documents ?? {}).length === 6],
    [
      'is critical and has no decision',
      ({ critical }, { decision }) => critical !== undefined && decision === undefined,
    ],
    ['holds state secrets without a permit', (one) => one.stateSecret === true && one.stateSecretPermit === undefined],
    ['is military', ({ excluded }) => excluded === 'quan-su'],
    ['tells its history', (_, { history = [] }) => history.length >= 2],
    ['says that its regulation is not followed', (_, { regulationFollowed }) => regulationFollowed === false],
    ['has waivers', ({ waivers = [] }) => waivers.length >= 2],
    ['is reached from another zone', ({ endpoints }) => endpoints.some((one) => 'zones' in one)],
  ])('one %s', (_, holds) => {
    expect(idsWhere(holds)).not.toEqual([]);
  });
});

describe('layers', () => {
  const parts = ['onSite', 'monitoring', 'assessment', 'connection'] as const;
  const states = parts.map((part) => countBy(listed, (system) => claimState(system, part)));

  test.each(parts.map((part, at) => [part, states[at] ?? {}] as const))(
    '%s is claimed in full, without document, refused, and left out',
    (_, counted) => {
      expect(counted['in date']).toBeGreaterThanOrEqual(3);
      expect(counted['refused']).toBeGreaterThanOrEqual(1);
      expect(counted['left out']).toBeGreaterThanOrEqual(3);
    },
  );

  test('claims lapse in each layer, and some have no document', () => {
    expect(states.map((counted) => (counted['lapsed'] ?? 0) >= 1)).toEqual([true, true, true, true]);
    expect(states.reduce((sum, counted) => sum + (counted['no document'] ?? 0), 0)).toBeGreaterThanOrEqual(3);
  });

  test('an assessor that is not independent, a licence that ended, and mending that a scan can deny are there', () => {
    expect(idsWhere(({ layers }) => layers?.assessment?.independent === false)).not.toEqual([]);
    expect(idsWhere(({ layers }) => (layers?.monitoring?.licenceUntil ?? today) < today)).not.toEqual([]);
    expect(idsWhere(({ layers }) => layers?.assessment?.remediatedOn !== undefined).length).toBeGreaterThanOrEqual(3);
  });
});

describe('organisations', () => {
  test('every kind is there, six of them communes and wards', () => {
    const kinds = countBy(organisations, ({ kind }) => kind ?? 'none');
    expect(Object.keys(kinds).sort()).toEqual(
      ['dang-doan-the', 'khac', 'so-ban-nganh', 'trung-uong', 'ubnd-tinh', 'ubnd-xa'].sort(),
    );
    expect(kinds['ubnd-xa']).toBe(6);
  });

  test.each(['head', 'address', 'functions', 'contact', 'specialisedUnit'] as const)(
    '%s is filled in by some and left blank by others',
    (field) => {
      const filled = organisations.filter((one) => one[field] !== undefined).length;
      expect(filled).toBeGreaterThanOrEqual(5);
      expect(organisations.length - filled).toBeGreaterThanOrEqual(3);
    },
  );

  test('a specialised unit without its decision is there', () => {
    expect(organisations.filter((one) => one.specialisedUnit && !one.specialisedUnit.decision)).not.toEqual([]);
  });
});

describe('tasks', async () => {
  const checks = await readChecks([fileURLToPath(new URL('checks/', packageRoot))]);
  const frameworks = await readFrameworks([fileURLToPath(new URL('checks/frameworks/', packageRoot))], checks);
  const obligations = new Map(frameworks.flatMap((one) => one.obligations.map((each) => [each.id, each])));
  const lastDayOf = (id: string): string => {
    const deadline = obligations.get(id)?.task?.deadline;
    return deadline !== undefined && 'before' in deadline ? deadline.before : '';
  };

  test('every record speaks of a task of the province', () => {
    expect(tasks.filter(({ task }) => obligations.get(task)?.task?.province !== 'lai-chau')).toEqual([]);
  });

  test('each speaks once of the same task and party', () => {
    const keys = tasks.map(({ task, organisation, system }) => [task, organisation, system].join(' '));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test.each<[string, (task: (typeof tasks)[number]) => boolean]>([
    ['done on time', ({ task, done }) => done !== undefined && done.on < lastDayOf(task)],
    ['done on the day itself', ({ task, done }) => done?.on === lastDayOf(task)],
    ['done late', ({ task, done }) => done !== undefined && lastDayOf(task) !== '' && done.on > lastDayOf(task)],
    ['overdue', (one) => !one.done && !one.extended && lastDayOf(one.task) !== '' && lastDayOf(one.task) < today],
    ['extended and in time', ({ extended, done }) => extended !== undefined && !done && extended.until > today],
    ['extended and past that', ({ extended, done }) => extended !== undefined && !done && extended.until < today],
    ['waiting for guidance', ({ task, trigger }) => awaitsGuidance(task) && trigger === undefined],
    ['reported each quarter', ({ reports }) => reports?.some(({ on }) => daysBetween(on, today) < 92) === true],
    ['reported, but not of late', ({ reports }) => reports?.every(({ on }) => daysBetween(on, today) > 92) === true],
    ['of a system', ({ system }) => system !== undefined],
    ['of an organisation', ({ organisation }) => organisation !== undefined],
    ['with all six clear', ({ clear }) => clear !== undefined && sixClear.every((key) => clear[key] !== undefined)],
    ['with some of the six blank', ({ clear }) => clear !== undefined && Object.keys(clear).length < 5],
  ])('one is %s', (_, holds) => {
    expect(tasks.filter(holds)).not.toEqual([]);
  });

  function awaitsGuidance(id: string): boolean {
    const deadline = obligations.get(id)?.task?.deadline;
    return deadline !== undefined && 'trigger' in deadline;
  }
});

test('both conventions are said', () => {
  expect(Object.keys(inventory.conventions ?? {})).toEqual(['beforeDay', 'reportEvery']);
});

function awaitsAppraisal({ accepted, appraisal, dossier }: Partial<Classification>): boolean {
  return dossier === 'da-gui-tham-dinh' && accepted !== undefined && appraisal === undefined;
}

function awaitsApproval({ approvalReceived, decision }: Partial<Classification>): boolean {
  return approvalReceived !== undefined && decision === undefined;
}

function underConstruction({ operation }: Partial<Classification>): boolean {
  return operation?.state === 'dang-xay-dung';
}

function since({ operation }: Partial<Classification>): string {
  return operation?.since ?? '';
}

function onTheList({ endpoints }: System, { level, nationalSecurityList }: Partial<Classification>): boolean {
  return level === 5 && nationalSecurityList?.state === 'da-dua-vao' && endpoints.length === 0;
}

/** Weekdays from the day after `day` to today; holidays apart, which the limits asked for leave room for. */
function workingDays(day = today): number {
  let count = 0;
  for (let left = daysBetween(day, today); left > 0; left -= 1) {
    const weekday = new Date(Date.parse(today) - (left - 1) * 86_400_000).getUTCDay();
    if (weekday !== 0 && weekday !== 6) count += 1;
  }
  return count;
}

/** What a claim of a layer can come to, as far as the inventory alone tells. */
function claimState(system: System, part: keyof NonNullable<System['layers']>): string {
  const claim = system.layers?.[part];
  if (claim === undefined) return 'left out';
  if (!claim.claimed) return 'refused';
  const ends = [claim.until, 'licenceUntil' in claim && claim.licenceUntil, 'nextDue' in claim && claim.nextDue];
  if (ends.some((day) => typeof day === 'string' && day < today)) return 'lapsed';
  return claim.document === undefined ? 'no document' : 'in date';
}

function countBy<Item>(items: readonly Item[], of: (item: Item) => string | number): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(items, of)].map(([key, group]) => [String(key), group.length]));
}
