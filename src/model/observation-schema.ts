import { Type, type TSchema } from '@sinclair/typebox';
import { dnsFacts } from './facts/dns.ts';
import { httpFacts } from './facts/http.ts';
import { mailFacts } from './facts/mail.ts';
import { portsFacts } from './facts/ports.ts';
import { softwareFacts } from './facts/software.ts';
import { tlsFacts } from './facts/tls.ts';
import { borderOf, type Border } from './border.ts';
import { failureSchema } from './failure.ts';
import { kinds, type Kind, type Observation } from './observation.ts';
import { closed, instant, text } from './schema.ts';

const facts: Readonly<Record<Kind, TSchema>> = {
  tls: tlsFacts,
  http: httpFacts,
  ports: portsFacts,
  software: softwareFacts,
  dns: dnsFacts,
  mail: mailFacts,
};

const common = (kind: Kind) => ({
  kind: Type.Literal(kind),
  target: text(2200),
  zone: text(64),
  at: instant(),
  ms: Type.Integer({ minimum: 0, maximum: 7 * 86_400_000 }),
  probe: text(32, { pattern: '^[a-z]+/\\d+$' }),
});

/** Borders by kind and by whether anything was seen, so that a complaint names the field and not every branch of a union. */
const seen = byKind((kind) => Type.Object({ ...common(kind), ok: Type.Literal(true), facts: facts[kind] }, closed));
const unseen = byKind((kind) =>
  Type.Object({ ...common(kind), ok: Type.Literal(false), failure: failureSchema }, closed),
);

function byKind(schema: (kind: Kind) => TSchema): Readonly<Record<Kind, Border<Observation>>> {
  // Probes keep what strangers sent: formats are the facts' own, no default is filled in.
  return Object.fromEntries(kinds.map((kind) => [kind, borderOf<Observation>(schema(kind))])) as Record<
    Kind,
    Border<Observation>
  >;
}

/** An observation that comes from another machine; what is wrong with it otherwise, in words of the schema. */
export function checkObservation(value: unknown): { readonly observation: Observation } | { readonly fault: string } {
  const told = value as { readonly kind?: unknown; readonly ok?: unknown } | null;
  const kind = kinds.find((one) => one === told?.kind);
  if (kind === undefined) return { fault: '/kind' };
  const border = told?.ok === true ? seen[kind] : unseen[kind];
  if (border(value)) return { observation: value };
  const [error] = border.errors ?? [];
  return { fault: `${error?.instancePath ?? ''} ${error?.message ?? ''}`.trim() };
}
