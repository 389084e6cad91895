import { dayOf } from '../model/day.ts';
import type { DerivedEvent, HistoryEntry, HistoryEvent, RunEvent } from '../model/track/history.ts';
import type { Life, SetAside } from '../model/track/life.ts';
import type { Sighting } from '../model/track/sighting.ts';
import type { StateReason } from '../model/track/state.ts';
import { asked } from './ask.ts';
import { bornLife } from './birth.ts';
import { expire, see, spentBy, type Step } from './see.ts';
import { stateOn } from './state.ts';

/** Lives by the id of their finding. */
export type Lives = Map<string, Life>;

/**
 * Takes one given event into the lives that it touches and gives what follows from it, in a fixed order. The tracker and
 * the replay of a history both go through here, so they cannot come to different states. Events that only follow change
 * nothing. Throws when an event names a finding that was not born: a history that tells no life.
 */
export function applyEntry(
  lives: Lives,
  entry: HistoryEntry,
  sightings: readonly Sighting[] = [],
): readonly DerivedEvent[] {
  const { event, at } = entry;
  switch (event.kind) {
    case 'born':
      lives.set(event.finding, bornLife(event, at));
      return [];
    case 'moved':
      lives.set(event.finding, { ...lifeOf(lives, event.finding), target: event.to });
      return [];
    case 'renamed':
      lives.set(event.finding, { ...lifeOf(lives, event.finding), check: event.to });
      return [];
    case 'weighed':
      lives.set(event.finding, { ...lifeOf(lives, event.finding), severity: event.to });
      return [];
    case 'task': {
      const life = lifeOf(lives, event.finding);
      lives.set(event.finding, { ...life, words: { ...life.words, ...event.words } });
      return [];
    }
    case 'run':
      return [...sightings]
        .sort((a, b) => (a.finding < b.finding ? -1 : 1))
        .flatMap((sighting) => seen(lives, sighting, event));
    case 'said':
      return said(lives, lifeOf(lives, event.finding), entry, event);
    case 'set-aside': {
      const { kind: _kind, finding, ...aside } = event;
      return setAside(lives, lifeOf(lives, finding), aside, dayOf(at));
    }
    case 'asked':
      lives.set(event.finding, asked(lifeOf(lives, event.finding), entry, event));
      return [];
    case 'attached':
      lifeOf(lives, event.finding);
      return [];
    case 'state':
    case 'set-aside-ended':
      return [];
  }
}

function lifeOf(lives: Lives, id: string): Life {
  const life = lives.get(id);
  if (life === undefined) throw new Error(`finding ${id} was never born`);
  return life;
}

function seen(
  lives: Lives,
  sighting: Sighting,
  { settings, verification, partial }: Pick<RunEvent, 'settings' | 'verification' | 'partial'>,
): readonly DerivedEvent[] {
  const before = { ...lifeOf(lives, sighting.finding), settings };
  const late = sighting.at < before.lastAt;
  // What comes late says nothing of today, and must not bring back what ended since.
  const day = dayOf(late ? before.lastAt : sighting.at);
  const lapsed = late ? { life: before } : expire(before, day);
  const step = see(lapsed.life, sighting, verification === true || partial === true);
  const ended = lapsed.ended !== undefined || step.ended?.because === 'evidence';
  const because = step.refuted === true ? 'claim-refuted' : ended ? 'set-aside-ended' : reasonOf(before, sighting);
  return conclude(lives, before, [lapsed, step], day, because);
}

function reasonOf(before: Life, { mark }: Sighting): StateReason {
  switch (mark) {
    case 'gone':
      return 'gone';
    case 'not-observed':
      return before.gone ? 'back' : 'unseen';
    case 'not-applicable':
      return 'not-applicable';
    case 'pass':
      return before.gone ? 'back' : 'passed';
    case 'fail':
      if (before.gone) return 'back';
      return before.fails + before.passes === 0 ? 'seen' : 'seen-again';
  }
}

function said(
  lives: Lives,
  before: Life,
  { at, by, document }: HistoryEntry,
  { word, on, sheet }: Extract<HistoryEvent, { kind: 'said' }>,
): readonly DerivedEvent[] {
  const day = dayOf(at);
  const lapsed = expire(before, day);
  const { word: _old, request: _request, ...rest } = lapsed.life;
  if (word !== 'open') {
    const told = {
      ...(document === undefined ? {} : { document }),
      ...(on === undefined ? {} : { on }),
      ...(sheet === undefined ? {} : { sheet: sheet.sheet }),
    };
    const life = { ...rest, word: { word, at, by, ...told } };
    return conclude(lives, before, [lapsed, { life }], day, 'said');
  }
  if (rest.aside === undefined) return conclude(lives, before, [lapsed, { life: rest }], day, 'said');
  const { aside, request: _withdrawn, ...back } = lapsed.life;
  const step: Step = {
    life: { ...back, spent: spentBy(back, aside) },
    ended: { because: 'withdrawn', on: day },
  };
  return conclude(lives, before, [lapsed, step], day, 'set-aside-ended');
}

function setAside(lives: Lives, before: Life, aside: SetAside, day: string): readonly DerivedEvent[] {
  const lapsed = expire(before, day);
  const { request: _decided, ...life } = lapsed.life;
  return conclude(lives, before, [lapsed, { life: { ...life, aside } }], day, 'set-aside');
}

/** Keeps the life after the last step and tells what ended and how its state changed. */
function conclude(
  lives: Lives,
  before: Life,
  steps: readonly [Step, ...Step[]],
  day: string,
  because: StateReason,
): readonly DerivedEvent[] {
  const last = steps.at(-1)?.life ?? before;
  const to = stateOn(last, day);
  lives.set(before.id, { ...last, state: to });
  const from = because === 'seen' ? null : before.state;
  return [
    ...steps.flatMap(({ ended }): readonly DerivedEvent[] =>
      ended === undefined ? [] : [{ kind: 'set-aside-ended', finding: before.id, ...ended }],
    ),
    ...(from === to ? [] : [{ kind: 'state' as const, finding: before.id, from, to, because }]),
  ];
}
