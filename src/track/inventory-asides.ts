import { contentHash } from '../model/canonical.ts';
import { dayOf } from '../model/day.ts';
import type { Inventory, System, Waiver } from '../model/inventory.ts';
import type { HistoryEntry, Life } from '../model/track.ts';
import type { Lives } from './fold.ts';

/**
 * What the inventory's waivers do to findings that fail now: set them aside while in force, once for the same evidence;
 * a waiver that was taken out of the inventory is withdrawn. Pure.
 */
export function inventoryAsides(lives: Lives, inventory: Inventory, at: string): readonly HistoryEntry[] {
  const day = dayOf(at);
  const systems = new Map(inventory.systems.map((system) => [system.id, system]));
  return [...lives.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((life): readonly HistoryEntry[] => {
      const system = systems.get(life.system);
      return withdrawn(life, system, at) ?? given(life, system, day, at) ?? [];
    });
}

function withdrawn(life: Life, system: System | undefined, at: string): readonly HistoryEntry[] | undefined {
  const key = life.aside?.inventory;
  if (key === undefined || system?.waivers?.some((waiver) => contentHash(waiver) === key) === true) return undefined;
  return [{ at, by: 'rasoat', event: { kind: 'said', finding: life.id, word: 'open' } }];
}

function given(life: Life, system: System | undefined, day: string, at: string): readonly HistoryEntry[] | undefined {
  const failing = life.fails > 0 && life.passes === 0 && life.phase !== 'fixed' && !life.gone;
  if (!failing || life.aside !== undefined) return undefined;
  const waiver = system?.waivers?.find((one) => speaksOf(one, life) && day <= one.until && !isSpent(one, life));
  if (waiver === undefined) return undefined;
  const document = waiver.document?.number;
  return [
    {
      at,
      by: waiver.requestedBy.name,
      ...(document === undefined ? {} : { document }),
      event: {
        kind: 'set-aside',
        finding: life.id,
        as: 'waived',
        reason: waiver.reason,
        document: document ?? '',
        requestedBy: waiver.requestedBy.name,
        approvedBy: waiver.approvedBy.name,
        from: day,
        until: waiver.until,
        evidence: life.evidence,
        inventory: contentHash(waiver),
      },
    },
  ];
}

const speaksOf = (waiver: Waiver, life: Life) =>
  waiver.check === life.check && (waiver.target === undefined || waiver.target === life.target);

const isSpent = (waiver: Waiver, life: Life) => life.spent.includes(contentHash(waiver));
