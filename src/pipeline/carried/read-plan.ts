import type { KeyObject } from 'node:crypto';
import { openSealed, type Seal } from '../../keys/sealed-lines.ts';
import { borders, type PlanHead } from '../../model/carried.ts';
import type { Border } from '../../model/border.ts';
import { UserError } from '../../model/errors.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Manner } from '../../model/manner.ts';
import type { Reference } from '../../model/reference.ts';
import { message } from '../../model/text.ts';
import { toolVersion } from '../version.ts';

/** A plan as an agent holds it, proved and read. */
export type Plan = {
  readonly head: PlanHead;
  readonly seal: Seal;
  readonly manner: Manner;
  readonly reference: Reference;
  readonly inventory: Inventory;
};

const limits = { bytes: 128 * 1_048_576, lineBytes: 64 * 1_048_576 };

/**
 * Reads a plan signed by `trusted` that may be carried out now by this version in this zone. Throws UserError for everything
 * else, before anything is sent. Names its clock, for the machine's may be wrong.
 */
export function readPlan(path: string, trusted: KeyObject, zone: string | undefined, now: string): Plan {
  const file = openSealed(path, 'plan', trusted, limits);
  try {
    const [head, manner, standIns, inventory, ...rest] = [...file.values()].map(({ value }) => value);
    if (rest.length > 0) throw refused(path, 'shape', { line: 5, reason: 'one line too many' });
    const told: PlanHead = shaped(path, borders.plan, head, 1);
    const plan: Plan = {
      head: told,
      seal: file.seal,
      manner: shaped(path, borders.manner, manner, 2),
      reference: standIns === null ? {} : { standIns: shaped(path, borders.reference, standIns, 3) },
      inventory: shaped(path, borders.inventory, inventory, 4),
    };
    if (told.tool !== toolVersion()) throw refused(path, 'other-version', { plan: told.tool, own: toolVersion() });
    if (zone !== undefined && zone !== told.zone) throw refused(path, 'other-zone', { plan: told.zone, own: zone });
    if (now > told.validUntil) throw refused(path, 'expired', { until: told.validUntil, now });
    return plan;
  } finally {
    file.close();
  }
}

/** The value, held against a border; throws UserError with the line and what is wrong. */
export function shaped<T>(path: string, border: Border<T>, value: unknown, line: number): T {
  if (border(value)) return value;
  const [error] = border.errors ?? [];
  throw refused(path, 'shape', { line, reason: `${error?.instancePath ?? ''} ${error?.message ?? ''}`.trim() });
}

export function refused(file: string, key: string, params?: Record<string, string | number>): UserError {
  return new UserError([{ file, message: message(`carried.${key}`, params) }]);
}
