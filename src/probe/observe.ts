import { FailureError, failure, type Failure } from '../model/failure.ts';
import type { Facts, Kind, Observation, ObservationOf } from '../model/observation.ts';
import type { Target } from '../model/target.ts';
import { classify } from './classify.ts';
import type { Probe, Wire } from './wire/wire.ts';

/** The probes in use, and how software is read from what the others saw. */
export type Probes = {
  readonly tls: Probe<Facts['tls']>;
  readonly http: Probe<Facts['http']>;
  readonly ports: Probe<Facts['ports']>;
  readonly dns: Probe<Facts['dns']>;
  readonly mail: Probe<Facts['mail']>;
  readonly softwareFromHttp: (facts: Facts['http'], target: Target) => Facts['software'];
  readonly softwareFromPorts: (facts: Facts['ports'], target: Target) => Facts['software'];
};

export type ObserveOptions = {
  readonly wire: Wire;
  readonly probes: Probes;
  /** All the time one target may take, in milliseconds. */
  readonly deadlineMs: number;
  /** Aborted when the run stops; what was under way is then thrown away, to be done again on resume. */
  readonly signal: AbortSignal;
  /** Why the target has no address, when it has none. */
  readonly unresolved?: Failure;
};

/** Makes every observation that a target needs. Never throws for what a target did; throws the stop reason on a stop. */
export async function observeTarget(
  target: Target,
  needed: readonly Kind[],
  options: ObserveOptions,
): Promise<readonly Observation[]> {
  const deadline = AbortSignal.timeout(options.deadlineMs);
  const signal = AbortSignal.any([options.signal, deadline]);
  const look = <K extends Asked>(kind: K) =>
    observe(kind, options.probes[kind] as Probe<Facts[K]>, target, { ...options, signal, deadline });

  const [tls, http, ports, dns, mail] = await Promise.all([
    needed.includes('tls') ? look('tls') : undefined,
    needed.includes('http') ? look('http') : undefined,
    needed.includes('ports') ? look('ports') : undefined,
    needed.includes('dns') ? look('dns') : undefined,
    needed.includes('mail') ? look('mail') : undefined,
  ]);
  options.signal.throwIfAborted();
  const software = needed.includes('software') ? readSoftware(target, http, ports, options) : undefined;
  return [tls, http, ports, software, dns, mail].filter((seen) => seen !== undefined);
}

/** Kinds that have a probe of their own. */
type Asked = Exclude<Kind, 'software'>;

type Look = ObserveOptions & { readonly deadline: AbortSignal };

async function observe<K extends Asked>(
  kind: K,
  probe: Probe<Facts[K]>,
  target: Target,
  options: Look,
): Promise<ObservationOf<K>> {
  const { wire, signal } = options;
  const at = wire.now();
  const startedAt = performance.now();
  const common = () => ({
    kind,
    target: target.key,
    zone: wire.zone,
    at,
    ms: Math.round(performance.now() - startedAt),
    probe: probe.id,
  });
  try {
    if (options.unresolved !== undefined) return { ...common(), ok: false, failure: options.unresolved };
    const facts = await abandonAt(probe.observe({ target, wire, signal }), options.deadline);
    return { ...common(), ok: true, facts };
  } catch (error) {
    return { ...common(), ok: false, failure: whyUnseen(error, options) };
  }
}

/** A probe that ignores its signal is left behind shortly after the deadline, so that no target can hold up a run. */
function abandonAt<T>(work: Promise<T>, deadline: AbortSignal): Promise<T> {
  const graceMs = 2000;
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const late = () => {
      timer = setTimeout(() => {
        reject(deadline.reason as Error);
      }, graceMs);
    };
    if (deadline.aborted) late();
    else deadline.addEventListener('abort', late, { once: true });
    work.then(resolve, reject).finally(() => {
      deadline.removeEventListener('abort', late);
      clearTimeout(timer);
    });
  });
}

function whyUnseen(error: unknown, options: Look): Failure {
  if (error instanceof FailureError) return error.failure;
  if (options.deadline.aborted) return failure('timeout', `not finished within ${options.deadlineMs} ms`);
  if (options.signal.aborted) return failure('not-run', 'the run was stopped');
  return classify(error);
}

/** Kinds that are read from what others saw, of which a target has one. */
export const derivedFrom: Readonly<Partial<Record<Kind, readonly Kind[]>>> = { software: ['http', 'ports'] };

/** Software has no connection of its own: it is read from what http or ports saw, and shares their failure. */
function readSoftware(
  target: Target,
  http: ObservationOf<'http'> | undefined,
  ports: ObservationOf<'ports'> | undefined,
  options: ObserveOptions,
): ObservationOf<'software'> | undefined {
  const source = http ?? ports;
  if (source === undefined) return undefined;
  const common = {
    kind: 'software',
    target: target.key,
    zone: source.zone,
    at: source.at,
    ms: 0,
    probe: 'software/2',
  } as const;
  if (!source.ok) return { ...common, ok: false, failure: source.failure };
  try {
    const facts =
      source.kind === 'http'
        ? options.probes.softwareFromHttp(source.facts, target)
        : options.probes.softwareFromPorts(source.facts, target);
    return { ...common, ok: true, facts };
  } catch (error) {
    return { ...common, ok: false, failure: classify(error) };
  }
}
