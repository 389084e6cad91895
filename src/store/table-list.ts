import type { Database } from './tables.ts';

/**
 * Every table with its key, in an order in which rows may be put in: what is referred to comes first. A test holds it against the
 * tables that migrations make.
 */
export const tableKeys = {
  snapshot: ['hash'],
  run: ['id'],
  target: ['run', 'key'],
  observation: ['run', 'target', 'kind'],
  judgement: ['id'],
  finding: ['judgement', 'target', 'check'],
  known: ['judgement', 'target'],
  assessment: ['judgement', 'system', 'obligation'],
  cost: ['run', 'session', 'address'],
  resolver_cost: ['run', 'session', 'server'],
  detection_return: ['id'],
  detection_sighting: ['marker', 'seen_at', 'source', 'centre'],
  history: ['seq'],
  history_head: ['id'],
  sighting: ['run', 'finding'],
  life: ['finding'],
  place: ['zone', 'place'],
  answer_sheet: ['id'],
  notice: ['organisation', 'channel', 'day'],
  notice_told: ['organisation', 'channel', 'kind', 'finding'],
  run_glance: ['run'],
  run_event: ['id'],
  fleet_switch: ['id'],
  control_round: ['run', 'round'],
  control_look: ['run', 'round', 'control', 'target'],
  worker: ['session'],
  address_hold: ['address'],
  dispatch: ['run'],
  lane: ['run', 'lane'],
} as const satisfies { readonly [T in keyof Database]: readonly (keyof Database[T])[] };

export type TableName = keyof typeof tableKeys;
export const tableNames = Object.keys(tableKeys) as readonly TableName[];

/** Tables whose `id` counts itself. */
export const counted: readonly TableName[] = ['judgement', 'detection_return', 'run_event', 'fleet_switch'];
