import type { Inventory, System } from '../../src/model/inventory.ts';
import type { Authorisation, Exclusion } from '../../src/model/inventory/authorisation.ts';
import type { Endpoint } from '../../src/model/inventory/endpoint.ts';

const person = (name: string) => ({ name, position: 'x' });

/** An authorisation of 2026 from the zone `internet`, with what a test cares about. */
export function authorisation(id: string, wish: Partial<Authorisation>): Authorisation {
  return {
    id,
    document: { number: '1/KH', date: '2026-01-01' },
    basis: 'x',
    requestedBy: person('A'),
    approvedBy: person('B'),
    scope: {},
    zones: ['internet'],
    from: '2026-01-01',
    until: '2026-12-31',
    contact: { phone: '1' },
    ...wish,
  };
}

export function system(id: string, endpoints: readonly Endpoint[], wish: Partial<System> = {}): System {
  return { id, name: id, owner: 'o', operator: 'o', endpoints, ...wish };
}

export function inventory(wish: {
  readonly authorisations?: readonly Authorisation[];
  readonly systems?: readonly System[];
  readonly exclusions?: readonly Exclusion[];
}): Inventory {
  return {
    schema: 1,
    province: { id: 'p', name: 'p' },
    zones: [
      { id: 'internet', name: 'Internet' },
      { id: 'tslcd', name: 'TSLCD' },
    ],
    organisations: [{ id: 'o', name: 'o', headPosition: 'x' }],
    systems: wish.systems ?? [],
    authorisations: [...(wish.authorisations ?? [])],
    ...(wish.exclusions === undefined ? {} : { exclusions: [...wish.exclusions] }),
  };
}
