import type { Entry } from '../../evidence/entry.ts';
import { prohibitionOf } from '../../inventory/forbidden.ts';
import type { Finding } from '../../model/finding.ts';
import type { Inventory, System } from '../../model/inventory.ts';
import type { Run } from '../../model/run.ts';
import type { Target } from '../../model/target.ts';
import { ownData } from '../../report/own-data.ts';
import { ownInventory } from '../../report/own-inventory.ts';
import type { Judgement, Store } from '../../store/types.ts';
import { inventoryEntries } from './inventory-entries.ts';
import { systemEntries } from './system-entries.ts';

/**
 * Every record of a run, in an order that depends on the run alone, system by system: at no time is more than one system in
 * memory. `organisation`: whose pack is being made; what it owns or operates is its own, and nothing of others'. Systems
 * that may not be looked at are counted and not told.
 */
export async function* runEntries(
  store: Store,
  run: Run,
  judgement: Judgement,
  inventory: Inventory,
  organisation?: string,
): AsyncGenerator<Entry> {
  const targets = await store.targets(run.id);
  const own = organisation === undefined ? undefined : ownInventory(inventory, organisation, ownTargets());
  const { lawbook, id, at } = judgement;
  // The hash of everybody's inventory stands in the manifest of the whole alone.
  const { inventoryHash: _inventoryHash, ...told } = run;
  yield { kind: 'run', body: { ...told, judgement: { id, at } }, own: true };
  const { endOfLife, standIns, feeds, feedDays } = lawbook.reference;
  for (const [part, body] of Object.entries({ endOfLife, standIns, feeds, feedDays }))
    if (body !== undefined) yield { kind: 'reference', body: { part, body }, own: true };
  for (const body of lawbook.checks) yield { kind: 'check', body, own: true };
  for (const body of lawbook.frameworks) yield { kind: 'framework', body, own: true };
  if (lawbook.levels !== undefined) yield { kind: 'levels', body: lawbook.levels, own: true };
  yield* inventoryEntries(inventory, own);
  const targetsOf = Map.groupBy(targets, ({ system }) => system);
  const livesOf = await livesBySystem(store, run);
  for (const system of inOrder(inventory.systems)) {
    yield* systemEntries(store, {
      run,
      judgement: id,
      system,
      targets: targetsOf.get(system.id) ?? [],
      lives: livesOf.get(system.id) ?? [],
      own: isOwn(system),
      ...(organisation === undefined ? {} : { narrow: narrowFor(organisation) }),
    });
  }
  // What an address heard for whichever system: an owner of one of them may know.
  const addresses = new Set(ownTargets().flatMap(({ address }) => address ?? []));
  for (const body of await store.costs(run.id))
    yield { kind: 'cost', body, own: organisation === undefined || addresses.has(body.address) };
  for (const body of await store.resolverCosts(run.id))
    yield { kind: 'cost', body: { part: 'resolver', ...body }, own: organisation === undefined };

  function isOwn({ owner, operator }: System): boolean {
    return organisation === undefined || owner === organisation || operator === organisation;
  }

  function ownTargets(): readonly Target[] {
    const systems = new Set(inventory.systems.filter(isOwn).map((system) => system.id));
    return targets.filter(({ system }) => systems.has(system));
  }

  /** The very rule by which an owner's pages are made. */
  function narrowFor(owner: string) {
    const bare = { ...inventory, authorisations: [], exclusions: [], tasks: [] };
    return (findings: readonly Finding[]) =>
      ownData(
        {
          run,
          inventory: bare,
          checks: [],
          frameworks: [],
          targets,
          observations: [],
          findings,
          assessments: [],
          costs: [],
          resolverCosts: [],
          judgedAt: at,
          excludedSystems: 0,
        },
        owner,
      ).findings;
  }
}

/** Systems of one owner beside one another, so that the hashes that stand for others are few. */
const inOrder = (systems: readonly System[]): readonly System[] =>
  systems
    .filter((system) => prohibitionOf(system) === undefined)
    .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : orderOf(a) > orderOf(b) ? 1 : 0));
const orderOf = ({ owner, operator, id }: System): string => `${owner}\n${operator}\n${id}`;

/** Findings that the history follows in the run's zone, by system; none for a run that was not taken in. */
async function livesBySystem(store: Store, run: Run): Promise<ReadonlyMap<string, readonly string[]>> {
  if (!(await store.track.runs()).includes(run.id)) return new Map();
  const lives = await store.track.lives(run.zone);
  return new Map(
    [...Map.groupBy(lives, ({ system }) => system)].map(([system, some]) => [system, some.map(({ id }) => id)]),
  );
}
