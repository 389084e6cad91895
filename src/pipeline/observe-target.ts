import type { Feeds } from '../feeds/open.ts';
import { neededKinds } from '../inventory/targets.ts';
import { compileChecks } from '../judge/compile.ts';
import { judgeTarget } from '../judge/judge.ts';
import { deadlineCameFirst, failure, type Failure } from '../model/failure.ts';
import type { Finding } from '../model/finding.ts';
import type { Neighbours } from '../model/neighbours.ts';
import type { Kind, Observation } from '../model/observation.ts';
import { evidenceFor } from '../model/software/evidence.ts';
import { softwareQueryOf } from '../model/software-query.ts';
import { nameKinds, type Target } from '../model/target.ts';
import type { KnownSoftwareTable, SoftwareQuery } from '../model/vulnerability.ts';
import { observeTarget, type Probes } from '../probe/observe.ts';
import type { Wire } from '../probe/wire/wire.ts';
import type { Lawbook } from '../store/types.ts';

/** One target judged, and what the feeds answered of its software. */
export type Judged = { readonly findings: readonly Finding[]; readonly known?: KnownSoftwareTable };

/** Judges stored or fresh observations of one target by one lawbook; without `ask` nothing is known of its software. */
export function createJudge(
  lawbook: Lawbook,
  ask?: Feeds['ask'],
): (target: Target, observations: readonly Observation[], neighbours?: Neighbours) => Judged {
  const compiled = compileChecks(lawbook.checks);
  return (target, observations, neighbours) => {
    const known = ask?.(observations.flatMap((observation) => queriesOf(observation, target)));
    const reference = { ...lawbook.reference, ...(known === undefined ? {} : { software: known }) };
    const others = neighbours === undefined ? {} : { neighbours };
    const findings = judgeTarget(compiled, { target, observations, kinds: neededKinds(target), reference, ...others });
    return { findings, ...(known === undefined ? {} : { known }) };
  };
}

function queriesOf(observation: Observation, { packages }: Target): readonly SoftwareQuery[] {
  if (observation.kind !== 'software' || !observation.ok) return [];
  return observation.facts.items.flatMap(
    (item) => softwareQueryOf(item, evidenceFor(item.product, packages, observation.at)) ?? [],
  );
}

export type Lookout = {
  readonly wire: Wire;
  readonly probes: Probes;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly unresolved: ReadonlyMap<string, Failure>;
  /** Why a domain may not be asked about, where it may not. */
  readonly forbidden: (name: string) => Failure | undefined;
  readonly kindsOf: (target: Target) => readonly Kind[];
  readonly contacts?: ContactListener;
};

/** Told each address that a look turns to, with the ports of it that were permitted: none where nothing was sent. */
export type ContactListener = (address: string, ports: readonly number[], name: string | undefined) => void;

/** Observes one target with everything it needs. */
export function lookAt(target: Target, lookout: Lookout): Promise<readonly Observation[]> {
  const missing = hindranceOf(target, lookout);
  return observeTarget(target, lookout.kindsOf(target), {
    wire: lookout.contacts === undefined ? lookout.wire : overheard(lookout.wire, lookout.contacts),
    probes: lookout.probes,
    deadlineMs: lookout.deadlineMs,
    signal: lookout.signal,
    ...(missing === undefined ? {} : { unresolved: missing }),
  });
}

/** The same wire, that says which addresses it is asked for. */
function overheard(wire: Wire, contacts: ContactListener): Wire {
  const tell = (address: string, port: number, name: string | undefined): void => {
    contacts(address, wire.permits(address, port, name).allowed ? [port] : [], name);
  };
  return {
    ...wire,
    connect: (address, port, options) => {
      tell(address, port, options?.name);
      return wire.connect(address, port, options);
    },
    datagram: (address, port, payload, options) => {
      tell(address, port, options?.name);
      return wire.datagram(address, port, payload, options);
    },
    lease: (address, ports, options, use) => {
      contacts(address, [], options.name);
      return wire.lease(address, ports, options, (lease) => {
        contacts(address, lease.ports, options.name);
        return use(lease);
      });
    },
  };
}

/** Why a target cannot be looked at, known before anything is asked. */
function hindranceOf(target: Target, { unresolved, forbidden }: Lookout): Failure | undefined {
  if (nameKinds.has(target.kind)) return forbidden(target.name ?? '');
  if (target.address !== undefined) return undefined;
  return unresolved.get(target.key) ?? failure('dns', 'the name had no address when the run began');
}

/** What stands for a target that the run's deadline left no time for. */
export function notRun(
  kinds: readonly Kind[],
  target: Target,
  wire: Pick<Wire, 'now' | 'zone'>,
): readonly Observation[] {
  return unsent(kinds, target, wire, failure('not-run', deadlineCameFirst));
}

/** What stands for a target that nothing was sent to. */
export function unsent(
  kinds: readonly Kind[],
  target: Target,
  wire: Pick<Wire, 'now' | 'zone'>,
  why: Failure,
): readonly Observation[] {
  const at = wire.now();
  return kinds.map((kind) => ({
    kind,
    target: target.key,
    zone: wire.zone,
    at,
    ms: 0,
    probe: `${kind}/1`,
    ok: false,
    failure: why,
  }));
}
