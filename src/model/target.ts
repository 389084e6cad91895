import type { StartTls } from './facts/tls.ts';
import type { Endpoint } from './inventory/endpoint.ts';
import type { PackageEvidence } from './software/evidence.ts';

/** `https://portal.example/ [192.0.2.7]`, `portal.example [dns]`: one endpoint on one address, or a name. Stable over runs. */
export type TargetKey = string;

/**
 * `service` is one TLS service of a host endpoint; `off-zone` a web or host endpoint looked at from a zone that it is not
 * meant to be reached from; the others are the endpoint's own kind.
 */
export type TargetKind = 'web' | 'host' | 'service' | 'domain' | 'mail' | 'off-zone';
export const targetKinds = [
  'web',
  'host',
  'service',
  'domain',
  'mail',
  'off-zone',
] as const satisfies readonly TargetKind[];

/** Kinds that are a name and have no address of their own: what they lead to is found by asking. */
export const nameKinds: ReadonlySet<TargetKind> = new Set<TargetKind>(['domain', 'mail']);

/** The unit of observing and judging. */
export type Target = {
  readonly key: TargetKey;
  readonly kind: TargetKind;
  /** Id of the system it belongs to. */
  readonly system: string;
  readonly endpoint: Endpoint;
  /** Name it is reached by (SNI, Host); absent when the inventory gives a bare address. */
  readonly name?: string;
  /**
   * Literal address; absent for a domain and a mail domain, which are names, and when a name has none (the observation
   * is then a `dns` failure).
   */
  readonly address?: string;
  /**
   * The other addresses of a web endpoint. Given to the target of its first address alone: it asks what is to be asked
   * once an endpoint, and compares.
   */
  readonly siblings?: readonly string[];
  /** The TLS service's port, for kind `service`. */
  readonly port?: number;
  /** The protocol whose upgrade command goes before TLS, for kind `service`; absent: TLS from the first byte. */
  readonly startTls?: StartTls;
  /** Lists of installed packages that the owner handed in for this machine. */
  readonly packages?: readonly PackageEvidence[];
};

/** The name of a target whose address is not known and may be looked up; undefined of every other. */
export function nameToLocate({ kind, name, address }: Target): string | undefined {
  return address !== undefined || nameKinds.has(kind) || kind === 'off-zone' ? undefined : name;
}
