/** What a record of a pack is about. */
export const recordKinds = [
  'run',
  'reference',
  'check',
  'framework',
  'levels',
  'inventory',
  'authorisation',
  'system',
  'target',
  'observation',
  'known',
  'finding',
  'assessment',
  'aside',
  'history',
  'cost',
] as const;
export type RecordKind = (typeof recordKinds)[number];

/**
 * One thing of a run, in the order of the whole pack. `own`: whether the pack being made holds it; `narrowed`: what that pack
 * holds in its place, where a part of it is somebody else's.
 */
export type Entry = {
  readonly kind: RecordKind;
  readonly body: unknown;
  readonly own: boolean;
  readonly narrowed?: unknown;
};
