import type { Inventory } from '../model/inventory.ts';
import type { Control } from '../model/inventory/control.ts';
import type { Endpoint } from '../model/inventory/endpoint.ts';
import type { Target } from '../model/target.ts';
import { targetsOf } from './targets.ts';

/** Every control with the zone that it stands in, in the order of the file. */
export function controlsOf(inventory: Inventory): readonly (Control & { readonly zone: string })[] {
  return inventory.zones.flatMap(({ id: zone, controls = [] }) => controls.map((control) => ({ ...control, zone })));
}

/** The controls of one zone. */
export function controlsIn({ zones }: Inventory, zone: string): readonly Control[] {
  return zones.find(({ id }) => id === zone)?.controls ?? [];
}

/** An endpoint as one that is reached from this zone alone. */
export function inZone(endpoint: Endpoint, zone: string): Endpoint {
  return endpoint.kind === 'web' || endpoint.kind === 'host' ? { ...endpoint, zones: [zone] } : endpoint;
}

/** Stands in the place of a system's id in targets of controls: no id has a colon, so none is taken for a system. */
const controlSystem = (control: string): string => `control:${control}`;

/** The targets of a control, one for each address as of a system's endpoint. */
export function controlTargets({ id, endpoint }: Control, addresses: readonly string[]): readonly Target[] {
  return targetsOf({ id: controlSystem(id) }, endpoint, addresses);
}
