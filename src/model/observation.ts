import type { Failure } from './failure.ts';
import type { DnsFacts } from './facts/dns.ts';
import type { HttpFacts } from './facts/http.ts';
import type { MailFacts } from './facts/mail.ts';
import type { PortsFacts } from './facts/ports.ts';
import type { SoftwareFacts } from './facts/software.ts';
import type { TlsFacts } from './facts/tls.ts';
import type { TargetKey } from './target.ts';

/** An instant in UTC, ISO 8601 with `Z`. */
export type Iso = string;

/** Every kind of observation and the facts it brings. */
export type Facts = {
  tls: TlsFacts;
  http: HttpFacts;
  ports: PortsFacts;
  software: SoftwareFacts;
  dns: DnsFacts;
  mail: MailFacts;
};
export type Kind = keyof Facts;
export const kinds = ['tls', 'http', 'ports', 'software', 'dns', 'mail'] as const satisfies readonly Kind[];

export type Seen<K extends Kind> = { readonly ok: true; readonly facts: Facts[K] };
export type Unseen = { readonly ok: false; readonly failure: Failure };

/** What one probe saw of one target at one instant from one zone, or why it saw nothing. */
export type ObservationOf<K extends Kind> = {
  readonly kind: K;
  readonly target: TargetKey;
  readonly zone: string;
  readonly at: Iso;
  readonly ms: number;
  /** Probe and its version, `tls/1`. */
  readonly probe: string;
} & (Seen<K> | Unseen);

export type Observation = { [K in Kind]: ObservationOf<K> }[Kind];
