import { prohibitionOf } from '../inventory/forbidden.ts';
import { UserError, type Problem } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import { message } from '../model/text.ts';
import type { Life } from '../model/track/life.ts';
import type { TrackState } from '../model/track/state.ts';
import type { Store } from '../store/types.ts';
import { stateOn } from '../track/state.ts';
import { findLife } from './track-change.ts';
import { zoneOf } from './zone.ts';

/** What a verification is about: findings of one zone, each once. */
export type Subject = {
  readonly zone: string;
  readonly lives: readonly Life[];
  /** Systems asked about whole that no run has ever found anything in, and perhaps never looked at. */
  readonly blank: readonly string[];
};

export type Asked = { readonly words: readonly string[]; readonly zone?: string; readonly day: string };

/**
 * The findings that words name: the id of a finding or its beginning, or a system, which stands for all of its findings that
 * are to be mended. Throws UserError for words that name nothing, for systems that are never contacted, and for findings of more
 * zones than one: another zone's look would say nothing of them.
 */
export async function findSubject(store: Store, inventory: Inventory, asked: Asked): Promise<Subject> {
  const all = await store.track.lives();
  const systems = new Set([...inventory.systems.map(({ id }) => id), ...all.map(({ system }) => system)]);
  const words = asked.words.flatMap((word) => word.split(',')).filter((word) => word !== '');
  const named = new Map<string, Life>();
  const blank: string[] = [];
  for (const word of words) {
    if (!systems.has(word)) {
      const life = await findLife(store.track, word, 'verify.unknown-subject');
      named.set(life.id, life);
      continue;
    }
    const own = all.filter(({ system }) => system === word);
    if (own.length === 0) blank.push(word);
    const here = own.filter(({ zone }) => asked.zone === undefined || zone === asked.zone);
    for (const life of here) if (isToBeMended(life, asked.day)) named.set(life.id, life);
  }
  const lives = [...named.values()];
  refuseProhibited(inventory, [...lives.map(({ system }) => system), ...words]);
  return { zone: oneZone(inventory, lives, asked.zone), lives, blank };
}

const settled: ReadonlySet<TrackState> = new Set(['gone-with-endpoint', 'waived', 'false-positive']);

/** What is fixed, gone or set aside asks for nothing; what failed again since its fix does. */
function isToBeMended(life: Life, day: string): boolean {
  const state = stateOn(life, day);
  return state === 'fixed-verified' ? life.fails > 0 : !settled.has(state);
}

function refuseProhibited(inventory: Inventory, ids: readonly string[]): void {
  const problems = inventory.systems.flatMap((system): readonly Problem[] => {
    const why = ids.includes(system.id) ? prohibitionOf(system) : undefined;
    return why === undefined
      ? []
      : [{ message: message('verify.prohibited', { system: system.id, why: why.replace('-', '_') }) }];
  });
  if (problems.length > 0) throw new UserError(problems);
}

function oneZone(inventory: Inventory, lives: readonly Life[], asked: string | undefined): string {
  const zones = [...new Set(lives.map(({ zone }) => zone))].sort();
  const [first = zoneOf(inventory, asked)] = zones;
  const stray = asked === undefined ? undefined : lives.find(({ zone }) => zone !== asked);
  if (stray !== undefined && asked !== undefined) {
    const params = { finding: stray.id, own: stray.zone, asked };
    throw new UserError([{ message: message('verify.other-zone', params) }]);
  }
  if (zones.length > 1) {
    throw new UserError([{ message: message('verify.many-zones', { zones: zones.join(', ') }) }]);
  }
  return zoneOf(inventory, first);
}
