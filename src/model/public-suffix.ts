import { domainToASCII } from 'node:url';
import { getDomain, parse } from 'tldts';

/** One rule of a public suffix list (publicsuffix.org/list): `vn`, `*.ck`, `!www.ck`. */
export type SuffixRule = {
  readonly rule: string;
  /** Of a company that lets others register below its name: `github.io`. */
  readonly isPrivate: boolean;
};

/** The list in use: null is the one that tldts brings. */
let imported: ReadonlySet<string> | null = null;

/**
 * Chooses the list for the rest of this process, once, before anything asks of it; undefined: the one that ships with us.
 * Which one a judgement leans on is recorded with it, as the state of the feed `public-suffix`.
 */
export function usePublicSuffixes(rules: readonly SuffixRule[] | undefined): void {
  imported = rules === undefined ? null : new Set(rules.map(({ rule }) => asciiRule(rule)));
}

/** Rules are written in Unicode, names are asked in ASCII. */
function asciiRule(rule: string): string {
  const [, mark = '', name = ''] = /^(!|\*\.)?(.*)$/s.exec(rule.toLowerCase()) ?? [];
  return mark + (domainToASCII(name) || name);
}

/**
 * The registered domain of a name: one label below the public suffix, those of hosting services included, as browsers and
 * mail receivers take them. Null for a public suffix itself, for an address and for what is no name. Names in ASCII.
 */
export function registeredDomain(host: string): string | null {
  if (imported === null) return bundledDomain(host);
  const name = host.toLowerCase().replace(/\.$/, '');
  const labels = name.split('.');
  if (parse(name).isIp === true || name === '' || labels.includes('')) return null;
  const length = suffixLength(labels, imported);
  return length < labels.length ? labels.slice(-length - 1).join('.') : null;
}

/** A public suffix by either list: an imported one may narrow what may be authorised, and never widens it. */
export function isPublicSuffixByAny(domain: string): boolean {
  return bundledDomain(domain) === null || registeredDomain(domain) === null;
}

/** Underscores are names of mail's and no fault here. */
function bundledDomain(host: string): string | null {
  return getDomain(host, { allowPrivateDomains: true, validateHostname: false });
}

/** How many labels the suffix has: an exception counts before all, else the longest rule, else one label (Algorithm, 1 to 5). */
function suffixLength(labels: readonly string[], rules: ReadonlySet<string>): number {
  for (let from = 0; from < labels.length; from += 1) {
    const tail = labels.slice(from).join('.');
    if (rules.has(`!${tail}`)) return labels.length - from - 1;
    if (rules.has(tail)) return labels.length - from;
    const wild = labels.slice(from + 1).join('.');
    if (wild !== '' && rules.has(`*.${wild}`)) return labels.length - from;
  }
  return 1;
}
