import type { ClaimField } from '../model/framework.ts';
import type { System } from '../model/inventory.ts';
import type { LayerNumber } from '../model/layer-rules.ts';
import { always, never, type HeldClaim } from './held-claim.ts';
import { layerClaim } from './layer-claim.ts';
import { minimumLevel } from './minimum-level.ts';
import { regimeOf } from './regime.ts';

/** The claim of a system for one field; undefined where the inventory says nothing. */
export function claimOf(system: System, field: ClaimField): HeldClaim | undefined {
  switch (field) {
    case 'layers.1':
      return layerClaim(system, 1);
    case 'layers.2':
      return layerClaim(system, 2);
    case 'layers.3':
      return layerClaim(system, 3);
    case 'layers.4':
      return layerClaim(system, 4);
    case 'layers':
      return allLayers(system);
    case 'level':
      return levelClaim(system);
    case 'level.facts':
      return levelAgainstFacts(system);
    case 'level.regulation':
      return regulationClaim(system);
  }
}

/** The four layers as one claim: no stronger than the weakest, no older than the latest. */
function allLayers(system: System): HeldClaim | undefined {
  const layers: readonly LayerNumber[] = [1, 2, 3, 4];
  const held = layers.flatMap((layer) => layerClaim(system, layer) ?? []);
  const refused = held.find(({ claim }) => !claim.says);
  if (refused !== undefined) return refused;
  if (held.length < layers.length) return undefined;
  const on = held
    .flatMap(({ claim }) => claim.on ?? [])
    .sort()
    .at(-1);
  const until = held.flatMap(({ claim }) => claim.until ?? []).sort()[0];
  const documents = held.flatMap(({ claim }) => claim.document ?? []);
  return {
    claim: {
      says: true,
      ...(on === undefined ? {} : { on }),
      ...(documents.length < layers.length ? {} : { document: [...new Set(documents)].join('; ') }),
      ...(until === undefined ? {} : { until }),
    },
    deniedFrom:
      held
        .map(({ deniedFrom }) => deniedFrom)
        .filter((day) => day !== never)
        .sort()
        .at(-1) ?? always,
  };
}

/** The approval of the level: said by the state of the dossier, shown by the decision. */
function levelClaim(system: System): HeldClaim | undefined {
  const classification = system.classification;
  if (classification === undefined) {
    // A system that its owner calls trọng yếu and for which no level is recorded is one without a decision.
    return system.critical === undefined ? undefined : { claim: { says: false }, deniedFrom: never };
  }
  const { decision, dossier } = classification;
  if (dossier !== 'da-phe-duyet') return { claim: { says: false }, deniedFrom: never };
  if (decision === undefined) return { claim: { says: true }, deniedFrom: never, deniesItself: true };
  return { claim: { says: true, on: decision.date, document: decision.number }, deniedFrom: decision.date };
}

/**
 * The level claimed, against the least level that the inventory's own facts ask (Decree 331 Đ12-13). A level approved
 * under the old law is kept (Law 116 Đ45.1), so the new criteria do not deny it.
 */
function levelAgainstFacts(system: System): HeldClaim | undefined {
  const classification = system.classification;
  const least = minimumLevel(system);
  if (classification === undefined || least === undefined) return undefined;
  const { decision, level } = classification;
  return {
    claim: { says: true, ...(decision === undefined ? {} : { on: decision.date, document: decision.number }) },
    deniedFrom: never,
    deniesItself: level < least.level && regimeOf(system) === 'nd-331-2026',
  };
}

/** The quy chế, which must be issued before the level is approved (Decree 331 Đ30.7, Circular 12/2022 Đ9.7). */
function regulationClaim(system: System): HeldClaim | undefined {
  const { regulation, decision } = system.classification ?? {};
  if (regulation === undefined) return undefined;
  return {
    claim: { says: true, on: regulation.date, document: regulation.number },
    deniedFrom: never,
    deniesItself: decision !== undefined && decision.date < regulation.date,
  };
}
