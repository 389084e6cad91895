import { isAskable, keyOf, plainName, type Known, type Question } from './answers.ts';
import { knownSelectors } from './dkim-key.ts';
import { isDmarc, parseDmarc, reportHost } from './dmarc-record.ts';
import { exchangersOf, hostsOf, placesOf, reverseName } from './exchangers.ts';
import { isMtaSts } from './mta-sts.ts';
import { organisationalDomain } from './organisational-domain.ts';
import { walkSpf } from './spf/walk-spf.ts';

/**
 * Questions to ask next of one mail domain, by what is known: none when everything is. Pure, so that what was asked can
 * be told from what was not, whenever it is judged. `selectors` are the DKIM selectors to try.
 */
export function nextQuestions(
  domain: string,
  known: Known,
  selectors: readonly string[] = knownSelectors,
): readonly Question[] {
  const wanted = [
    ...ofDomain(domain),
    ...walkSpf(domain, known).pending,
    ...ofDkim(domain, selectors),
    ...ofReports(domain, known),
    ...ofPolicyHost(domain, known),
    ...ofExchangers(domain, known),
  ];
  // Names come from strangers' records: what cannot be asked is not, and each is asked in one spelling.
  const open = wanted
    .map(({ name, type }) => ({ name: plainName(name), type }))
    .filter(({ name, type }) => isAskable(name) && known(name, type) === undefined);
  return [...new Map(open.map((question) => [keyOf(question), question])).values()];
}

function ofDomain(domain: string): readonly Question[] {
  const organisation = organisationalDomain(domain);
  return [
    { name: domain, type: 'MX' },
    { name: domain, type: 'A' },
    { name: domain, type: 'AAAA' },
    { name: domain, type: 'TXT' },
    { name: `_dmarc.${domain}`, type: 'TXT' },
    { name: `_dmarc.${organisation}`, type: 'TXT' },
    { name: `_mta-sts.${domain}`, type: 'TXT' },
    { name: `_smtp._tls.${domain}`, type: 'TXT' },
  ];
}

/** The node itself tells whether there is anything below it (RFC 8020). */
function ofDkim(domain: string, selectors: readonly string[]): readonly Question[] {
  const names = ['', ...selectors.map((selector) => `${selector}.`)];
  return names.map((before) => ({ name: `${before}_domainkey.${domain}`, type: 'TXT' }));
}

/** Where the DMARC record that counts stands, and those records. */
export function dmarcPlace(domain: string, known: Known) {
  const at = (name: string) => {
    const answer = known(`_dmarc.${name}`, 'TXT');
    return answer === undefined ? undefined : { at: name, answer, records: answer.values.filter(isDmarc) };
  };
  const own = at(domain);
  // RFC 7489 section 6.6.3: the organisational domain is asked only when the domain itself has none.
  return own?.records.length === 0 && own.answer.outcome !== 'failed' ? at(organisationalDomain(domain)) : own;
}

/** The name at which another domain agrees to receive our reports (RFC 7489 section 7.1); undefined: no need to ask. */
export function consentName(domain: string, address: string): string | undefined {
  const host = reportHost(address);
  if (host === undefined || organisationalDomain(host) === organisationalDomain(domain)) return undefined;
  return `${domain}._report._dmarc.${host}`;
}

function ofReports(domain: string, known: Known): readonly Question[] {
  const place = dmarcPlace(domain, known);
  const addresses = (place?.records ?? []).slice(0, 1).flatMap((record) => parseDmarc(record).aggregate);
  return addresses.flatMap((address) => {
    const name = consentName(place?.at ?? domain, address);
    return name === undefined ? [] : [{ name, type: 'TXT' as const }];
  });
}

/** The host that the MTA-STS policy is fetched from (RFC 8461 section 3.3). */
export const policyHost = (domain: string): string => `mta-sts.${domain}`;

function ofPolicyHost(domain: string, known: Known): readonly Question[] {
  const records = known(`_mta-sts.${domain}`, 'TXT')?.values ?? [];
  if (!records.some(isMtaSts)) return [];
  return (['A', 'AAAA'] as const).map((type) => ({ name: policyHost(domain), type }));
}

function ofExchangers(domain: string, known: Known): readonly Question[] {
  const mx = known(domain, 'MX');
  const hosts = mx === undefined ? [] : hostsOf(exchangersOf(mx));
  const ofHosts = hosts.flatMap((host): readonly Question[] => [
    { name: host, type: 'A' },
    { name: host, type: 'AAAA' },
    { name: tlsaName(host), type: 'TLSA' },
  ]);
  const ofAddresses = placesOf(domain, known).flatMap(({ address }): readonly Question[] => {
    const reverse = reverseName(address);
    if (reverse === undefined) return [];
    const [own] = known(reverse, 'PTR')?.values ?? [];
    const type = address.includes(':') ? 'AAAA' : 'A';
    return [{ name: reverse, type: 'PTR' }, ...(own === undefined ? [] : [{ name: own, type } as const])];
  });
  return [...ofHosts, ...ofAddresses];
}

/** RFC 7672 section 3.1.3. */
export const tlsaName = (host: string): string => `_25._tcp.${host}`;
