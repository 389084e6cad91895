import type { Iso } from '../model/observation.ts';
import type { FleetSwitch } from '../model/switch.ts';
import type { ControlEvents } from './control-rounds.ts';
import type { PortsEngine } from '../model/manner.ts';
import type { PortListName } from '../model/port-list.ts';
import type { Run } from '../model/run.ts';
import type { LawbookOptions } from './lawbook.ts';
import type { Work, WorkEvents } from './work.ts';

/** How far a run has come at workers. */
export type FleetProgress = {
  readonly done: number;
  readonly total: number;
  /** Lanes that a worker has. */
  readonly underWay: number;
  /** Workers of its zone that gave a sign of life within a lease. */
  readonly workers: number;
};

export type ScanOptions = LawbookOptions & {
  readonly out: string;
  /** When resuming, the run's own snapshot is used; where one is given too, what its documents do not permit is not asked either. */
  readonly inventory?: string;
  readonly zone?: string;
  /** Take up this run, or the last one that did not finish. */
  readonly resume?: string | true;
  readonly engine: PortsEngine;
  readonly portList: PortListName;
  /** Ask a short list of UDP ports too, where nmap may. */
  readonly udp: boolean;
  /** Folder of root certificates trusted beside Mozilla's. */
  readonly trust?: string;
  /** Recursive resolver, `ADDRESS[:PORT]`; absent: the zone's in the inventory, else this machine's. */
  readonly resolver?: string;
  /** File of DNSSEC trust anchors in place of the root's own. */
  readonly dnsAnchors?: string;
  /** Port that name servers are asked at; 53 save in a laboratory. */
  readonly dnsPort: number;
  /** Send one marked request to each web endpoint, so that monitoring can be asked what it noticed. */
  readonly detectionCheck?: boolean;
  /** Folder of the feeds. */
  readonly feeds: string;
  /** Addresses under way at once. */
  readonly atOnce: number;
  /** All the time one target may take; absent: by the port list. */
  readonly targetDeadlineMs?: number;
  readonly runDeadlineMs?: number;
  /** The clock; absent: this machine's. */
  readonly now?: () => Iso;
  /** Workers look at the targets (`rasoat worker`), on whatever machines; this process sends lanes and waits. */
  readonly workers?: boolean;
  /** Aborted by the user: what is under way is left for `--resume`. */
  readonly signal: AbortSignal;
};

export type ScanEvents = WorkEvents &
  ControlEvents & {
    /** How far workers have come. */
    /** Names that this machine could not resolve for a run at workers, which perhaps stand in another network. */
    readonly unresolved?: (zone: string, names: readonly string[]) => void;
    readonly followed?: (progress: FleetProgress) => void;
    readonly started?: (run: string, targets: number, resumedAfter: number) => void;
  };

export type ScanOutcome = {
  readonly run: Run;
  /** `left`: this process went, and the workers go on. */
  readonly state: 'finished' | 'interrupted' | 'left';
  readonly bugs: number;
  /** The feeds changed since the run began. */ readonly otherFeeds: boolean;
};

/** A run to be carried out, and how much of it was before. */
export type Job = Work & { readonly done: number };

/** A run of what is due that did not begin: nothing is (`held`: systems that are and must wait), or scanning is switched off. */
export type Idle =
  { readonly state: 'nothing'; readonly held: number } | { readonly state: 'off'; readonly set: FleetSwitch };
