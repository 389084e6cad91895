import { isAskable, plainName } from './answers.ts';
import { parseTags, valueOf } from './tag-list.ts';

export const dmarcPolicies = ['none', 'quarantine', 'reject'] as const;
export type DmarcPolicy = (typeof dmarcPolicies)[number];

export const dmarcFaultWords = [
  'no-policy',
  'bad-policy',
  'bad-subdomain-policy',
  'bad-percentage',
  'bad-alignment',
  'bad-report-address',
  'repeated-tag',
  'broken-tag',
] as const;
export type DmarcFaultWord = (typeof dmarcFaultWords)[number];

/** One DMARC record (RFC 7489 section 6.3). */
export type DmarcRecord = {
  /** As a receiver takes it: a record without a policy and with an address for reports counts as `none`. */
  readonly policy: DmarcPolicy | null;
  /** For names below the domain: `sp`, else the policy itself. */
  readonly subdomains: DmarcPolicy | null;
  readonly percentage: number;
  readonly aggregate: readonly string[];
  readonly failures: readonly string[];
  readonly strictDkim: boolean;
  readonly strictSpf: boolean;
  readonly faults: readonly DmarcFaultWord[];
};

/** RFC 7489 section 6.6.3: what does not begin so is no DMARC record. */
export function isDmarc(record: string): boolean {
  return /^v\s*=\s*DMARC1\s*(?:;|$)/.test(record);
}

/** Reads one record; total over any text. */
export function parseDmarc(record: string): DmarcRecord {
  const { tags, broken } = parseTags(record);
  const faults: DmarcFaultWord[] = broken.length > 0 ? ['broken-tag'] : [];
  if (new Set(tags.map(({ name }) => name)).size < tags.length) faults.push('repeated-tag');
  const aggregate = addressesOf(valueOf(tags, 'rua'));
  const failures = addressesOf(valueOf(tags, 'ruf'));
  if ([...aggregate, ...failures].some((address) => reportHost(address) === undefined))
    faults.push('bad-report-address');
  const readable = aggregate.some((address) => reportHost(address) !== undefined);

  const asPolicy = (name: string, fault: DmarcFaultWord): DmarcPolicy | null | undefined => {
    const value = valueOf(tags, name);
    if (value === undefined) return undefined;
    const policy = dmarcPolicies.find((one) => one === value.toLowerCase());
    if (policy === undefined) faults.push(fault);
    return policy ?? null;
  };
  const own = asPolicy('p', 'bad-policy');
  if (own === undefined) faults.push('no-policy');
  // RFC 7489 section 6.6.3, 6: with an address for reports it counts as `none`, without one the record is not there.
  const policy = own ?? (readable ? 'none' : null);
  const below = asPolicy('sp', 'bad-subdomain-policy');

  const percentage = valueOf(tags, 'pct') ?? '100';
  const isPercentage = /^\d{1,3}$/.test(percentage) && Number(percentage) <= 100;
  if (!isPercentage) faults.push('bad-percentage');
  const strict = (name: string): boolean => {
    const value = (valueOf(tags, name) ?? 'r').toLowerCase();
    if (value !== 'r' && value !== 's') faults.push('bad-alignment');
    return value === 's';
  };
  const strictDkim = strict('adkim');
  const strictSpf = strict('aspf');
  return {
    policy,
    subdomains: policy === null ? null : (below ?? policy),
    percentage: isPercentage ? Number(percentage) : 100,
    aggregate,
    failures,
    strictDkim,
    strictSpf,
    faults: [...new Set(faults)],
  };
}

function addressesOf(list: string | undefined): string[] {
  const addresses = (list ?? '').split(',', 20).map((address) => address.trim().slice(0, 300));
  return addresses.filter((address) => address !== '');
}

/** The domain that a report goes to, `mailto:a@b.example!10m`; undefined for what is no address for mail. */
export function reportHost(address: string): string | undefined {
  const host = /^mailto:[^@\s!]+@([^@\s!]+)(?:![0-9]+[kmgt]?)?$/i.exec(address)?.[1];
  return host !== undefined && host.includes('.') && isAskable(host) ? plainName(host) : undefined;
}
