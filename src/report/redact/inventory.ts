import type { Inventory, System, Waiver } from '../../model/inventory.ts';
import type { Authorisation } from '../../model/inventory/authorisation.ts';
import type { OfficialDocument } from '../../model/inventory/common.ts';
import { removed } from './scrub.ts';

type Scrub = (text: string) => string;

/** Places of a report under names that tell nothing: systems and targets by their number. */
export type Renamed = {
  readonly system: (id: string) => string;
  readonly target: (key: string) => string;
};

/**
 * Who there is and how many, without endpoints, people, addresses, claims or documents of the systems. Systems that are refused are
 * left out, and one with state secrets loses its name.
 */
export function redactInventory(inventory: Inventory, scrub: Scrub, renamed: Renamed): Inventory {
  const named = (of: { readonly name: string; readonly nameEn?: string | undefined }) => ({
    name: scrub(of.name),
    ...(of.nameEn === undefined ? {} : { nameEn: scrub(of.nameEn) }),
  });
  return {
    schema: 1,
    province: { id: inventory.province.id, ...named(inventory.province) },
    zones: inventory.zones.map((zone) => ({ id: zone.id, ...named(zone) })),
    organisations: inventory.organisations.map((one) => ({
      id: one.id,
      ...named(one),
      headPosition: removed,
      ...(one.kind === undefined ? {} : { kind: one.kind }),
    })),
    systems: inventory.systems
      .filter(({ excluded }) => excluded === undefined)
      .map((one) => ({
        ...system(one, renamed),
        ...(one.stateSecret === true ? { name: removed } : named(one)),
      })),
    authorisations: inventory.authorisations.map((one) => authorisation(one, scrub)),
    ...(inventory.conventions === undefined ? {} : { conventions: inventory.conventions }),
  };
}

function system(one: System, renamed: Renamed): System {
  const { classification } = one;
  return {
    id: renamed.system(one.id),
    name: removed,
    owner: one.owner,
    operator: one.operator,
    endpoints: [],
    ...(classification === undefined
      ? {}
      : { classification: { level: classification.level, dossier: classification.dossier } }),
    ...(one.critical === undefined ? {} : { critical: { basis: removed } }),
    ...(one.stateSecret === undefined ? {} : { stateSecret: one.stateSecret }),
    ...(one.stateSecretPermit === undefined ? {} : { stateSecretPermit: { number: removed, date: '' } }),
    ...(one.waivers === undefined ? {} : { waivers: one.waivers.map((each) => waiver(each, renamed)) }),
  };
}

function waiver({ check, target, until }: Waiver, renamed: Renamed): Waiver {
  return {
    check,
    ...(target === undefined ? {} : { target: renamed.target(target) }),
    until,
    reason: removed,
    requestedBy: nobody,
    approvedBy: nobody,
  };
}

const nobody = { name: removed, position: removed };

function authorisation(one: Authorisation, scrub: Scrub): Authorisation {
  const hours = one.hours?.map(({ from, to }) => ({ from, to }));
  return {
    id: one.id,
    document: documentOf(one.document, scrub),
    basis: removed,
    requestedBy: nobody,
    approvedBy: nobody,
    scope: {},
    zones: [...one.zones],
    from: one.from,
    until: one.until,
    ...(hours === undefined ? {} : { hours }),
    contact: {},
  };
}

/** The number and day of a document say which it is; who issued it is an office. */
function documentOf({ number, date, issuer }: OfficialDocument, scrub: Scrub): OfficialDocument {
  return { number: scrub(number), date, ...(issuer === undefined ? {} : { issuer: scrub(issuer) }) };
}
