import ipaddr from 'ipaddr.js';
import type { MailAnswer } from '../model/facts/mail.ts';
import { isAskable, plainName, type Known } from './answers.ts';

/** One MX record. The host of a null MX is empty. */
export type Exchanger = { readonly preference: number; readonly host: string };

/** At most so many mail exchangers are looked at, each on one address of either family. */
export const mostExchangers = 4;

/** Reads the values of an MX answer, most wanted first; what is no MX record is left out. */
export function exchangersOf({ values }: MailAnswer): readonly Exchanger[] {
  return values
    .flatMap((value) => {
      const found = /^(\d{1,5}) (\S*)$/.exec(value);
      return found === null ? [] : [{ preference: Number(found[1]), host: plainName(found[2] ?? '') }];
    })
    .toSorted((a, b) => a.preference - b.preference || (a.host < b.host ? -1 : 1));
}

/** RFC 7505: one record, of the root. */
export function isNullMx(exchangers: readonly Exchanger[]): boolean {
  return exchangers.length === 1 && exchangers[0]?.host === '';
}

/** Hosts to be looked at, each once. */
export function hostsOf(exchangers: readonly Exchanger[]): readonly string[] {
  return [...new Set(exchangers.map(({ host }) => host))]
    .filter((host) => isAskable(host) && !isAddress(host))
    .slice(0, mostExchangers);
}

/** A name that is an address written out, which RFC 5321 section 5.1 does not allow. */
export function isAddress(host: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(host) || ipaddr.IPv6.isValid(host);
}

/** The places to be spoken to: of each host its first address of either family. */
export function placesOf(domain: string, known: Known): readonly { readonly host: string; readonly address: string }[] {
  const mx = known(domain, 'MX');
  if (mx?.outcome !== 'found') return [];
  return hostsOf(exchangersOf(mx)).flatMap((host) =>
    (['A', 'AAAA'] as const).flatMap((type) => {
      const [address] = (known(host, type)?.values ?? []).filter(isAddress);
      return address === undefined ? [] : [{ host, address }];
    }),
  );
}

/** The name under which an address tells its own (RFC 1035 section 3.5, RFC 3596 section 2.5). */
export function reverseName(address: string): string | undefined {
  if (!isAddress(address)) return undefined;
  const parsed = ipaddr.parse(address);
  const bytes = parsed.toByteArray().toReversed();
  if (parsed.kind() === 'ipv4') return `${bytes.join('.')}.in-addr.arpa`;
  const nibbles = bytes.flatMap((byte) => [byte & 15, byte >> 4]).map((nibble) => nibble.toString(16));
  return `${nibbles.join('.')}.ip6.arpa`;
}
