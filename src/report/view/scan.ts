import type { ResolverCost, Run, ScanCost } from '../../model/run.ts';
import { webCostOf, type WebCost } from '../../model/web-cost.ts';
import { message, type Message } from '../../model/text.ts';
import { documentView, type DocumentView } from './document.ts';
import { nameOf, type Name } from './name.ts';
import type { ReportIndex } from './report-index.ts';

/** What was sent to addresses, added up: `addresses` counts those that heard something, `peak` is the highest of any. */
export type CostView = {
  readonly addresses: number;
  readonly connections: number;
  readonly datagrams: number;
  readonly refused: number;
  readonly sent: number;
  readonly received: number;
  readonly peak: number;
};

/** How and on what authority the run was made. */
export type ScanView = {
  readonly run: string;
  readonly tool: string;
  readonly zone: Name;
  readonly from: string;
  readonly to: string | null;
  readonly interrupted: boolean;
  readonly rejudgedAt: string | null;
  readonly hashes: { readonly inventory: string; readonly checks: string; readonly frameworks: string };
  readonly authorisations: readonly {
    readonly document: DocumentView | null;
    readonly basis: string;
    readonly from: string;
    readonly until: string;
    readonly hours: readonly { readonly from: string; readonly to: string }[];
  }[];
  readonly engines: readonly { readonly builtIn: boolean; readonly version: string; readonly addresses: number }[];
  /** Which ports of a host were asked, and whose thousand they are. */
  readonly portList: { readonly word: Message; readonly from: string | null };
  readonly cost: CostView;
  /** Connections that our own control servers received, which are no targets. */
  readonly controls: number;
  /** Null: no web endpoint was asked. */
  readonly web: WebCost | null;
  /** Queries to our own resolvers; null where none was asked. */
  readonly resolver: { readonly queries: number; readonly servers: string } | null;
};

/** Facts of the run; authorisations are those for its zone that cover some part of it. */
export function scan(index: ReportIndex): ScanView {
  const { run, inventory, judgedAt } = index.data;
  const end = run.endedAt ?? run.startedAt;
  const web = webCostOf(index.data.observations);
  const zone = inventory.zones.find(({ id }) => id === run.zone);
  return {
    run: run.id,
    tool: run.tool,
    zone: zone === undefined ? { vi: run.zone, en: null } : nameOf(zone),
    from: run.startedAt,
    to: run.endedAt ?? null,
    interrupted: run.state !== 'finished',
    rejudgedAt: judgedAt > end ? judgedAt : null,
    hashes: runHashes(run),
    authorisations: inventory.authorisations
      .filter(
        ({ zones, from, until }) =>
          zones.includes(run.zone) && from <= index.today && until >= run.startedAt.slice(0, 10),
      )
      .map(({ document, basis, from, until, hours }) => ({
        document: documentView(document),
        basis,
        from,
        until,
        hours: hours ?? [],
      })),
    engines: engines(index),
    portList: {
      word: message(`report.scan.list-${run.portList?.name ?? 'curated'}`),
      from: run.portList?.from?.startsWith('nmap') === true ? run.portList.from : null,
    },
    cost: addCosts(index.data.costs),
    controls: addCosts(index.data.controls?.costs ?? []).connections,
    web: web.endpoints === 0 ? null : web,
    resolver: resolverOf(index.data.resolverCosts),
  };
}

/** What was judged, by what, under what. */
export function runHashes(run: Run): ScanView['hashes'] {
  return { inventory: run.inventoryHash, checks: run.checksHash, frameworks: run.frameworksHash };
}

/** Adds up what addresses received. */
function addCosts(costs: readonly ScanCost[]): CostView {
  return {
    addresses: costs.filter((cost) => cost.connections + cost.datagrams > 0).length,
    connections: costs.reduce((sum, cost) => sum + cost.connections, 0),
    datagrams: costs.reduce((sum, cost) => sum + cost.datagrams, 0),
    refused: costs.reduce((sum, cost) => sum + cost.refusedByGuard, 0),
    sent: costs.reduce((sum, cost) => sum + cost.bytesSent, 0),
    received: costs.reduce((sum, cost) => sum + cost.bytesReceived, 0),
    peak: costs.reduce((most, cost) => Math.max(most, cost.peakPerSecond), 0),
  };
}

function resolverOf(costs: readonly ResolverCost[]): ScanView['resolver'] {
  if (costs.length === 0) return null;
  const queries = costs.reduce((sum, cost) => sum + cost.queries, 0);
  return { queries, servers: costs.map(({ server }) => server).join(', ') };
}

function engines(index: ReportIndex): ScanView['engines'] {
  const used = new Map<string, { builtIn: boolean; version: string; addresses: number }>();
  for (const { observations } of index.files) {
    for (const observation of observations) {
      if (observation.kind !== 'ports' || !observation.ok) continue;
      const { engine, method } = observation.facts;
      const flag = method === undefined ? '' : method === 'syn' ? ' (-sS)' : ' (-sT)';
      const engineVersion = `${observation.facts.engineVersion ?? ''}${flag}`;
      const one = used.get(`${engine} ${engineVersion}`) ?? {
        builtIn: engine === 'connect',
        version: engineVersion,
        addresses: 0,
      };
      one.addresses += 1;
      used.set(`${engine} ${engineVersion}`, one);
    }
  }
  return [...used.values()].toSorted((a, b) => b.addresses - a.addresses);
}
