import { Type, type Static } from '@sinclair/typebox';
import type { DnsFacts, dnsParts } from '../../model/facts/dns.ts';
import { failure, type Failure } from '../../model/failure.ts';
import { closed } from '../../model/schema.ts';
import { caaOf, caaView } from './dns-caa.ts';
import { dnssecOf, dnssecView } from './dns-dnssec.ts';
import { namesOf, namesView } from './dns-names.ts';
import { serversOf, serversView } from './dns-servers.ts';
import { assemble } from './part.ts';
import type { Derived } from './view.ts';

/** Facts of a domain as checks read them. Key absent: not seen; null, false or []: seen to be absent. */
export const dnsView = Type.Object({ ...namesView, ...serversView, ...dnssecView, ...caaView }, closed);
export type DnsView = Static<typeof dnsView>;

/** Derives the view of one domain; pure. */
export function deriveDns(facts: DnsFacts): Derived<DnsView> {
  const gap = (part: (typeof dnsParts)[number]): Failure =>
    facts.gaps.find((one) => one.part === part)?.failure ??
    failure('dns', `the resolver answers ${facts.status} for ${facts.domain} and tells no more`);
  return assemble<DnsView>('/dns', {
    ...namesOf(facts, gap),
    ...serversOf(facts, gap),
    ...dnssecOf(facts, gap('dnssec')),
    ...caaOf(facts, gap),
  });
}
