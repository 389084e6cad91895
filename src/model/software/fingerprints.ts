import type { SoftwareItem, SoftwareOpinion, SoftwareSource } from '../facts/software.ts';

/** What a feed of fingerprints makes of one text; undefined where none of them matches. */
export type Fingerprints = (
  source: SoftwareSource,
  text: string,
) => Pick<SoftwareOpinion, 'by' | 'date' | 'product' | 'version' | 'description'> | undefined;

/**
 * How an opinion stands beside what we read in the same words: `agrees`; `version` the same product in another version;
 * `product` another product; `alone` we read nothing there.
 */
export type Standing = 'agrees' | 'version' | 'product' | 'alone';

/** Compares one opinion with what was read in the same words. Pure. */
export function standingOf(opinion: SoftwareOpinion, items: readonly SoftwareItem[]): Standing {
  const here = items.filter(
    ({ source, port, text }) => source === opinion.source && port === opinion.port && text === opinion.text,
  );
  if (here.length === 0) return 'alone';
  const same = here.filter(({ product }) => isSameName(product, opinion.product));
  if (same.length === 0) return 'product';
  return same.some(({ version }) => goesWith(version, opinion.version)) ? 'agrees' : 'version';
}

/** A version told in part, `2.4` beside `2.4.57`, or not at all, contradicts nothing. */
function goesWith(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined || one === other) return true;
  const begins = (long: string, short: string) => long.startsWith(short) && /^[^0-9]/.test(long.slice(short.length));
  return begins(one, other) || begins(other, one);
}

/** Feeds write names their own way: `vsFTPd`, `VSFTPD`, `Dovecot Secure IMAP`. */
function isSameName(one: string, other: string): boolean {
  const [a, b] = [lettersOf(one), lettersOf(other)];
  return a === b || (Math.min(a.length, b.length) >= 4 && (a.startsWith(b) || b.startsWith(a)));
}

const lettersOf = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');
