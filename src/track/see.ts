import { dayOf } from '../model/day.ts';
import type { Life } from '../model/track/life.ts';
import type { Sighting } from '../model/track/sighting.ts';
import type { EndReason } from '../model/track/state.ts';
import { isApart, withCounted } from './apart.ts';

/** A life after an event, and what ended by it. */
export type Step = {
  readonly life: Life;
  readonly ended?: { readonly because: EndReason; readonly on: string };
  readonly refuted?: true;
};

/**
 * Takes one sighting into a life. Passes alone lead to fixed, and a fail is forgotten only by passes in a row, so that a
 * host that is bad every second night opens and stays open. What was not seen counts for nothing but itself. A sighting
 * older than the last (a run taken up again) changes nothing; one too close to a verification counts no further (`isApart`).
 * Pure; leaves `state` to the caller.
 */
export function see(life: Life, sighting: Sighting, verification = false): Step {
  if (sighting.at < life.lastAt) return { life };
  const one = isApart(life, sighting, verification) ? 1 : 0;
  const at = { ...withCounted(life, sighting, verification, one === 1), lastAt: sighting.at };
  switch (sighting.mark) {
    case 'gone':
      return { life: { ...at, gone: true } };
    case 'not-observed':
      return { life: { ...at, gone: false, unseen: life.unseen + one } };
    case 'not-applicable':
      return { life: { ...at, gone: false, unseen: 0, absent: life.absent + one } };
    case 'pass':
      return pass({ ...at, gone: false, unseen: 0, absent: 0 }, sighting, one);
    case 'fail':
      return fail({ ...at, gone: false, unseen: 0, absent: 0 }, sighting, one);
  }
}

function pass(life: Life, { at }: Sighting, one: 0 | 1): Step {
  const passes = life.passes + one;
  const passedAt = life.passes === 0 ? at : (life.passedAt ?? at);
  const seen: Life = { ...life, passes, passedAt, seenAt: at };
  if (passes < life.settings.closeAfter) return { life: seen };
  if (life.phase === 'fixed') return { life: withoutFails(seen) };
  const { word: _word, aside, ...rest } = withoutFails(seen);
  const mended = life.phase === 'confirmed' ? [...life.mended, { from: life.openedAt, to: passedAt }] : life.mended;
  return {
    life: { ...rest, phase: 'fixed', mended, spent: spentBy(life, aside) },
    ...(aside === undefined ? {} : { ended: { because: 'fixed', on: dayOf(at) } }),
  };
}

function fail(life: Life, { at, evidence = '' }: Sighting, one: 0 | 1): Step {
  const fails = life.fails + one;
  const first = life.fails === 0 ? at : life.openedAt;
  const opens = life.phase !== 'confirmed' && fails >= life.settings.openAfter;
  const { word, aside, passedAt: _passedAt, ...rest } = life;
  const refuted = word?.word === 'claimed-fixed' && at > word.at;
  const changed = aside !== undefined && aside.evidence !== evidence;
  return {
    life: {
      ...rest,
      fails,
      passes: 0,
      evidence,
      seenAt: at,
      failedAt: at,
      openedAt: life.phase === 'confirmed' ? life.openedAt : first,
      phase: opens ? 'confirmed' : life.phase,
      recurrences: life.recurrences + (opens && life.phase === 'fixed' ? 1 : 0),
      refuted: life.refuted + (refuted ? 1 : 0),
      ...(word === undefined || refuted ? {} : { word }),
      ...(aside === undefined || changed ? {} : { aside }),
      spent: changed ? spentBy(life, aside) : life.spent,
    },
    ...(changed ? { ended: { because: 'evidence', on: dayOf(at) } } : {}),
    ...(refuted ? { refuted: true } : {}),
  };
}

/** The fails of a trouble that is over count for none that begins later. */
function withoutFails({ counted, ...life }: Life): Life {
  if (counted === undefined) return { ...life, fails: 0 };
  const { fail: _fail, ...rest } = counted;
  return { ...life, fails: 0, counted: rest };
}

/** Ends what set a finding aside once its last day is over. Pure. */
export function expire(life: Life, day: string): Step {
  const { aside, ...rest } = life;
  if (aside === undefined || day <= aside.until) return { life };
  return { life: { ...rest, spent: spentBy(life, aside) }, ended: { because: 'date', on: aside.until } };
}

/** The waivers of the inventory that are used up once this one has ended. */
export function spentBy(life: Life, aside: Life['aside']): readonly string[] {
  return aside?.inventory === undefined ? life.spent : [...new Set([...life.spent, aside.inventory])];
}
