import { registeredDomain } from '../model/public-suffix.ts';
import { plainName } from './answers.ts';

/**
 * The organisational domain of a name: one label below the public suffix (RFC 7489 section 3.2), private suffixes
 * included as mail receivers take them. A public suffix itself, and a name under none, stands for itself.
 */
export function organisationalDomain(name: string): string {
  const plain = plainName(name);
  return registeredDomain(plain) ?? plain;
}
