import type { Life, SetAside } from '../model/track/life.ts';
import type { TrackState } from '../model/track/state.ts';

/** What sets a finding aside on a day (`YYYY-MM-DD` in Viet Nam), whatever was or was not recorded since. Pure. */
export function asideOn(life: Pick<Life, 'aside'>, day: string): SetAside | undefined {
  return life.aside !== undefined && life.aside.from <= day && day <= life.aside.until ? life.aside : undefined;
}

/**
 * Where a finding stands on a day. A proven fix comes first; then what is no longer there; then what is set aside; then
 * what nobody saw; then the owner's word; then what was seen. Pure.
 */
export function stateOn(life: Omit<Life, 'state'>, day: string): TrackState {
  if (life.phase === 'fixed') return 'fixed-verified';
  if (life.gone || life.absent >= life.settings.closeAfter) return 'gone-with-endpoint';
  const aside = asideOn(life, day);
  if (aside !== undefined) return aside.as;
  if (life.unseen >= life.settings.unseenAfter) return 'not-seen-lately';
  if (life.word !== undefined) return life.word.word;
  if (life.phase === 'watched') return 'new';
  return life.recurrences > 0 ? 'reopened' : 'open';
}
