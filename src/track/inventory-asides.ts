import { contentHash } from '../model/canonical.ts';
import { dayOf } from '../model/day.ts';
import type { Inventory, System, Waiver } from '../model/inventory.ts';
import type { HistoryEntry } from '../model/track/history.ts';
import type { Life } from '../model/track/life.ts';
import type { Lives } from './fold.ts';

/** Takes back what the inventory's waivers set aside, where the waiver was taken out of it or written otherwise. Pure. */
export function withdrawnAsides(lives: Lives, inventory: Inventory, at: string): readonly HistoryEntry[] {
  const systems = byId(inventory);
  return inOrder(lives).flatMap((life) => withdrawn(life, systems.get(life.system), at) ?? []);
}

/** Sets findings aside that fail now and of which a waiver in force speaks, once for the same evidence. Pure. */
export function givenAsides(
  lives: Lives,
  inventory: Inventory,
  renamed: (check: string) => string,
  at: string,
): readonly HistoryEntry[] {
  const systems = byId(inventory);
  return inOrder(lives).flatMap((life) => given(life, systems.get(life.system), renamed, at) ?? []);
}

const inOrder = (lives: Lives) => [...lives.values()].sort((a, b) => (a.id < b.id ? -1 : 1));

const byId = ({ systems }: Inventory) => new Map(systems.map((system) => [system.id, system]));

function withdrawn(life: Life, system: System | undefined, at: string): readonly HistoryEntry[] | undefined {
  const key = life.aside?.inventory;
  if (key === undefined || system?.waivers?.some((waiver) => contentHash(waiver) === key) === true) return undefined;
  return [{ at, by: 'rasoat', event: { kind: 'said', finding: life.id, word: 'open' } }];
}

function given(
  life: Life,
  system: System | undefined,
  renamed: (check: string) => string,
  at: string,
): readonly HistoryEntry[] | undefined {
  const day = dayOf(at);
  const failing = life.fails > 0 && life.passes === 0 && life.phase !== 'fixed' && !life.gone;
  if (!failing || life.aside !== undefined) return undefined;
  const waiver = system?.waivers?.find(
    (one) => speaksOf(one, life, renamed) && day <= one.until && !isSpent(one, life),
  );
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

const speaksOf = (waiver: Waiver, life: Life, renamed: (check: string) => string) =>
  renamed(waiver.check) === life.check && (waiver.target === undefined || waiver.target === life.target);

const isSpent = (waiver: Waiver, life: Life) => life.spent.includes(contentHash(waiver));
