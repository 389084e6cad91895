import { isAskable, plainName } from '../answers.ts';

const macro = /%\{([slodiphcrtvSLODIPHCRTV])(\d*)([rR]?)([.\-+,/_=]*)\}/g;

/** Whether a domain-spec breaks the grammar of RFC 7208 section 7.1. */
export function domainFault(spec: string): boolean {
  const withoutMacros = spec.replaceAll(macro, 'a').replaceAll(/%[%_-]/g, 'a');
  if (withoutMacros.includes('%') || spec.length > 253) return true;
  if (/%\{[^}]*\}$/.test(spec)) return false;
  const top = /\.([A-Za-z0-9-]+)\.?$/.exec(withoutMacros)?.[1];
  // A top label has a letter, or a hyphen inside: `1.2.3.4` is no domain.
  return top === undefined || !/[A-Za-z-]/.test(top) || top.startsWith('-') || top.endsWith('-');
}

/**
 * The name that a domain-spec stands for whatever the message: plain, or made of `%{d}` (the current domain) and `%{o}`
 * (the sender's) alone. Undefined where only a message could fill it in, or where no name comes out.
 */
export function expandDomain(spec: string, current: string, sender: string): string | undefined {
  const letters = Array.from(spec.matchAll(macro), ([, letter = '']) => letter.toLowerCase());
  if (letters.some((letter) => letter !== 'd' && letter !== 'o')) return undefined;
  const expanded = spec
    .replaceAll(macro, (_whole, letter: string, digits: string, reverse: string, delimiters: string) =>
      transform(letter.toLowerCase() === 'd' ? current : sender, digits, reverse !== '', delimiters),
    )
    .replaceAll('%%', '%')
    .replaceAll('%_', ' ')
    .replaceAll('%-', '%20');
  const name = plainName(expanded);
  return isAskable(name) ? name : undefined;
}

/** RFC 7208 section 7.3: split, reverse, keep the rightmost parts, join by dots. */
function transform(value: string, digits: string, reverse: boolean, delimiters: string): string {
  const set = delimiters === '' ? '.' : delimiters;
  const parts = Array.from(value, (character) => (set.includes(character) ? '\n' : character))
    .join('')
    .split('\n');
  const ordered = reverse ? parts.toReversed() : parts;
  const keep = digits === '' ? ordered.length : Number(digits);
  return (keep === 0 ? ordered : ordered.slice(-keep)).join('.');
}
