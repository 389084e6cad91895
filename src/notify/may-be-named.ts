import type { System } from '../model/inventory.ts';

/**
 * Whether a letter may speak of a system at all. Of military, defence, cipher and state-secret systems none does, not even
 * where a document let them be scanned: a permit to look is no permit to send what was seen through a mail server.
 */
export function mayBeNamed({ excluded, stateSecret }: Pick<System, 'excluded' | 'stateSecret'>): boolean {
  return excluded === undefined && stateSecret !== true;
}
