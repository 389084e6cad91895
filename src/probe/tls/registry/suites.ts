import type { Suite } from '../../../model/facts/tls.ts';
import { ianaSuites } from './suites-iana.ts';
import { sslv2Suites } from './suites-sslv2.ts';
import { unregisteredSuites } from './suites-unregistered.ts';

const names: ReadonlyMap<number, string> = new Map([...ianaSuites, ...unregisteredSuites]);
const sslv2Names: ReadonlyMap<number, string> = new Map(sslv2Suites);

/** The name of a two-byte suite, `UNKNOWN_0x....` where the registry has none. */
export function suiteName(code: number): string {
  return names.get(code) ?? `UNKNOWN_0x${hex(code, 4)}`;
}

/** A suite of SSLv3 to TLS 1.3 as a fact. */
export function suiteFact(code: number): Suite {
  return { code: `0x${hex(code, 4)}`, name: suiteName(code) };
}

/** A cipher kind of SSLv2 as a fact; its code has three bytes. */
export function sslv2SuiteFact(code: number): Suite {
  const digits = hex(code, 6);
  return { code: `0x${digits}`, name: sslv2Names.get(code) ?? `UNKNOWN_0x${digits}` };
}

/** Upper-case hexadecimal of at least `digits` digits. */
export function hex(code: number, digits: number): string {
  return code.toString(16).toUpperCase().padStart(digits, '0');
}
