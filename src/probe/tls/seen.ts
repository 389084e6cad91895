import type { TlsFacts } from '../../model/facts/tls.ts';
import type { Agreed, Plan, ShownHello } from './lane.ts';
import type { HelloAnswer } from './answer.ts';
import type { HelloProtocol } from './wire/client-hello.ts';
import type { Sslv2Hello } from './wire/sslv2.ts';

/** One version that the service speaks, and what it said while its suites were found. */
export type SeenVersion = {
  readonly protocol: HelloProtocol;
  /** The answer to the offer of everything. */
  readonly first: HelloAnswer;
  /** The way of asking that brought it. */
  readonly plan: Plan;
  /** Suites accepted, in the order in which the server chose them. */
  readonly suites: readonly number[];
  /** Every other suite was refused. */
  readonly complete: boolean;
  /** Of every ServerHello of this version that came, in order. */
  readonly hellos: readonly ShownHello[];
  /** Groups and signature schemes that ServerKeyExchanges named on the way. */
  readonly agreed: readonly Agreed[];
  /**
   * Answers read to the end of their flight: at TLS 1.2 and earlier one for each pair of certificate kind and key
   * exchange. At TLS 1.3, where it is encrypted, only on a host that speaks nothing else: up to the Certificate.
   */
  readonly flights: readonly HelloAnswer[];
};

/** What the enumeration of versions and suites learned, for those who ask further. */
export type SeenProtocols = {
  readonly facts: Pick<TlsFacts, 'protocols' | 'chains' | 'fingerprint'>;
  /** SSLv3 to TLS 1.3, only those spoken, newest first. */
  readonly versions: readonly SeenVersion[];
  readonly sslv2?: Sslv2Hello;
  /** Chains as sent, DER, each as often as it came. */
  readonly chains: readonly (readonly Buffer[])[];
};

/** The newest version at or under TLS 1.2, whose answers are in the clear. */
export function newestInClear(seen: SeenProtocols): SeenVersion | undefined {
  return seen.versions.find(({ protocol }) => protocol !== 'TLSv1.3');
}

/** One version of those seen. */
export function seenVersion(seen: SeenProtocols, protocol: HelloProtocol): SeenVersion | undefined {
  return seen.versions.find((version) => version.protocol === protocol);
}
