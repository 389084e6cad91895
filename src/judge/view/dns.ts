import { Type, type Static } from '@sinclair/typebox';
import type { DnsFacts } from '../../model/facts/dns.ts';
import { closed, list, text } from '../../model/schema.ts';
import { assemble, seen } from './part.ts';
import type { Derived } from './view.ts';

/** Facts of a domain as checks read them. */
export const dnsView = Type.Object({ nameServers: Type.Optional(list(text(255), 64)) }, closed);
export type DnsView = Static<typeof dnsView>;

/** Derives the view of one domain; pure. */
export function deriveDns(facts: DnsFacts): Derived<DnsView> {
  return assemble<DnsView>('/dns', { nameServers: seen(facts.nameServers) });
}
