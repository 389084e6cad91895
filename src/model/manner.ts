import type { DetectionSettings } from './detection.ts';
import type { PortList } from './port-list.ts';
import type { ResolverAddress } from './resolver.ts';

/** Which port scanner: nmap where it is installed, or the one named. */
export type PortsEngine = 'auto' | 'nmap' | 'connect';

/** A root trusted beside Mozilla's, by the name of its file. */
export type NamedRoot = { readonly name: string; readonly pem: string };

/** How a run looks; kept with it, so that whoever takes it up or looks again does it the same way. */
export type Manner = {
  readonly engine: PortsEngine;
  readonly portList: PortList;
  /** Whether UDP is asked too, where nmap may. */
  readonly udp: boolean;
  /** As the run began with them: one run is never judged by two sets of roots. */
  readonly extraRoots: readonly NamedRoot[];
  readonly resolvers: readonly ResolverAddress[];
  /** They were named, by the zone or with the scan: endpoints' names are looked up by them too; absent: by this machine. */
  readonly resolversNamed?: true;
  /** DNSSEC trust anchors, as lines of DS. */
  readonly dnsAnchors: string;
  readonly dnsPort: number;
  /** Absent: no marked requests. */
  readonly detection?: DetectionSettings;
};
