import type { System } from '../model/inventory.ts';
import type { OfficialDocument } from '../model/inventory/common.ts';
import type { LayerNumber } from '../model/layer-rules.ts';
import { always, never, type HeldClaim } from './held-claim.ts';

/** A layer's claim in the words of the inventory, before it is read. */
type Said = {
  readonly says: boolean;
  readonly document?: OfficialDocument | undefined;
  readonly until: readonly (string | undefined)[];
  readonly deniedFrom?: string;
};

/** What a system says of one of the four layers. */
export function layerClaim(system: System, layer: LayerNumber): HeldClaim | undefined {
  const said = sayingOf(system, layer);
  if (said === undefined) return undefined;
  const on = said.document?.date;
  const until = said.until.filter((day) => day !== undefined).sort()[0];
  return {
    claim: {
      says: said.says,
      ...(on === undefined ? {} : { on }),
      ...(said.document === undefined ? {} : { document: said.document.number }),
      ...(until === undefined ? {} : { until }),
    },
    deniedFrom: said.deniedFrom ?? on ?? always,
  };
}

function sayingOf(system: System, layer: LayerNumber): Said | undefined {
  switch (layer) {
    case 1: {
      const held = system.layers?.onSite;
      return held && { says: held.claimed, document: held.document ?? held.incidentPlan, until: [held.until] };
    }
    case 2: {
      // A provider may monitor only while its licence and the claim both last; who monitors its own needs no licence.
      const held = system.layers?.monitoring;
      return (
        held && {
          says: held.claimed,
          document: held.document ?? held.contract,
          until: [held.until, held.selfRun === true ? undefined : held.licenceUntil],
        }
      );
    }
    case 3: {
      const held = system.layers?.assessment;
      return (
        held && {
          // The layer asks for an assessor independent of the operator; one that is not does not make it.
          says: held.claimed && held.independent !== false,
          document: held.document ?? held.report,
          until: [held.until, held.nextDue],
          // A report of findings is not denied by findings; the claim that they were mended is.
          deniedFrom: held.remediatedOn ?? never,
        }
      );
    }
    case 4: {
      const held = system.layers?.connection;
      return held && { says: held.claimed, document: held.document, until: [held.until] };
    }
  }
}
