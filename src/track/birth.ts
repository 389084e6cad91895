import type { HistoryEvent } from '../model/track/history.ts';
import type { Life } from '../model/track/life.ts';
import { defaultSettings } from './settings.ts';

/** A life at its birth, before its first sighting is taken in. Pure. */
export function bornLife(event: Extract<HistoryEvent, { kind: 'born' }>, at: string): Life {
  const { finding, zone, system, check, target, severity } = event;
  return {
    id: finding,
    zone,
    system,
    check,
    target,
    severity,
    state: 'new',
    settings: defaultSettings,
    bornAt: at,
    phase: 'watched',
    fails: 0,
    passes: 0,
    absent: 0,
    unseen: 0,
    gone: false,
    recurrences: 0,
    refuted: 0,
    lastAt: at,
    seenAt: at,
    failedAt: at,
    openedAt: at,
    evidence: '',
    spent: [],
    words: {},
    mended: [],
  };
}
