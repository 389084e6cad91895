import { challengeIn } from '../judge/view/challenge.ts';
import { standInFor } from '../judge/view/stand-in.ts';
import type { NamedRoot, PortsEngine } from '../model/manner.ts';
import type { PortList } from '../model/port-list.ts';
import type { Fingerprints } from '../model/software/fingerprints.ts';
import type { Reference } from '../model/reference.ts';
import type { Target } from '../model/target.ts';
import { createDnsProbe } from '../probe/dns/probe.ts';
import type { Resolver } from '../probe/dns/resolver.ts';
import { createHttpProbe } from '../probe/http/probe.ts';
import type { StandIn } from '../probe/http/refusal.ts';
import { createMailProbe } from '../probe/mail/probe.ts';
import type { Probes } from '../probe/observe.ts';
import { createPortsProbe } from '../probe/ports/probe.ts';
import { portsOfList } from '../probe/ports/named-lists.ts';
import { withOpinions } from '../probe/software/opinions.ts';
import { softwareFromHttp, softwareFromPorts } from '../probe/software/probe.ts';
import { createTlsProbe } from '../probe/tls/probe.ts';
import { anchorsOf } from './dns-anchors.ts';

export type ProbesOptions = {
  readonly engine: PortsEngine;
  /** Asked of every host. */
  readonly portList: PortList;
  /** Whether UDP is asked too, where nmap may. */
  readonly udp: boolean;
  readonly extraRoots: readonly NamedRoot[];
  /** Addresses of a name that a redirect leads to; none where it must not be followed. */
  readonly resolve: (name: string) => Promise<readonly string[]>;
  /** Knows the pages at which no more is asked. */
  readonly reference: Reference;
  /** The scan's resolver, for domains and mail domains. */
  readonly resolver: Resolver;
  /** DNSSEC trust anchors, as lines of DS. */
  readonly dnsAnchors: string;
  readonly dnsPort: number;
  /** The marker of a target, in a run with a detection check. */
  readonly markerOf?: (target: Target) => string | undefined;
  /** A second opinion of software, where a feed of fingerprints was imported. */
  readonly fingerprints?: Fingerprints;
};

/** Puts the probes of a scan together. */
export function createProbes(options: ProbesOptions): Probes {
  const { engine, portList, udp, extraRoots, resolve, reference, resolver, dnsAnchors, dnsPort, fingerprints } =
    options;
  const anchors = anchorsOf(dnsAnchors);
  return {
    tls: createTlsProbe({ extraRoots }),
    http: createHttpProbe({
      resolve,
      standIn: createStandIn(reference),
      ...(options.markerOf === undefined ? {} : { markerOf: options.markerOf }),
    }),
    ports: createPortsProbe({ engine, ports: portsOfList(portList), udp }),
    dns: createDnsProbe({ resolver, anchors, port: dnsPort }),
    mail: createMailProbe({ resolver, anchors, extraRoots }),
    softwareFromHttp: (facts, target) => withOpinions(softwareFromHttp(facts, target), fingerprints),
    softwareFromPorts: (facts, target) => withOpinions(softwareFromPorts(facts, target), fingerprints, facts.open),
  };
}

/** The probe stops asking where judging would say that the site is not itself: by one table, so that both agree. */
function createStandIn({ standIns }: Reference): StandIn {
  return (hop, body) => {
    const page = standInFor(hop, body, standIns);
    const why = page === null || page.is === 'default-page' ? null : challengeIn(hop, body, standIns);
    return why === null ? null : { failure: why, filter: page?.is === 'filter' || page?.is === 'captive-portal' };
  };
}
