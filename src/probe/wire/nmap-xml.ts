import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { FailureError } from '../../model/failure.ts';

/** What nmap's own fingerprints made of an open port; words of the target, cut to what facts may hold. */
export type NmapService = {
  readonly name: string;
  readonly product?: string;
  readonly version?: string;
  readonly extra?: string;
  readonly tls: boolean;
};

type NmapPort = {
  readonly state: 'open' | 'closed' | 'silent' | 'unreachable' | 'unclear';
  readonly service?: NmapService;
};

/** A whole scan of one address. */
export type NmapScan = { readonly version: string; readonly ports: ReadonlyMap<number, NmapPort> };

/** Takes nmap's XML as it comes; `end` gives the scan only if the document is whole and nmap says it succeeded. */
export type NmapReader = { readonly write: (text: string) => void; readonly end: () => NmapScan };

/** Most elements in one document: 65,535 ports have four each. */
const maxElements = 400_000;

/**
 * Reads the XML of one host (nmap.dtd). Everything in it that came from the target is data; a DTD's entities are not
 * expanded. Throws FailureError: `protocol` for a document that is broken, cut off or unsuccessful, `timeout` when nmap
 * gave the host up, `too-large` for a flood.
 */
export function createNmapReader(protocol: 'tcp' | 'udp' = 'tcp'): NmapReader {
  // As XML 1.1, so that control characters of a banner, which nmap writes as references, do not end the reading.
  const parser = new SaxesParser({ xmlns: false as const, defaultXMLVersion: '1.1', forceXMLVersion: true });
  const ports = new Map<number, NmapPort>();
  const seen = { elements: 0, version: '', finished: false, closed: false, timedOut: false, hosts: 0, current: 0 };

  parser.on('error', (error) => {
    throw broken(error.message);
  });
  parser.on('opentag', (tag) => {
    seen.elements += 1;
    if (seen.elements > maxElements) throw new FailureError('too-large', 'nmap: more elements than a scan can have');
    take(tag);
  });
  parser.on('closetag', (tag) => {
    if (tag.name === 'nmaprun') seen.closed = true;
  });

  function take({ name, attributes: at }: SaxesTagPlain): void {
    if (name === 'nmaprun') seen.version = cut(at['version'], 64) ?? '';
    else if (name === 'host') {
      seen.hosts += 1;
      if (at['timedout'] === 'true') seen.timedOut = true;
    } else if (name === 'port') seen.current = at['protocol'] === protocol ? portOf(at['portid']) : 0;
    else if (name === 'state' && seen.current > 0)
      ports.set(seen.current, { state: stateOf(at['state'], at['reason'], protocol) });
    else if (name === 'service' && seen.current > 0) addService(ports, seen.current, at);
    else if (name === 'extrareasons' && (at['proto'] ?? protocol) === protocol) addExtra(ports, at, protocol);
    else if (name === 'finished') seen.finished = at['exit'] === 'success';
  }

  return {
    write: (text) => {
      parser.write(text);
    },
    end: () => {
      parser.close();
      if (!seen.closed || !seen.finished) throw broken('the scan did not end well');
      if (seen.timedOut) throw new FailureError('timeout', 'nmap: host timeout');
      if (seen.hosts > 1) throw broken('more than one host');
      return { version: seen.version, ports };
    },
  };
}

function broken(detail: string): FailureError {
  return new FailureError('protocol', `nmap XML: ${detail}`);
}

function portOf(text: string | undefined): number {
  const port = /^\d{1,5}$/.test(text ?? '') ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw broken('a port out of range');
  return port;
}

function stateOf(state: string | undefined, reason: string | undefined, protocol: 'tcp' | 'udp'): NmapPort['state'] {
  if (state === 'open' || state === 'closed') return state;
  // Of UDP: no answer, which a listener may give as well as a filter.
  if (state === 'open|filtered' && protocol === 'udp') return 'silent';
  if (state !== 'filtered') return 'unclear';
  if (reason === 'no-response') return 'silent';
  return /^(?:host|net|admin|proto|port|time)[a-z-]*(?:unreach|prohibited|exceeded)/.test(reason ?? '')
    ? 'unreachable'
    : 'unclear';
}

/** A name that nmap took from its table of usual ports is a guess and is left out. */
function addService(ports: Map<number, NmapPort>, port: number, at: Readonly<Record<string, string>>): void {
  const known = ports.get(port);
  const name = cut(at['name'], 64);
  if (known === undefined || name === undefined || at['method'] !== 'probed') return;
  const product = cut(at['product'], 256);
  const version = cut(at['version'], 128);
  const extra = cut(at['extrainfo'], 512);
  const service = {
    name,
    tls: at['tunnel'] === 'ssl',
    ...(product === undefined ? {} : { product }),
    ...(version === undefined ? {} : { version }),
    ...(extra === undefined ? {} : { extra }),
  };
  ports.set(port, { ...known, service });
}

/** `<extrareasons reason="conn-refused" ports="1-20,22">` stands for ports that are not listed one by one (nmap >= 7.90). */
function addExtra(ports: Map<number, NmapPort>, at: Readonly<Record<string, string>>, protocol: 'tcp' | 'udp'): void {
  const closing = protocol === 'udp' ? ['port-unreach'] : ['conn-refused', 'reset'];
  const state = closing.includes(at['reason'] ?? '') ? 'closed' : stateOf('filtered', at['reason'], protocol);
  for (const part of (at['ports'] ?? '').split(',')) {
    const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part);
    if (match === null) continue;
    const to = portOf(match[2] ?? match[1]);
    for (let port = portOf(match[1]); port <= to; port += 1) if (!ports.has(port)) ports.set(port, { state });
  }
}

function cut(text: string | undefined, max: number): string | undefined {
  return text === undefined || text === '' ? undefined : text.slice(0, max);
}
