import { isAskable } from '../mail/answers.ts';
import { message } from '../model/text.ts';
import { parseAddress, parseNetwork } from './address.ts';
import { hostPlace } from './endpoint.ts';
import type { Locate, Place } from '../yaml/place.ts';
import type { Ledger } from './ledger.ts';
import { normaliseName } from './name.ts';
import { recIn, recsIn, textIn, textsIn, type Rec } from './records.ts';
import { normaliseUrl } from './url.ts';

/** URLs, hosts, domains, pinned addresses and services of every endpoint and control; and that each stands once. */
export function checkEndpoints(root: Rec, ledger: Ledger, locate: Locate): void {
  const seen = new Map<string, { readonly system: Rec; readonly place: Place }>();
  for (const system of recsIn(root, 'systems')) {
    for (const endpoint of recsIn(system, 'endpoints')) {
      const { place, identity, value } = checkEndpoint(endpoint, ledger, locate);
      if (identity === undefined) continue;
      const first = seen.get(identity);
      if (first === undefined) {
        seen.set(identity, { system, place });
        continue;
      }
      const { line } = locate(first.place);
      const words =
        first.system === system
          ? message('inventory.duplicate-endpoint', { value, line })
          : message('inventory.endpoint-of-two-systems', { value, system: textIn(first.system, 'id') ?? '?', line });
      ledger.add(place, words);
    }
  }
  checkControls(root, ledger, locate, (identity) => textIn(seen.get(identity)?.system ?? {}, 'id'));
}

/** Controls are endpoints too; each is one server of ours, no system's, and is read from the zone it stands in. */
function checkControls(
  root: Rec,
  ledger: Ledger,
  locate: Locate,
  systemAt: (identity: string) => string | undefined,
): void {
  for (const zone of recsIn(root, 'zones')) {
    const seen = new Map<string, Place>();
    for (const control of recsIn(zone, 'controls')) {
      const endpoint = recIn(control, 'endpoint');
      if (endpoint === undefined) continue;
      const { place, identity, value } = checkEndpoint(endpoint, ledger, locate);
      if (Object.hasOwn(endpoint, 'zones')) {
        ledger.add({ in: endpoint, key: 'zones', part: 'key' }, message('inventory.control-zones'));
      }
      const undeclared = textIn(endpoint, 'kind') === 'host' && !Object.hasOwn(endpoint, 'services');
      if (undeclared && !Object.hasOwn(control, 'checks')) {
        ledger.add({ in: endpoint, key: 'host' }, message('inventory.control-services'));
      }
      if (identity === undefined) continue;
      const [system, first] = [systemAt(identity), seen.get(identity)];
      if (system !== undefined) ledger.add(place, message('inventory.control-of-system', { value, system }));
      else if (first === undefined) seen.set(identity, place);
      else ledger.add(place, message('inventory.duplicate-control', { value, line: locate(first).line }));
    }
  }
}

function checkEndpoint(endpoint: Rec, ledger: Ledger, locate: Locate): Where {
  const where = checkWhere(endpoint, ledger);
  checkAddresses(endpoint, ledger);
  checkSelectors(endpoint, ledger);
  checkServices(endpoint, ledger, locate);
  return where;
}

type Where = { readonly place: Place; readonly value: string; readonly identity?: string };

function checkWhere(endpoint: Rec, ledger: Ledger): Where {
  const kind = textIn(endpoint, 'kind');
  const key = kind === 'web' ? 'url' : kind === 'host' ? 'host' : 'domain';
  const place: Place = { in: endpoint, key };
  const value = textIn(endpoint, key);
  if (kind === undefined || value === undefined) return { place, value: '' };
  const normal = kind === 'web' ? checkUrl(value, place, ledger) : checkHost(value, place, ledger, kind === 'host');
  if (kind === 'web') checkTwin(endpoint, value, ledger);
  return normal === undefined ? { place, value } : { place, value, identity: `${kind} ${normal}` };
}

function checkUrl(value: string, place: Place, ledger: Ledger): string | undefined {
  if (!/^https?:\/\//.test(value)) return undefined;
  const url = normaliseUrl(value);
  if (url === undefined) {
    ledger.add(place, message('inventory.url-invalid', { value }));
    return undefined;
  }
  if (url.username !== '' || url.password !== '') {
    [url.username, url.password] = ['', ''];
    ledger.add(place, message('inventory.url-credentials', { suggestion: url.href }));
    return undefined;
  }
  return url.href;
}

/** The unencrypted twin of an https URL, where it is elsewhere than on port 80 of the same host. */
function checkTwin(endpoint: Rec, url: string, ledger: Ledger): void {
  const twin = textIn(endpoint, 'httpUrl');
  if (twin === undefined) return;
  const place: Place = { in: endpoint, key: 'httpUrl' };
  if (checkUrl(twin, place, ledger) === undefined) return;
  if (url.startsWith('http://')) ledger.add(place, message('inventory.twin-of-plain'));
}

function checkHost(value: string, place: Place, ledger: Ledger, mayBeAddress: boolean): string | undefined {
  const found = hostPlace(value);
  const normal = found?.name ?? (mayBeAddress ? found?.literal : undefined);
  if (normal !== undefined) return normal;
  const url = normaliseUrl(/^[a-z]+:\/\//i.test(value) ? value : `http://${value}`);
  const suggestion = url === undefined ? undefined : normaliseName(url.hostname);
  if (found?.literal !== undefined) ledger.add(place, message('inventory.domain-is-address', { value }));
  else if (parseNetwork(value) !== undefined) ledger.add(place, message('inventory.host-is-network', { value }));
  else if (suggestion !== undefined) ledger.add(place, message('inventory.bad-host-near', { value, suggestion }));
  else ledger.add(place, message('inventory.bad-host', { value }));
  return undefined;
}

function checkSelectors(endpoint: Rec, ledger: Ledger): void {
  for (const { text, place } of textsIn(endpoint, 'dkimSelectors')) {
    if (!isAskable(text) || text.includes('_domainkey'))
      ledger.add(place, message('inventory.bad-selector', { value: text }));
  }
}

function checkAddresses(endpoint: Rec, ledger: Ledger): void {
  for (const { text, place } of textsIn(endpoint, 'addresses')) {
    if (parseAddress(text) === undefined) ledger.add(place, message('inventory.bad-address', { value: text }));
  }
  const pinned = textsIn(endpoint, 'addresses');
  if (pinned.length === 0) return;
  const own = hostPlace(textIn(endpoint, 'host') ?? hostOfUrl(textIn(endpoint, 'url')))?.literal;
  if (own !== undefined && pinned.some(({ text }) => (parseAddress(text)?.text ?? own) !== own)) {
    ledger.add({ in: endpoint, key: 'addresses' }, message('inventory.address-of-address', { value: own }));
  }
}

function hostOfUrl(url: string | undefined): string {
  return (url === undefined ? undefined : normaliseUrl(url))?.hostname ?? '';
}

function checkServices(endpoint: Rec, ledger: Ledger, locate: Locate): void {
  const ports = new Map<unknown, Rec>();
  for (const service of recsIn(endpoint, 'services')) {
    const port = service['port'];
    if (service['tls'] === true && service['startTls'] !== undefined) {
      ledger.add({ in: service, key: 'startTls' }, message('inventory.tls-twice'));
    }
    const first = ports.get(port);
    if (typeof port !== 'number') continue;
    if (first === undefined) ports.set(port, service);
    else {
      const { line } = locate({ in: first, key: 'port' });
      ledger.add({ in: service, key: 'port' }, message('inventory.duplicate-port', { port, line }));
    }
  }
}
