import type { Inventory } from '../model/inventory.ts';
import type { Authorisation } from '../model/inventory/authorisation.ts';
import type { Iso } from '../model/observation.ts';
import type { Dial, Permission } from '../model/permission.ts';
import { isFrom, openingOutside } from './blackouts.ts';
import type { Grant } from './grants.ts';
import { instantOf, provinceTime, type ProvinceTime } from './province-time.ts';
import { createAsk, decide, type Asked } from './scope.ts';

/** A dial as a plan sees it: the address may not be known yet, then only documents given by domain can answer. */
export type Ask = Omit<Dial, 'address'> & { readonly address?: string };

/** Which document covers a place now, and otherwise when one next does. */
export type Coverage = {
  readonly permission: Permission;
  /** The document that permits it now, or the one that opens next. */
  readonly authorisation?: Authorisation;
  /** The next opening; absent when it is open now or no document ever opens again. */
  readonly next?: { readonly from: Iso; readonly until: Iso };
  /** Only the address can tell: it is not known, and a document of this zone goes by networks. */
  readonly unresolved: boolean;
};

/** Answers for a dry run what `createPermit` would say, with the document itself and the next opening. */
export function describeScope(inventory: Inventory): (ask: Ask) => Coverage {
  const ask = createAsk(inventory);
  const byId = new Map(inventory.authorisations.map((authorisation) => [authorisation.id, authorisation]));
  const byNetworks = (zone: string) =>
    inventory.authorisations.some(({ scope, zones }) => scope.networks !== undefined && zones.includes(zone));
  return (asking) => {
    const time = provinceTime(asking.at);
    if (time === undefined) throw new RangeError(`not an instant: ${asking.at}`);
    const asked = ask(asking.address, asking.name);
    const permission = decide(asked, asking, time);
    const unresolved =
      !asked.located && !permission.allowed && asked.prohibition === undefined && byNetworks(asking.zone);
    if (permission.allowed) {
      const authorisation = byId.get(permission.authorisation);
      return { permission, unresolved, ...(authorisation === undefined ? {} : { authorisation }) };
    }
    const opening = nextOpening(asked, asking, time);
    return { permission, unresolved, ...opening };
  };
}

function nextOpening(asked: Asked, ask: Ask, time: ProvinceTime): Pick<Coverage, 'authorisation' | 'next'> {
  const blackouts = asked.blackouts.filter(({ blackout }) => isFrom(blackout, ask.zone));
  const openings = asked.claims.covering
    .filter((grant) => grant.zones.has(ask.zone) && grant.ports?.has(ask.port) !== false)
    .flatMap((grant: Grant) => {
      const opening = openingOutside(grant.window, blackouts, time);
      if (opening === undefined) return [];
      const next = { from: instantOf(opening.from), until: instantOf(opening.until) };
      return [{ authorisation: grant.authorisation, next }];
    })
    .sort((a, b) => a.next.from.localeCompare(b.next.from));
  return openings[0] ?? {};
}
