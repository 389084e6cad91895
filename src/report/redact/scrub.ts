import ipaddr from 'ipaddr.js';
import { parse } from 'tldts';

/** Stands where something was taken out. */
export const removed = '⟨…⟩';

/** Ends of names that no registry gives out and inner networks use. */
const innerEnds =
  /\.(local|localhost|localdomain|lan|internal|intranet|corp|home|private|test|example|invalid|onion|arpa)\.?$/i;

const patterns: readonly RegExp[] = [
  // Secrets by what they are called, with what stands after.
  /(?:password|passwd|pwd|mật khẩu|mat khau|passphrase|secret|token|api[-_ ]?key|session(?:[-_]?id)?|authorization|cookie|bearer)\s*[:= ]\s*\S+/giu,
  /\b[a-z][a-z0-9+.-]*:\/\/\S+/giu,
  /[^\s@<>"'(),;:]+@[^\s@<>"'(),;:]+/gu,
  /\beyJ[\w-]{6,}(?:\.[\w-]*){0,2}/gu,
  /(?<![0-9a-f])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![0-9a-f])/giu,
  // Telephones of Việt Nam, and numbers of identity papers (9 and 12 digits).
  /(?<![\d+])(?:\+?84|0)(?:[ .()-]{0,2}\d){8,10}(?!\d)/gu,
  /(?<!\d)\d{9,}(?!\d)/gu,
];

/** A number of a clause (`§6.13.2.1`) is written as an address is. */
const clauseBefore = /(?:§|Đ|[Mm]ục|[Đđ]iều|[Kk]hoản|[Cc]lause|[Aa]rticle|[Ss]ection)\s?$/u;

/**
 * Text without what points at a machine or a person: addresses, names of hosts, URLs, e-mail, telephones, numbers of identity papers,
 * tokens and secrets. Names of people have no shape; `known` lists those that the data holds, with its hosts.
 */
export function scrubber(known: Iterable<string> = []): (text: string) => string {
  const words = [...new Set(known)].filter((word) => word.length >= 4).toSorted((a, b) => b.length - a.length);
  const named = new Set(words.map((word) => word.toLowerCase()));
  return (text) => {
    let left = text.normalize('NFC');
    const lower = left.toLowerCase();
    for (const word of named) {
      if (lower.includes(word)) left = left.replaceAll(new RegExp(escaped(word), 'giu'), removed);
    }
    for (const pattern of patterns) left = left.replaceAll(pattern, removed);
    return left
      .replaceAll(/[0-9a-f:.]*:[0-9a-f:.]*(?:%\w+)?/giu, (found) => (isV6(found) ? removed : found))
      .replaceAll(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?:-\d{1,3})?(?!\d)/gu, (found, at: number) =>
        clauseBefore.test(left.slice(Math.max(0, at - 10), at)) ? found : removed,
      )
      .replaceAll(/(?:[\p{L}\p{N}_-]+\.)+[\p{L}\p{N}-]{2,}/gu, (found) => (isHost(found) ? removed : found))
      .replaceAll(/[A-Za-z0-9+/_=-]{20,}/gu, (found) => (isToken(found) ? removed : found));
  };
}

function isV6(text: string): boolean {
  return (
    text.replace(/%.*$/, '').length >= 2 &&
    ipaddr.IPv6.isValid(text.replace(/[.:]+$/, (end) => (end === '::' ? end : '')))
  );
}

/** Ends that are files' and of no host that is meant. */
const fileEnds =
  /\.(txt|html?|php|jspx?|aspx?|js|css|json|ya?ml|xml|csv|conf|cfg|config|ini|log|docx?|xlsx?|pdf|png)$/i;

function isHost(text: string): boolean {
  if (innerEnds.test(text)) return true;
  if (fileEnds.test(text)) return false;
  // Written as hosts are, with whatever end: an inner network may use one that nobody gives out.
  if (/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.[a-z]{2,}$/.test(text)) return true;
  const { isIcann, isPrivate, domain } = parse(text, { allowPrivateDomains: true });
  return domain !== null && (isIcann === true || isPrivate === true);
}

/** Letters and digits mixed as people do not write them. */
function isToken(text: string): boolean {
  return /\d/.test(text) && /[A-Za-z]/.test(text);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
