import { message, type Message } from '../model/text.ts';
import type { Locate, Place } from '../yaml/place.ts';
import type { Ledger } from './ledger.ts';
import { nearest } from '../yaml/nearest.ts';
import { recIn, recsIn, textIn, textsIn, type Rec } from './records.ts';
import { parseResolver } from './resolver.ts';

/** Ids given twice, references to ids that are not there, and organisations that are their own superior. */
export function checkReferences(root: Rec, ledger: Ledger, locate: Locate): void {
  const [zones, organisations, systems] = ['zones', 'organisations', 'systems', 'authorisations'].map((list) =>
    uniqueIds(recsIn(root, list), ledger, locate),
  ) as [Ids, Ids, Ids];
  const refer = (ids: Ids, words: Words) => (place: Place, id: string | undefined) => {
    if (id === undefined || ids.has(id)) return;
    const suggestion = nearest(id, ids.keys());
    ledger.add(place, suggestion === undefined ? words.unknown(id) : words.near(id, suggestion));
  };
  const organisation = refer(organisations, organisationWords);
  const zone = refer(zones, zoneWords);
  const referIn = (rec: Rec | undefined, key: string) => {
    if (rec !== undefined) organisation({ in: rec, key }, textIn(rec, key));
  };

  for (const rec of recsIn(root, 'organisations')) {
    referIn(rec, 'parent');
    referIn(recIn(rec, 'specialisedUnit'), 'organisation');
  }
  for (const system of recsIn(root, 'systems')) {
    referIn(system, 'owner');
    referIn(system, 'operator');
    const classification = recIn(system, 'classification');
    referIn(classification, 'approvedBy');
    referIn(classification === undefined ? undefined : recIn(classification, 'appraisal'), 'by');
    for (const waiver of recsIn(system, 'waivers'))
      for (const person of peopleOf(waiver)) referIn(person, 'organisation');
    for (const endpoint of recsIn(system, 'endpoints')) {
      for (const { text, place } of textsIn(endpoint, 'zones')) zone(place, text);
    }
  }
  for (const authorisation of recsIn(root, 'authorisations')) {
    for (const person of peopleOf(authorisation)) referIn(person, 'organisation');
    for (const { text, place } of textsIn(authorisation, 'zones')) zone(place, text);
  }
  const system = refer(systems, systemWords);
  for (const task of recsIn(root, 'tasks')) {
    referIn(task, 'organisation');
    system({ in: task, key: 'system' }, textIn(task, 'system'));
  }
  uniqueIds(
    recsIn(root, 'zones').flatMap((one) => recsIn(one, 'controls')),
    ledger,
    locate,
  );
  checkCycles(organisations, ledger);
  checkResolvers(root, ledger);
}

function checkResolvers(root: Rec, ledger: Ledger): void {
  for (const zone of recsIn(root, 'zones')) {
    const value = textIn(zone, 'resolver');
    if (value === undefined || parseResolver(value) !== undefined) continue;
    ledger.add({ in: zone, key: 'resolver' }, message('inventory.bad-resolver', { value }));
  }
}

type Ids = ReadonlyMap<string, Rec>;
type Words = {
  readonly unknown: (id: string) => Message;
  readonly near: (id: string, suggestion: string) => Message;
};

const organisationWords: Words = {
  unknown: (id) => message('inventory.unknown-organisation', { id }),
  near: (id, suggestion) => message('inventory.unknown-organisation-near', { id, suggestion }),
};
const systemWords: Words = {
  unknown: (id) => message('inventory.unknown-system', { id }),
  near: (id, suggestion) => message('inventory.unknown-system-near', { id, suggestion }),
};
const zoneWords: Words = {
  unknown: (id) => message('inventory.unknown-zone', { id }),
  near: (id, suggestion) => message('inventory.unknown-zone-near', { id, suggestion }),
};

function peopleOf(rec: Rec): readonly (Rec | undefined)[] {
  return [recIn(rec, 'requestedBy'), recIn(rec, 'approvedBy')];
}

function uniqueIds(recs: readonly Rec[], ledger: Ledger, locate: Locate): Ids {
  const ids = new Map<string, Rec>();
  for (const rec of recs) {
    const id = textIn(rec, 'id');
    if (id === undefined) continue;
    const first = ids.get(id);
    if (first === undefined) ids.set(id, rec);
    else {
      const { line } = locate({ in: first, key: 'id' });
      ledger.add({ in: rec, key: 'id' }, message('inventory.duplicate-id', { id, line }));
    }
  }
  return ids;
}

/** Each circle is told once, at the `parent` of the member that stands first in the file. */
function checkCycles(organisations: Ids, ledger: Ledger): void {
  const settled = new Set<string>();
  for (const start of organisations.keys()) {
    const chain: string[] = [];
    let id: string | undefined = start;
    while (id !== undefined && !settled.has(id) && !chain.includes(id)) {
      chain.push(id);
      const rec = organisations.get(id);
      id = rec === undefined ? undefined : textIn(rec, 'parent');
    }
    const circle = id === undefined ? [] : chain.slice(chain.indexOf(id));
    const first = chain.includes(id ?? '') ? organisations.get(circle[0] ?? '') : undefined;
    if (first !== undefined) {
      const path = [...circle, circle[0] ?? ''].join(' → ');
      ledger.add({ in: first, key: 'parent' }, message('inventory.organisation-circle', { path }));
    }
    for (const member of chain) settled.add(member);
  }
}
