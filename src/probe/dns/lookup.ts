import { FailureError } from '../../model/failure.ts';
import type { Lookup } from '../../model/facts/dns.ts';
import { mostAddresses } from '../../model/resolver.ts';
import type { Asking } from './asking.ts';
import { pick, type DnsAnswer } from './message.ts';
import { canonicalName, isWithin } from './name.ts';

const mostAliases = 11;

/** Follows a name to its addresses of both families. Never throws for what the resolver answered. */
export async function lookUp(asking: Pick<Asking, 'resolve'>, name: string): Promise<Lookup> {
  try {
    const [four, six] = await Promise.all([asking.resolve(name, 'A'), asking.resolve(name, 'AAAA')]);
    if (isAnswer(four) && isAnswer(six)) return read(name, four, six);
    // A resolver tells a loop as its own failure: the aliases are then followed one by one.
    return await walk(asking, name, isAnswer(four) ? six.rcode : four.rcode);
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return { name, end: 'failed', aliases: [], addresses: [], detail: error.message.slice(0, 300) };
  }
}

export const isAnswer = ({ rcode }: DnsAnswer): boolean => rcode === 'NOERROR' || rcode === 'NXDOMAIN';

function read(name: string, four: DnsAnswer, six: DnsAnswer): Lookup {
  const { aliases, last } = aliasesIn(name, four);
  const addresses = [
    ...pick(four.answers, 'A', last).map(({ data }) => data),
    ...pick(six.answers, 'AAAA', aliasesIn(name, six).last).map(({ data }) => data),
  ];
  const kept = {
    name,
    aliases: aliases.map((one) => one.slice(0, 255)),
    addresses: [...new Set(addresses)].slice(0, mostAddresses),
  };
  if (addresses.length > 0) return { ...kept, end: 'found' };
  return { ...kept, end: four.rcode === 'NXDOMAIN' ? 'nxdomain' : 'nodata' };
}

/** The row of aliases that an answer leads through. */
function aliasesIn(
  name: string,
  { answers }: DnsAnswer,
): { readonly aliases: readonly string[]; readonly last: string } {
  const aliases: string[] = [];
  let last = canonicalName(name);
  while (aliases.length < mostAliases) {
    const next = pick(answers, 'CNAME', last)[0];
    if (next === undefined) break;
    last = canonicalName(next.data);
    aliases.push(last);
  }
  return { aliases, last };
}

async function walk(asking: Pick<Asking, 'resolve'>, name: string, rcode: string): Promise<Lookup> {
  const aliases: string[] = [];
  let at = canonicalName(name);
  while (aliases.length < mostAliases) {
    const answer = await asking.resolve(at, 'CNAME');
    const next = pick(answer.answers, 'CNAME', at)[0];
    if (next === undefined) {
      return {
        name,
        end: 'failed',
        aliases,
        addresses: [],
        detail: `the resolver answers ${rcode} for ${at}`.slice(0, 300),
      };
    }
    at = canonicalName(next.data).slice(0, 255);
    const met = at === canonicalName(name) || aliases.includes(at);
    aliases.push(at);
    if (met) return { name, end: 'loop', aliases, addresses: [] };
  }
  return { name, end: 'too-long', aliases, addresses: [] };
}

/** The zone that holds a name, by the SOA that the resolver gives for it; undefined where it gives none. */
export async function zoneOf(
  asking: Asking,
  name: string,
): Promise<{ readonly zone?: string; readonly status: string }> {
  const answer = await asking.resolve(name, 'SOA');
  // The SOA of an alias's target says nothing of where the alias itself is.
  const owner = [...pick(answer.answers, 'SOA'), ...pick(answer.authorities, 'SOA')].find((soa) =>
    isWithin(name, soa.name),
  )?.name;
  return { status: answer.rcode, ...(owner === undefined ? {} : { zone: owner }) };
}
