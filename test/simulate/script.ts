import type { TrackState } from '../../src/model/track/state.ts';
import { datedLives, spokenLives, sturdyLives, type Step, type Told } from './lives.ts';
import { createRandom, type Random } from './random.ts';

export const weeks = 52;

/** What a week does to a whole host. `lost`: no answer; `nameless`: its name leads nowhere; `out`: not in the inventory. */
export type HostWeek = 'seen' | 'lost' | 'nameless' | 'out';

export type ScriptedFinding = {
  readonly system: string;
  /** The check's first id. */
  readonly check: string;
  readonly kind: string;
  /** By week: what is seen and what must follow; `null` where the host was not seen or the finding is not there. */
  readonly steps: readonly (Step | null)[];
  readonly states: readonly (TrackState | 'none')[];
};

export type ScriptedSystem = {
  readonly id: string;
  readonly hosts: readonly HostWeek[];
  /** Last part of its address, by week. */
  readonly addresses: readonly number[];
  readonly findings: readonly ScriptedFinding[];
};

export type Script = { readonly systems: readonly ScriptedSystem[]; readonly checks: readonly string[] };

/** Writes the year of some systems with some findings each. */
export function writeScript(systems: number, checksEach: number, seed: number): Script {
  const random = createRandom(seed);
  const checks = Array.from({ length: checksEach }, (_, index) => `check-${String(index).padStart(2, '0')}`);
  return {
    checks,
    systems: Array.from({ length: systems }, (_, index) => writeSystem(index, checks, random)),
  };
}

type Fate = 'calm' | 'network' | 'flapping' | 'name' | 'leaves';
const fates: readonly Fate[] = [
  'calm',
  'network',
  'calm',
  'leaves',
  'network',
  'calm',
  'name',
  'network',
  'calm',
  'flapping',
];

function writeSystem(index: number, checks: readonly string[], random: Random): ScriptedSystem {
  const id = `system-${String(index).padStart(3, '0')}`;
  const fate = fates[index % fates.length] ?? 'calm';
  const hosts = hostsOf(fate, index, random);
  const lives =
    fate === 'calm'
      ? { ...sturdyLives, ...spokenLives, ...datedLives }
      : fate === 'leaves'
        ? sturdyLives
        : { ...sturdyLives, ...spokenLives };
  const kinds = Object.keys(lives);
  const findings = checks.map((check): ScriptedFinding => {
    const kind = kinds[random.upTo(kinds.length)] ?? 'steady';
    const told = lives[kind]?.(random);
    if (told === undefined) throw new Error(kind);
    return { system: id, check, kind, ...weekByWeek(told, hosts) };
  });
  return { id, hosts, addresses: addressesOf(random), findings };
}

/** Networks of systems are lost together: those of one number, in the same weeks. */
function hostsOf(fate: Fate, index: number, random: Random): readonly HostWeek[] {
  const lostFrom = 8 + (index % 7) * 5;
  const lostFor = [1, 2, 3, 6][index % 4] ?? 1;
  const leaves = random.between(22, 38);
  const returns = index % 2 === 0 ? leaves + random.between(1, 12) : weeks;
  return Array.from({ length: weeks }, (_, week): HostWeek => {
    switch (fate) {
      case 'calm':
        return 'seen';
      case 'network':
        return week >= lostFrom && week < lostFrom + lostFor ? 'lost' : 'seen';
      case 'name':
        return week >= lostFrom && week < lostFrom + lostFor ? 'nameless' : 'seen';
      case 'flapping':
        return week % 2 === 1 ? 'lost' : 'seen';
      case 'leaves':
        return week >= leaves && week < returns ? 'out' : 'seen';
    }
  });
}

/** A third of the hosts is renumbered, some of them twice. */
function addressesOf(random: Random): readonly number[] {
  const changes = [
    random.upTo(3) === 0 ? random.between(5, 50) : weeks,
    random.upTo(6) === 0 ? random.between(5, 50) : weeks,
  ];
  return Array.from({ length: weeks }, (_, week) => 1 + changes.filter((from) => week >= from).length);
}

/** Lays a told life over the weeks of its host: it waits while nobody sees it. */
function weekByWeek({ steps, rest }: Told, hosts: readonly HostWeek[]): Pick<ScriptedFinding, 'steps' | 'states'> {
  const seen: (Step | null)[] = [];
  const states: (TrackState | 'none')[] = [];
  let next = 0;
  let before: TrackState | 'none' = 'none';
  let blind = 0;
  for (const host of hosts) {
    if (host === 'seen') {
      const step = steps[next] ?? rest;
      next += 1;
      blind = 0;
      before = step.then;
      seen.push(step);
      states.push(step.then);
      continue;
    }
    blind = host === 'out' ? blind : blind + 1;
    seen.push(null);
    const settled = before === 'none' || before === 'fixed-verified';
    const unseen = blind >= 3 ? 'not-seen-lately' : before;
    states.push(settled ? before : host === 'out' ? 'gone-with-endpoint' : unseen);
  }
  return { steps: seen, states };
}
