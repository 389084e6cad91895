import type { ClaimField } from '../model/framework.ts';
import type { System } from '../model/inventory.ts';
import type { LayerNumber } from '../model/layer-rules.ts';
import { always, never, type HeldClaim } from './held-claim.ts';
import { layerClaim } from './layer-claim.ts';
import { dossierClaim, factsClaim, levelClaim, regulationClaim, type LevelGround } from './level/claims.ts';

/**
 * The claim of a system for one field; undefined where the inventory says nothing. Without laws of levels (judgements
 * stored before there were any) nothing is told of facts and dossiers.
 */
export function claimOf(system: System, field: ClaimField, ground?: LevelGround): HeldClaim | undefined {
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
      return ground && factsClaim(system, ground);
    case 'level.regulation':
      return regulationClaim(system);
    case 'level.dossier':
      return ground && dossierClaim(system, ground);
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
