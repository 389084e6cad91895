import { pick, type DnsAnswer, type RecordType } from '../message.ts';
import { canonicalName, parentOf } from '../name.ts';
import { createChains, verifiedDenial, type Break, type Chain, type ChainOptions, type Secure } from './chain.ts';
import { provesWildcard, proveAbsent } from './prove.ts';
import { recordSet, verifySet, type Effort } from './rrset.ts';

/** RFC 4033, 5. `zone` is where a chain that is not secure ends or broke. */
export type Validation =
  | { readonly state: 'secure'; readonly expires: number }
  | { readonly state: 'insecure'; readonly zone: string; readonly why: Extract<Chain, { state: 'insecure' }>['why'] }
  | { readonly state: 'bogus'; readonly zone: string; readonly why: Break }
  | { readonly state: 'indeterminate'; readonly zone: string; readonly detail: string };

export type Validator = {
  readonly chainTo: (name: string) => Promise<Chain>;
  /** Validates the answer to a question by the resolver, aliases that it leads through included. */
  readonly validate: (answer: DnsAnswer, name: string, type: RecordType) => Promise<Validation>;
};

/** Longest row of aliases followed. */
const mostAliases = 11;

/** A validator over a resolver that is asked with CD and DO: the AD bit of its answers means nothing here. */
export function createValidator(options: ChainOptions): Validator {
  const chainTo = createChains(options);
  const effort: Effort = { verifications: 0 };
  const { now } = options;

  async function validate(answer: DnsAnswer, name: string, type: RecordType): Promise<Validation> {
    let at = canonicalName(name);
    let worst: Validation | undefined;
    for (let hop = 0; hop < mostAliases; hop += 1) {
      const chain = await chainTo(type === 'DS' ? (parentOf(at) ?? at) : at);
      const alias = pick(answer.answers, 'CNAME', at)[0];
      const isAlias = alias !== undefined && type !== 'CNAME';
      worst = worse(worst, chain.state === 'secure' ? one(chain, answer, at, isAlias ? 'CNAME' : type) : broken(chain));
      if (!isAlias) return worst;
      at = canonicalName(alias.data);
    }
    return worst ?? { state: 'indeterminate', zone: at, detail: 'too many aliases' };
  }

  /** One name of an answer, in a zone whose keys are known. */
  function one(chain: Secure, answer: DnsAnswer, name: string, type: RecordType): Validation {
    const { zone } = chain;
    const keys = chain.links.at(-1)?.keys ?? [];
    const bogus = (why: Break): Validation => ({ state: 'bogus', zone, why });
    const set = recordSet(answer.answers, name, type);
    const denial = () => verifiedDenial(answer.authorities, zone, keys, now, effort);
    if (set !== undefined) {
      const signed = verifySet(set, zone, keys, now, effort);
      if (!signed.ok) return bogus(signed.flaw);
      const { wildcardOf, expires } = signed;
      if (wildcardOf === undefined || provesWildcard(name, wildcardOf, zone, denial()))
        return { state: 'secure', expires };
      return bogus('missing-proof');
    }
    const proof = proveAbsent(name, type, zone, denial());
    if (proof === undefined || (answer.rcode === 'NXDOMAIN') !== (proof === 'nxdomain' || proof === 'opt-out')) {
      return bogus('missing-proof');
    }
    // Of a delegation that is asked for its DS, having none is the proved answer.
    return proof === 'nodata' || proof === 'nxdomain' || proof === 'cut'
      ? { state: 'secure', expires: Infinity }
      : { state: 'insecure', zone, why: proof };
  }

  return { chainTo, validate };
}

function broken(chain: Exclude<Chain, Secure>): Validation {
  const { zone } = chain;
  switch (chain.state) {
    case 'insecure':
      return { state: 'insecure', zone, why: chain.why };
    case 'bogus':
      return { state: 'bogus', zone, why: chain.why };
    case 'indeterminate':
      return { state: 'indeterminate', zone, detail: chain.detail };
  }
}

const rank = { secure: 0, insecure: 1, indeterminate: 2, bogus: 3 } as const;

function worse(a: Validation | undefined, b: Validation): Validation {
  if (a === undefined) return b;
  if (a.state === 'secure' && b.state === 'secure') return a.expires < b.expires ? a : b;
  return rank[a.state] >= rank[b.state] ? a : b;
}
