import { registeredDomain } from '../../model/public-suffix.ts';

/** What a host was registered as (`tinh.gov.vn` of `dichvu.tinh.gov.vn`); the host itself where there is no such thing. */
function siteOf(host: string): string {
  return registeredDomain(host) ?? host;
}

/** Two hosts of one registration, which browsers call the same site. */
export function isSameSite(one: string, other: string): boolean {
  return one === other || siteOf(one) === siteOf(other);
}

/** A domain under which anybody may register, so that no cookie may be set for all of it. */
export function isPublicSuffix(domain: string): boolean {
  return registeredDomain(domain) === null;
}
