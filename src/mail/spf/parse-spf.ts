import ipaddr from 'ipaddr.js';
import { domainFault } from './spf-domain.ts';

export type Qualifier = '+' | '-' | '~' | '?';

/** RFC 7208 section 5. `domain` is the domain-spec as written, macros and all; absent: the current domain. */
export type Mechanism = {
  readonly kind: 'mechanism';
  readonly qualifier: Qualifier;
  readonly name: 'all' | 'include' | 'a' | 'mx' | 'ptr' | 'ip4' | 'ip6' | 'exists';
  readonly domain?: string;
  /** Length of the network of `ip4` and `ip6`. */
  readonly prefix?: number;
  readonly text: string;
};
/** RFC 7208 section 6. */
export type Modifier = { readonly kind: 'modifier'; readonly name: string; readonly value: string };

export const spfFaultWords = [
  'unknown-mechanism',
  'argument-missing',
  'argument-unwanted',
  'bad-domain',
  'bad-address',
  'bad-prefix',
  'repeated-modifier',
  'not-ascii',
] as const;
export type SpfFaultWord = (typeof spfFaultWords)[number];

export type SpfRecord = {
  readonly terms: readonly (Mechanism | Modifier)[];
  readonly faults: readonly { readonly term: string; readonly fault: SpfFaultWord }[];
};

/** RFC 7208 section 4.5: the version ends at a space or at the end of the record. */
export function isSpf(record: string): boolean {
  return /^v=spf1(?: |$)/i.test(record);
}

/** Reads one record by the grammar of RFC 7208 section 12; total over any text. A faulty term is told and left out. */
export function parseSpf(record: string): SpfRecord {
  const terms: (Mechanism | Modifier)[] = [];
  const faults: { term: string; fault: SpfFaultWord }[] = [];
  for (const text of record.split(' ').slice(1)) {
    if (text === '') continue;
    const read = parseTerm(text);
    if (typeof read === 'string') faults.push({ term: text.slice(0, 200), fault: read });
    else if (repeats(read, terms)) faults.push({ term: text.slice(0, 200), fault: 'repeated-modifier' });
    else terms.push(read);
  }
  return { terms, faults };
}

/** RFC 7208 section 6: `redirect` and `exp` stand at most once. */
function repeats(term: Mechanism | Modifier, before: readonly (Mechanism | Modifier)[]): boolean {
  if (term.kind !== 'modifier' || (term.name !== 'redirect' && term.name !== 'exp')) return false;
  return before.some((one) => one.kind === 'modifier' && one.name === term.name);
}

function parseTerm(text: string): Mechanism | Modifier | SpfFaultWord {
  if (!/^[\x21-\x7e]*$/.test(text)) return 'not-ascii';
  const modifier = /^([A-Za-z][A-Za-z0-9._-]*)=(.*)$/.exec(text);
  if (modifier !== null) return parseModifier((modifier[1] ?? '').toLowerCase(), modifier[2] ?? '');
  const directive = /^([+?~-]?)([A-Za-z][A-Za-z0-9]*)(.*)$/.exec(text);
  if (directive === null) return 'unknown-mechanism';
  const [, sign = '', name = '', rest = ''] = directive;
  return parseMechanism(sign === '' ? '+' : (sign as Qualifier), name.toLowerCase(), rest, text);
}

function parseModifier(name: string, value: string): Modifier | SpfFaultWord {
  if (name === 'redirect' || name === 'exp') {
    if (value === '') return 'argument-missing';
    if (domainFault(value)) return 'bad-domain';
  }
  return { kind: 'modifier', name, value };
}

function parseMechanism(qualifier: Qualifier, name: string, rest: string, text: string): Mechanism | SpfFaultWord {
  const common = { kind: 'mechanism', qualifier, text: text.slice(0, 300) } as const;
  switch (name) {
    case 'all':
      return rest === '' ? { ...common, name } : 'argument-unwanted';
    case 'include':
    case 'exists': {
      if (!rest.startsWith(':') || rest.length === 1) return 'argument-missing';
      const domain = rest.slice(1);
      return domainFault(domain) ? 'bad-domain' : { ...common, name, domain };
    }
    case 'ptr':
      if (rest === '') return { ...common, name };
      return !rest.startsWith(':') || domainFault(rest.slice(1))
        ? 'bad-domain'
        : { ...common, name, domain: rest.slice(1) };
    case 'a':
    case 'mx':
      return parseHosts(common, name, rest);
    case 'ip4':
    case 'ip6':
      return rest.startsWith(':') ? parseNetwork(common, name, rest.slice(1)) : 'argument-missing';
    default:
      return 'unknown-mechanism';
  }
}

type Common = Pick<Mechanism, 'kind' | 'qualifier' | 'text'>;

/** `[:domain-spec] [/prefix4] [//prefix6]`. */
function parseHosts(common: Common, name: 'a' | 'mx', rest: string): Mechanism | SpfFaultWord {
  const prefixes = /(?:\/(\d{1,3}))?(?:\/\/(\d{1,3}))?$/.exec(rest);
  const domain = rest.slice(0, prefixes?.index ?? rest.length);
  if (!isPrefix(prefixes?.[1], 32) || !isPrefix(prefixes?.[2], 128)) return 'bad-prefix';
  if (domain === '') return { ...common, name };
  if (domain === ':') return 'argument-missing';
  if (!domain.startsWith(':')) return domain.startsWith('/') ? 'bad-prefix' : 'unknown-mechanism';
  return domainFault(domain.slice(1)) ? 'bad-domain' : { ...common, name, domain: domain.slice(1) };
}

function parseNetwork(common: Common, name: 'ip4' | 'ip6', network: string): Mechanism | SpfFaultWord {
  const slash = network.indexOf('/');
  const address = slash === -1 ? network : network.slice(0, slash);
  if (address === '') return 'argument-missing';
  const most = name === 'ip4' ? 32 : 128;
  const valid =
    name === 'ip4'
      ? ipaddr.IPv4.isValidFourPartDecimal(address)
      : !address.includes('%') && ipaddr.IPv6.isValid(address);
  if (!valid) return 'bad-address';
  const prefix = slash === -1 ? String(most) : network.slice(slash + 1);
  return isPrefix(prefix, most) ? { ...common, name, prefix: Number(prefix) } : 'bad-prefix';
}

/** RFC 7208 section 5.6: no leading zeros. */
function isPrefix(digits: string | undefined, most: number): boolean {
  return digits === undefined || (/^(?:0|[1-9]\d{0,2})$/.test(digits) && Number(digits) <= most);
}
