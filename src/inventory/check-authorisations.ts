import { isPublicSuffixByAny } from '../model/public-suffix.ts';
import { message } from '../model/text.ts';
import { networkOf, networkText, parseNetwork } from './address.ts';
import type { Place } from '../yaml/place.ts';
import type { Ledger } from './ledger.ts';
import { normaliseName } from './name.ts';
import { fold } from '../yaml/nearest.ts';
import { parsePorts } from './ports.ts';
import { recIn, recsIn, textIn, textsIn, type Rec } from './records.ts';

/** What an authorisation, an exclusion or a waiver says of people, networks, domains, ports and hours. */
export function checkAuthorisations(root: Rec, ledger: Ledger): void {
  for (const authorisation of recsIn(root, 'authorisations')) {
    checkPeople(authorisation, ledger);
    checkHours(authorisation, ledger);
    const scope = recIn(authorisation, 'scope');
    if (scope !== undefined) checkScope(scope, ledger);
  }
  for (const exclusion of recsIn(root, 'exclusions')) {
    checkNetworks(exclusion, ledger);
    checkDomains(exclusion, ledger);
    if (isBare(exclusion)) ledger.add({ in: exclusion }, message('inventory.exclusion-empty'));
  }
  for (const blackout of recsIn(root, 'blackouts')) checkHours(blackout, ledger, 'inventory.blackout-hours-empty');
  for (const system of recsIn(root, 'systems')) {
    for (const waiver of recsIn(system, 'waivers')) checkPeople(waiver, ledger);
  }
}

/** One who asks may not be the one who allows. Namesakes count as one person unless their organisations differ. */
function checkPeople(rec: Rec, ledger: Ledger): void {
  const [requester, approver] = [recIn(rec, 'requestedBy'), recIn(rec, 'approvedBy')];
  const name = approver === undefined ? undefined : textIn(approver, 'name');
  if (requester === undefined || approver === undefined || name === undefined) return;
  if (personOf(textIn(requester, 'name')) !== personOf(name)) return;
  const [from, to] = [textIn(requester, 'organisation'), textIn(approver, 'organisation')];
  if (from !== undefined && to !== undefined && from !== to) return;
  ledger.add({ in: approver, key: 'name' }, message('inventory.same-person', { name }));
}

function personOf(name: string | undefined): string | undefined {
  return name?.toLocaleLowerCase('vi').replace(/\s+/g, ' ').trim();
}

function checkHours(rec: Rec, ledger: Ledger, words = 'inventory.hours-empty'): void {
  for (const hours of recsIn(rec, 'hours')) {
    const from = textIn(hours, 'from');
    if (from !== undefined && from === textIn(hours, 'to')) {
      ledger.add({ in: hours, key: 'to' }, message(words, { clock: from }));
    }
  }
}

function checkScope(scope: Rec, ledger: Ledger): void {
  if (isBare(scope)) ledger.add({ in: scope }, message('inventory.scope-empty'));
  checkNetworks(scope, ledger, (text, place) => {
    const network = parseNetwork(text);
    if (network !== undefined && network.prefix < widest[network.version]) {
      const limit = `/${widest[network.version]}`;
      ledger.add(place, message('inventory.network-too-wide', { value: text, limit }));
    }
  });
  checkDomains(scope, ledger, (name, place) => {
    // `gov.vn` would permit every office of the country. Private suffixes (a hoster's) are no different.
    if (isPublicSuffixByAny(name)) {
      ledger.add(place, message('inventory.domain-too-wide', { value: name }));
    }
  });
  const ports = textIn(scope, 'ports');
  const fault = ports === undefined ? undefined : parsePorts(ports);
  if (fault === undefined || !('fault' in fault)) return;
  const [from = '', to = from] = fault.part.split('-');
  if (Number.isNaN(Number(from)) || Number.isNaN(Number(to))) return;
  const words =
    fault.fault === 'descending'
      ? message('inventory.ports-descending', { value: fault.part, suggestion: `${to}-${from}` })
      : message('inventory.port-out-of-range', { value: fault.part });
  ledger.add({ in: scope, key: 'ports' }, words);
}

/** Shortest prefixes that an authorisation may name: 10.0.0.0/8 is one organisation's, anything wider is nobody's. */
const widest = { 4: 8, 6: 16 } as const;

function isBare(rec: Rec): boolean {
  return !Object.hasOwn(rec, 'networks') && !Object.hasOwn(rec, 'domains');
}

function checkNetworks(rec: Rec, ledger: Ledger, further?: (text: string, place: Place) => void): void {
  for (const { text, place } of textsIn(rec, 'networks')) {
    const network = parseNetwork(text);
    if (network === undefined) {
      ledger.add(place, message('inventory.bad-network', { value: text }));
      continue;
    }
    const block = networkOf(network);
    if (block.bits !== network.bits) {
      ledger.add(place, message('inventory.host-bits', { value: text, suggestion: networkText(block) }));
    }
    further?.(text, place);
  }
}

function checkDomains(rec: Rec, ledger: Ledger, further?: (name: string, place: Place) => void): void {
  for (const { text, place } of textsIn(rec, 'domains')) {
    const name = normaliseName(text);
    const bare = normaliseName(text.replace(/^(\*?\.)|^[a-z]+:\/+|\/.*$/gi, '').replace(/[:/].*$/, ''));
    if (name !== undefined) further?.(name, place);
    else if (parseNetwork(text) !== undefined)
      ledger.add(place, message('inventory.domain-is-address', { value: text }));
    else if (bare !== undefined)
      ledger.add(place, message('inventory.bad-domain-near', { value: text, suggestion: bare }));
    else ledger.add(place, message('inventory.bad-domain', { value: fold(text) === '' ? '?' : text }));
  }
}
