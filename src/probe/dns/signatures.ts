import type { DnssecFacts } from '../../model/facts/dns.ts';
import type { Iso } from '../../model/observation.ts';
import type { Asking } from './asking.ts';
import type { Chain, Link } from './dnssec/chain.ts';
import { entryPoint, type Delegation } from './dnssec/rdata.ts';
import { createValidator, type Validation } from './dnssec/validate.ts';
import { rsaBits } from './dnssec/verify.ts';
import { pick } from './message.ts';

/**
 * Validates the zone of a domain and what the domain answers, at `now` by the clock of the run, for this machine's own may be off;
 * throws FailureError when not even that can be tried.
 */
export async function validateZone(
  asking: Asking,
  zone: string,
  domain: string,
  { anchors, now: at }: { readonly anchors: readonly Delegation[]; readonly now: Iso },
): Promise<DnssecFacts> {
  const now = Math.floor(Date.parse(at) / 1000);
  const validator = createValidator({ ask: asking.resolve, anchors, now });
  const chain = await validator.chainTo(zone);
  const facts = { links: chain.links.slice(-16).map(linkOf) };
  if (chain.state !== 'secure') return { ...stateOf(chain), ...facts };
  const asked = [
    [zone, 'SOA'],
    [zone, 'NS'],
    [domain, 'A'],
    [`www.${domain}`, 'A'],
  ] as const;
  let expires = chain.links.at(-1)?.expires ?? Infinity;
  for (const [name, type] of asked) {
    const answer = await asking.resolve(name, type);
    const seen: Validation =
      answer.rcode === 'NOERROR' || answer.rcode === 'NXDOMAIN'
        ? await validator.validate(answer, name, type)
        : { state: 'indeterminate', zone, detail: `the resolver answers ${answer.rcode} for ${name} ${type}` };
    // An alias may lead out into a zone that is not signed, or broken; that is not this zone's signature.
    if (seen.state !== 'secure' && seen.zone === zone) return { ...stateOf(seen), ...facts };
    if (seen.state === 'secure') expires = Math.min(expires, seen.expires);
  }
  const parameters = await asking.resolve(zone, 'NSEC3PARAM');
  return {
    state: 'secure',
    ...facts,
    ...(Number.isFinite(expires) ? { expires: new Date(expires * 1000).toISOString() } : {}),
    nsec3: nsec3Of(pick(parameters.answers, 'NSEC3PARAM', zone)[0]?.rdata),
  };
}

function stateOf(seen: Exclude<Chain | Validation, { state: 'secure' }>): Omit<DnssecFacts, 'links'> {
  const { state, zone } = seen;
  if (state === 'indeterminate') return { state, zone, detail: seen.detail.slice(0, 300) };
  return { state, zone, why: seen.why };
}

function linkOf({ zone, delegations, keys }: Link): DnssecFacts['links'][number] {
  return {
    zone,
    ds: delegations.map(({ keyTag, algorithm, digestType }) => ({ keyTag, algorithm, digestType })),
    keys: keys.map((key) => {
      const bits = rsaBits(key);
      return {
        keyTag: key.tag,
        algorithm: key.algorithm,
        entryPoint: (key.flags & entryPoint) !== 0,
        ...(bits === undefined ? {} : { bits }),
      };
    }),
  };
}

/** RFC 5155, 4.2: algorithm, flags, iterations, the salt and its length. */
function nsec3Of(rdata: Buffer | undefined): NonNullable<DnssecFacts['nsec3']> | null {
  if (rdata === undefined || rdata.length < 5) return null;
  return { iterations: rdata.readUInt16BE(2), saltBytes: rdata.readUInt8(4) };
}
