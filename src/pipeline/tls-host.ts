import pLimit from 'p-limit';
import { fileURLToPath } from 'node:url';
import { compileChecks } from '../judge/compile.ts';
import { judgeTarget } from '../judge/judge.ts';
import { readChecks } from '../judge/read.ts';
import { severities, type Check } from '../model/check.ts';
import { failure, type Failure } from '../model/failure.ts';
import type { StartTls, TlsFacts } from '../model/facts/tls.ts';
import type { Finding } from '../model/finding.ts';
import type { ObservationOf } from '../model/observation.ts';
import { packageRoot } from '../model/package-root.ts';
import type { ScanCost } from '../model/run.ts';
import type { Target } from '../model/target.ts';
import { observeTarget, type Probes } from '../probe/observe.ts';
import { createTlsProbe } from '../probe/tls/probe.ts';
import { createWire } from '../probe/wire/dial.ts';
import type { TlsPlace } from './tls-place.ts';
import { openTlsScope, type TlsScopeOptions } from './tls-scope.ts';
import { readTrustRoots } from './trust.ts';
import { toolVersion } from './version.ts';

export type TlsHostOptions = TlsScopeOptions & {
  readonly startTls?: StartTls;
  /** Folder of root certificates trusted beside Mozilla's. */
  readonly trust?: string;
  /** Protocols, suites and certificates alone. */
  readonly quick?: boolean;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
};

/** What one address of the place showed, or why it showed nothing. */
export type TlsHostResult = {
  readonly place: TlsPlace;
  /** Absent when the name has none. */
  readonly address?: string;
  /** Server name asked for. */
  readonly sni?: string;
  readonly startTls?: StartTls;
  readonly at: string;
  readonly ms: number;
  readonly cost: Pick<ScanCost, 'connections' | 'bytesSent' | 'bytesReceived' | 'peakPerSecond'>;
} & (
  | { readonly ok: true; readonly facts: TlsFacts; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly failure: Failure }
);

export type TlsHostReport = {
  /** One for each address, worst first; never empty. */
  readonly results: readonly TlsHostResult[];
  /** The checks that were held against them. */
  readonly checks: readonly Check[];
};

const nothingSent = { connections: 0, bytesSent: 0, bytesReceived: 0, peakPerSecond: 0 };

/**
 * Looks at the TLS service of a place on each of its addresses and judges each apart. Stores nothing. Throws UserError
 * when an option is wrong or nothing may be contacted; then no packet was sent.
 */
export async function lookAtTlsHost(place: TlsPlace, options: TlsHostOptions): Promise<TlsHostReport> {
  const extraRoots = options.trust === undefined ? [] : readTrustRoots(options.trust);
  const scope = await openTlsScope(place, options);
  const asked = {
    place,
    ...(options.startTls === undefined ? {} : { startTls: options.startTls }),
  };
  if ('unresolved' in scope) {
    const common = { ...asked, at: new Date().toISOString(), ms: 0, cost: nothingSent };
    return { results: [{ ...common, ok: false, failure: failure('dns', scope.unresolved) }], checks: [] };
  }
  const wire = createWire({ zone: scope.zone, userAgent: userAgent(scope.contact), permit: scope.permit });
  const probes = tlsAlone(createTlsProbe({ extraRoots, deep: options.quick !== true }));
  const sni = options.sni ?? place.name;
  const look = async (address: string): Promise<{ readonly target: Target; readonly seen: ObservationOf<'tls'> }> => {
    const target = targetOf(place, address, sni, options.startTls);
    const { deadlineMs, signal } = options;
    const [seen] = await observeTarget(target, ['tls'], { wire, probes, deadlineMs, signal });
    if (seen?.kind !== 'tls') throw new Error(`no observation of ${target.key}`);
    return { target, seen };
  };
  const wide = pLimit(16);
  const [looks, checks] = await Promise.all([
    Promise.all(scope.addresses.map((address) => wide(() => look(address)))),
    readTlsChecks(),
  ]);
  const compiled = compileChecks(checks);
  const results = looks.map(({ target, seen }): TlsHostResult => {
    const { address } = target;
    const common = {
      ...asked,
      ...(address === undefined ? {} : { address }),
      ...(sni === undefined ? {} : { sni }),
      at: seen.at,
      ms: seen.ms,
      cost: wire.costs().find((cost) => cost.address === address) ?? nothingSent,
    };
    if (!seen.ok) return { ...common, ok: false, failure: seen.failure };
    const findings = judgeTarget(compiled, { target, observations: [seen], kinds: ['tls'], reference: {} });
    return { ...common, ok: true, facts: seen.facts, findings };
  });
  return { results: results.toSorted(worstFirst), checks };
}

/** Our checks that read TLS and nothing else. */
async function readTlsChecks(): Promise<readonly Check[]> {
  const all = await readChecks([fileURLToPath(new URL('checks/tls/', packageRoot))]);
  return all.filter(({ reads }) => reads.every((kind) => kind === 'tls'));
}

function targetOf(place: TlsPlace, address: string, sni: string | undefined, startTls: StartTls | undefined): Target {
  const host = place.name ?? address;
  return {
    key: `${host.includes(':') ? `[${host}]` : host}:${place.port} [${address}]`,
    kind: 'service',
    system: 'tls',
    endpoint: { kind: 'host', host },
    address,
    port: place.port,
    ...(sni === undefined ? {} : { name: sni }),
    ...(startTls === undefined ? {} : { startTls }),
  };
}

function tlsAlone(tls: Probes['tls']): Probes {
  const never = () => {
    throw new Error('only TLS is looked at');
  };
  const silent = { id: 'none/1', observe: never };
  return {
    tls,
    http: silent,
    ports: silent,
    dns: silent,
    mail: silent,
    softwareFromHttp: never,
    softwareFromPorts: never,
  };
}

/** More fails of the gravest severity first, then what was not seen, then the rest by address. */
function worstFirst(a: TlsHostResult, b: TlsHostResult): number {
  for (const severity of severities) {
    const fails = (result: TlsHostResult) =>
      result.ok ? result.findings.filter((one) => one.outcome === 'fail' && one.severity === severity).length : 0;
    if (fails(a) !== fails(b)) return fails(b) - fails(a);
  }
  return Number(a.ok) - Number(b.ok);
}

function userAgent(contact: string | undefined): string {
  const version = toolVersion().split(' ')[1] ?? '0';
  // Header values are ASCII; whatever else stands in a contact is left out.
  const ascii = (contact ?? 'no contact given').replace(/[^\x20-\x7e]|[()]/g, '');
  return `RaSoat/${version} (security review; ${ascii})`;
}
