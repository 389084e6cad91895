import type { ReportData } from '../../model/report-data.ts';

const people: ReadonlySet<string> = new Set(['head', 'by', 'requestedBy', 'approvedBy', 'person']);
const places: ReadonlySet<string> = new Set([
  'host',
  'name',
  'address',
  'addresses',
  'url',
  'domain',
  'domains',
  'networks',
  'hostname',
  'key',
]);

/** Hosts and people that a report's data names, so that they can be taken out of names in which somebody wrote them. */
export function knownNames({ inventory, targets, costs }: ReportData): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (value: unknown, key: string, inPerson: boolean): void => {
    if (typeof value === 'string') {
      if (people.has(key) || (inPerson && key === 'name') || key === 'phone' || key === 'email') found.add(value);
    } else if (Array.isArray(value)) {
      for (const one of value) walk(one, key, inPerson);
    } else if (value !== null && typeof value === 'object') {
      const person = people.has(key) || key === 'contact' || 'position' in value;
      for (const [name, one] of Object.entries(value)) walk(one, name, person);
    }
  };
  const { organisations, systems, authorisations, tasks } = inventory;
  walk({ organisations, authorisations, tasks, systems }, '', false);
  const placesOf = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      if (places.has(key)) found.add(value);
    } else if (value !== null && typeof value === 'object') {
      for (const [name, one] of Object.entries(value)) placesOf(one, Array.isArray(value) ? key : name);
    }
  };
  placesOf(
    systems.map(({ endpoints }) => endpoints),
    '',
  );
  placesOf(
    authorisations.map(({ scope }) => scope),
    '',
  );
  for (const { key, name, address } of targets)
    for (const one of [key, name, address]) if (one !== undefined) found.add(one);
  for (const { address } of costs) found.add(address);
  return found;
}
