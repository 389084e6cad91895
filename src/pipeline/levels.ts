import { createExplainer } from '../assess/level/explain.ts';
import { pagesOf, questionChecks, type SeenPage } from '../assess/level/questions.ts';
import { dayOf } from '../model/day.ts';
import { UserError } from '../model/errors.ts';
import type { Finding } from '../model/finding.ts';
import type { Inventory, System } from '../model/inventory.ts';
import type { Regime } from '../model/inventory/level-words.ts';
import type { LevelBook } from '../model/level-law.ts';
import type { SystemLevel } from '../model/level.ts';
import type { Run } from '../model/run.ts';
import type { Target } from '../model/target.ts';
import { contentHash } from '../model/canonical.ts';
import { message } from '../model/text.ts';
import type { Store } from '../store/types.ts';
import { fold, nearest } from '../yaml/nearest.ts';
import { toolVersion } from './version.ts';

/** What levels are told from: an inventory alone, or with what a run saw of it. */
export type LevelSource = {
  readonly inventory: Inventory;
  readonly book: LevelBook;
  readonly onDay: string;
  readonly targets?: readonly Target[];
  readonly pages?: readonly SeenPage[];
  readonly findings?: readonly Finding[];
};

/** A stored run as a source; a judgement older than laws of levels is told by the book that `ours` reads. */
export async function levelSourceOf(store: Store, run: Run, ours: () => Promise<LevelBook>): Promise<LevelSource> {
  const judgement = await store.judgement(run.id);
  return {
    inventory: await store.inventory(run.id),
    book: judgement.lawbook.levels ?? (await ours()),
    onDay: dayOf(run.endedAt ?? run.startedAt),
    targets: await store.targets(run.id),
    pages: await pagesOfRun(store, run.id),
    findings: await store.findings(judgement.id, { checks: questionChecks, outcomes: ['fail'] }),
  };
}

/** What the pages of a run show, noted once: a province's pages are a hundred megabytes, and their signs a few words each. */
async function pagesOfRun(store: Store, run: string): Promise<readonly SeenPage[]> {
  const [what, key] = ['page-signs', contentHash([signsVersion, toolVersion()])];
  const kept = (await store.kept.read(run, what, key)).get('');
  if (kept !== undefined) return kept as readonly SeenPage[];
  const pages: SeenPage[] = [];
  for await (const some of store.observationPages(run, 'http')) pages.push(...pagesOf(some));
  const state = (await store.run(run))?.state;
  if (state === 'finished') await store.kept.write(run, what, key, new Map([['', pages]]));
  return pages;
}

/** Goes up whenever signs are read otherwise. */
const signsVersion = 1;

/** Levels of the systems of a source. Systems of quân sự, quốc phòng, cơ yếu are told only when asked for by name. */
export function createLevels(source: LevelSource) {
  const explain = createExplainer(source);
  const systemOf = new Map((source.targets ?? []).map(({ key, system }) => [key, system]));
  const pages = Map.groupBy(source.pages ?? [], ({ target }) => systemOf.get(target) ?? '');
  const found = Map.groupBy(source.findings ?? [], ({ system }) => system);
  const levelOf = (system: System, regime?: Regime): SystemLevel =>
    explain(system, regime, { pages: pages.get(system.id) ?? [], findings: found.get(system.id) ?? [] });
  return {
    levelOf,
    /** Of every system, or those that are asked for. */
    all: (asked: (system: string) => boolean = () => true): readonly SystemLevel[] =>
      source.inventory.systems
        .filter(({ excluded, id }) => excluded === undefined && asked(id))
        .map((system) => levelOf(system)),
  };
}

/** The system of an id or a name; UserError with the nearest one where there is none. */
export function findSystem({ systems }: Inventory, asked: string): System {
  const named = systems.find(({ id }) => id === asked) ?? systems.find(({ name }) => fold(name) === fold(asked));
  if (named !== undefined) return named;
  const near =
    systems.find(({ id }) => asked.length > 2 && id.includes(asked))?.id ??
    nearest(
      asked,
      systems.flatMap(({ id, name }) => [id, name]),
    );
  const id = systems.find((one) => one.id === near || one.name === near)?.id;
  throw new UserError([
    {
      message:
        id === undefined ? message('level.no-system', { asked }) : message('level.no-system-near', { asked, near: id }),
    },
  ]);
}
