import type { Life } from '../model/track/life.ts';
import type { Mark, Sighting } from '../model/track/sighting.ts';

const hourMs = 3_600_000;

/**
 * Whether a sighting is one more of its mark. Scans are spaced by whoever plans them; a verification can be asked for
 * as often as somebody likes, and a partial run may follow another within the hour where days meet, so that it and what says the same before or after it count as one until `apartHours` lie
 * between them. What says otherwise always counts: a fail is never too soon after a pass. Pure.
 */
export function isApart({ counted, settings }: Life, { mark, at }: Sighting, verification: boolean): boolean {
  const last = counted?.[mark];
  if (settings.apartHours === undefined || last === undefined) return true;
  if (!verification && last.verification !== true) return true;
  return Date.parse(at) >= Date.parse(last.at) + settings.apartHours * hourMs;
}

/** From when on another sighting by a verification would count; undefined: at once. Pure. */
export function countsFrom({ counted, settings }: Pick<Life, 'counted' | 'settings'>, mark: Mark): string | undefined {
  const last = counted?.[mark];
  if (settings.apartHours === undefined || settings.apartHours === 0 || last === undefined) return undefined;
  return new Date(Date.parse(last.at) + settings.apartHours * hourMs).toISOString();
}

/** Counts that go on beside each mark: those of the others begin anew (see `see`). */
const lasting: Readonly<Record<Mark, readonly Mark[]>> = {
  fail: ['fail'],
  pass: ['fail', 'pass'],
  'not-applicable': ['fail', 'pass', 'not-applicable'],
  'not-observed': ['fail', 'pass', 'not-applicable', 'not-observed'],
  gone: ['fail', 'pass', 'not-applicable', 'not-observed'],
};

/** Notes a sighting that counted. Histories without the setting keep none, so that they replay as they were. Pure. */
export function withCounted(life: Life, { mark, at }: Sighting, verification: boolean, counts: boolean): Life {
  if (life.settings.apartHours === undefined) return life;
  const kept = lasting[mark].flatMap((one) => {
    const last = life.counted?.[one];
    return last === undefined ? [] : [[one, last] as const];
  });
  const counted: Life['counted'] = Object.fromEntries(kept);
  if (!counts || mark === 'gone') return { ...life, counted };
  return { ...life, counted: { ...counted, [mark]: { at, ...(verification ? { verification: true } : {}) } } };
}
