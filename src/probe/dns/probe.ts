import { randomBytes } from 'node:crypto';
import { FailureError, type Failure } from '../../model/failure.ts';
import type { DnsFacts, dnsParts } from '../../model/facts/dns.ts';
import type { Probe, ProbeRequest } from '../wire/wire.ts';
import { createAsking, type Asking } from './asking.ts';
import { findCaa } from './caa.ts';
import { askParent } from './delegation.ts';
import type { Delegation } from './dnssec/rdata.ts';
import { findIssuer } from './issuer.ts';
import { isAnswer, lookUp, zoneOf } from './lookup.ts';
import { pick } from './message.ts';
import { parentOf } from './name.ts';
import type { Resolver } from './resolver.ts';
import { interviewServers, serverNames } from './servers.ts';
import { validateZone } from './signatures.ts';

export type DnsProbeOptions = {
  readonly resolver: Resolver;
  /** What the root's keys must match. */
  readonly anchors: readonly Delegation[];
  /** Port of name servers; 53 save in a laboratory. */
  readonly port: number;
};

type Part = (typeof dnsParts)[number];

/** Looks at one domain: through our resolver, and at those name servers of its zone that a document covers. */
export function createDnsProbe(options: DnsProbeOptions): Probe<DnsFacts> {
  return { id: 'dns/1', observe: (request) => observe(request, options) };
}

async function observe({ target, wire, signal }: ProbeRequest, options: DnsProbeOptions): Promise<DnsFacts> {
  const { name: domain = '' } = target;
  const asking = createAsking({ resolver: options.resolver, port: options.port, wire, signal });
  const first = await asResolverFailure(() => zoneOf(asking, domain));
  const { status } = first;
  const zone = first.zone ?? (status === 'NOERROR' ? await zoneOfAlias(asking, domain) : undefined);
  const gaps: { part: Part; failure: Failure }[] = [];
  const perhaps = async <T>(part: Part, see: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await see();
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      gaps.push({ part, failure: error.failure });
      return undefined;
    }
  };
  const common = { domain, status, ...(zone === undefined ? {} : { zone }) };
  if (status === 'NXDOMAIN') return { ...common, lookups: [], gaps, queries: asking.counts() };

  // Where the resolver cannot say, the domain is taken for a zone of its own, as inventories list them.
  const apex = zone ?? domain;
  const lookups = await Promise.all([lookUp(asking, domain), lookUp(asking, `www.${domain}`)]);
  const addresses = lookups[0].addresses;
  const delegation = await perhaps('delegation', () => askParent(asking, apex));
  const [nameServers, dnssec, caa, certificate, wildcard] = await Promise.all([
    perhaps('nameServers', async () => {
      const told = await serverNames(asking, apex);
      return interviewServers(
        asking,
        apex,
        told.length > 0 ? told : (delegation?.nameServers ?? []),
        delegation?.glue ?? [],
      );
    }),
    perhaps('dnssec', () => validateZone(asking, apex, domain, { anchors: options.anchors, now: wire.now() })),
    perhaps('caa', () => findCaa(asking, domain)),
    perhaps('certificate', () => findIssuer(wire, domain, addresses, signal)),
    perhaps('wildcard', () => askWildcard(asking, domain)),
  ]);
  return {
    ...common,
    lookups,
    ...(nameServers === undefined || nameServers.length === 0 ? {} : { nameServers }),
    ...(delegation === undefined ? {} : { delegation }),
    ...(dnssec === undefined ? {} : { dnssec }),
    ...(caa === undefined ? {} : { caa }),
    ...(certificate === undefined ? {} : { certificate }),
    ...(wildcard === undefined ? {} : { wildcard }),
    gaps,
    queries: asking.counts(),
  };
}

/** Of an alias the resolver tells only its target's zone: the parent says whether a zone begins here. */
async function zoneOfAlias(asking: Asking, domain: string): Promise<string | undefined> {
  try {
    await askParent(asking, domain);
    return domain;
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const above = parentOf(domain);
    return above === undefined ? undefined : (await zoneOf(asking, above)).zone;
  }
}

/** A resolver that does not answer says nothing of the domain. */
async function asResolverFailure<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FailureError) throw new FailureError('dns', `the resolver: ${error.message}`);
    throw error;
  }
}

/** A name that nobody has made has addresses only where a wildcard makes them. */
async function askWildcard(asking: Asking, domain: string): Promise<NonNullable<DnsFacts['wildcard']>> {
  const asked = `rasoat-${randomBytes(8).toString('hex')}.${domain}`;
  const answer = await asking.resolve(asked, 'A');
  if (!isAnswer(answer)) throw new FailureError('dns', `the resolver answers ${answer.rcode} for ${asked}`);
  return { asked, found: answer.rcode === 'NOERROR' && pick(answer.answers, 'A').length > 0 };
}
