import { FailureError } from '../../../model/failure.ts';
import { pick, type DnsAnswer, type DnsRecord, type RecordType } from '../message.ts';
import { isWithin, labelsOf } from '../name.ts';
import type { Denial } from './denial.ts';
import { proveAbsent } from './prove.ts';
import { readDelegation, readKey, revoked, type Delegation, type Key } from './rdata.ts';
import { recordSet, verifySet, type Effort, type Flaw } from './rrset.ts';
import { knowsAlgorithm, knowsDigest, namesKey } from './verify.ts';

/** Why a chain of signatures breaks. */
export type Break = Flaw | 'ds-mismatch' | 'missing-keys' | 'missing-proof';

/** One signed zone on the way down: how its parent names its keys, and the keys. */
export type Link = {
  readonly zone: string;
  readonly delegations: readonly Delegation[];
  readonly keys: readonly Key[];
  /** When the signature over the keys runs out, seconds since 1970. */
  readonly expires: number;
};

/** How far the chain from the root reaches toward a name. `zone` says where it ends, or where it broke. */
export type Chain =
  | { readonly state: 'secure'; readonly zone: string; readonly links: readonly Link[]; readonly missing?: string }
  | {
      readonly state: 'insecure';
      readonly zone: string;
      readonly links: readonly Link[];
      readonly why: Denial | 'algorithm';
    }
  | { readonly state: 'bogus'; readonly zone: string; readonly links: readonly Link[]; readonly why: Break }
  | {
      readonly state: 'indeterminate';
      readonly zone: string;
      readonly links: readonly Link[];
      readonly detail: string;
    };
export type Secure = Extract<Chain, { state: 'secure' }>;

export type Ask = (name: string, type: RecordType) => Promise<DnsAnswer>;

export type ChainOptions = {
  readonly ask: Ask;
  /** What the root's keys must match. */
  readonly anchors: readonly Delegation[];
  /** Seconds since 1970. */
  readonly now: number;
};

/** Keys of one zone that are looked at. */
const mostKeys = 32;
const mostDelegations = 16;

/** Builds chains from the root's anchors (RFC 4035, 5); zones met before are not asked about again. */
export function createChains({ ask, anchors, now }: ChainOptions): (name: string) => Promise<Chain> {
  const steps = new Map<string, Promise<Chain>>();
  const effort: Effort = { verifications: 0 };

  async function chainTo(name: string): Promise<Chain> {
    let at = await remember('.', () => enter('.', anchors, []));
    const labels = labelsOf(name);
    for (let count = 1; count <= labels.length && at.state === 'secure' && at.missing === undefined; count += 1) {
      const child = labels.slice(labels.length - count).join('.');
      const from = at;
      at = await remember(child, () => descend(from, child));
    }
    return at;
  }

  function remember(zone: string, step: () => Promise<Chain>): Promise<Chain> {
    const known = steps.get(zone) ?? step();
    steps.set(zone, known);
    return known;
  }

  /** From a secure zone one label down: into a signed zone, out of what is signed, or no cut at all. */
  async function descend(parent: Secure, child: string): Promise<Chain> {
    const { links } = parent;
    const answer = await tryAsk(child, 'DS');
    if (typeof answer === 'string') return { state: 'indeterminate', zone: child, links, detail: answer };
    const keys = links.at(-1)?.keys ?? [];
    const set = recordSet(answer.answers, child, 'DS');
    if (set === undefined) return without(parent, child, answer);
    const signed = verifySet(set, parent.zone, keys, now, effort);
    if (!signed.ok) return { state: 'bogus', zone: child, links, why: signed.flaw };
    return enter(child, delegationsIn(set.records), links);
  }

  function without(parent: Secure, child: string, answer: DnsAnswer): Chain {
    const { links, zone } = parent;
    const keys = links.at(-1)?.keys ?? [];
    const alias = recordSet(answer.answers, child, 'CNAME');
    // An alias stands where no zone can begin.
    if (alias !== undefined && verifySet(alias, zone, keys, now, effort).ok) return parent;
    const denial = proveAbsent(child, 'DS', zone, verifiedDenial(answer.authorities, zone, keys, now, effort));
    if (denial === undefined) return { state: 'bogus', zone: child, links, why: 'missing-proof' };
    if (denial === 'nodata') return parent;
    if (denial === 'nxdomain') return { ...parent, missing: child };
    return { state: 'insecure', zone: child, links, why: denial };
  }

  /** Holds the keys of a zone against what names them. */
  async function enter(zone: string, delegations: readonly Delegation[], links: readonly Link[]): Promise<Chain> {
    const usable = strongest(delegations.filter((one) => knowsDigest(one.digestType) && knowsAlgorithm(one.algorithm)));
    if (usable.length === 0) {
      const link = { zone, delegations, keys: [], expires: 0 };
      return { state: 'insecure', zone, links: [...links, link], why: 'algorithm' };
    }
    const answer = await tryAsk(zone, 'DNSKEY');
    if (typeof answer === 'string') return { state: 'indeterminate', zone, links, detail: answer };
    const set = recordSet(answer.answers, zone, 'DNSKEY');
    const keys = (set?.records ?? []).flatMap(({ rdata }) => readKey(rdata) ?? []).slice(0, mostKeys);
    const link: Link = { zone, delegations, keys, expires: 0 };
    const broken = (why: Break): Chain => ({ state: 'bogus', zone, links: [...links, link], why });
    if (set === undefined || keys.length === 0) return broken('missing-keys');
    if (zone === '.' && set.signatures.length === 0) {
      return { state: 'indeterminate', zone, links, detail: 'the resolver leaves signatures out' };
    }
    const named = keys.filter((key) => (key.flags & revoked) === 0 && usable.some((one) => namesKey(one, zone, key)));
    if (named.length === 0) return broken('ds-mismatch');
    const signed = verifySet(set, zone, named, now, effort);
    if (!signed.ok) return broken(signed.flaw);
    const trusted = keys.filter(({ flags }) => (flags & revoked) === 0);
    return { state: 'secure', zone, links: [...links, { ...link, keys: trusted, expires: signed.expires }] };
  }

  /** The answer, or why there is none that says anything of the zone. */
  async function tryAsk(name: string, type: RecordType): Promise<DnsAnswer | string> {
    try {
      const answer = await ask(name, type);
      if (answer.rcode === 'NOERROR' || answer.rcode === 'NXDOMAIN') return answer;
      return `the resolver answers ${answer.rcode} for ${name} ${type}`;
    } catch (error) {
      if (error instanceof FailureError) return error.message;
      throw error;
    }
  }

  return chainTo;
}

/** The DS records of a set, as far as they are looked at. */
function delegationsIn(records: readonly DnsRecord[]): readonly Delegation[] {
  return pick(records, 'DS')
    .flatMap(({ rdata }) => readDelegation(rdata) ?? [])
    .slice(0, mostDelegations);
}

/** SHA-1 digests count only where there is nothing better (RFC 4509, 3). */
function strongest(delegations: readonly Delegation[]): readonly Delegation[] {
  const strong = delegations.filter(({ digestType }) => digestType !== 1);
  return strong.length > 0 ? strong : delegations;
}

/** The NSEC and NSEC3 records of an answer that the zone has signed. */
export function verifiedDenial(
  authorities: readonly DnsRecord[],
  zone: string,
  keys: readonly Key[],
  now: number,
  effort: Effort,
): readonly DnsRecord[] {
  const places = new Set(
    authorities.filter(({ type }) => type === 'NSEC' || type === 'NSEC3').map(({ name, type }) => `${type} ${name}`),
  );
  return [...places].flatMap((place) => {
    const [type = '', ...name] = place.split(' ');
    const set = recordSet(authorities, name.join(' '), type);
    if (set?.records.every((one) => isWithin(one.name, zone)) !== true) return [];
    const signed = verifySet(set, zone, keys, now, effort);
    return signed.ok && signed.wildcardOf === undefined ? set.records : [];
  });
}
