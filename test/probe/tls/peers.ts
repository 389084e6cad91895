import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { TlsFacts, TlsProtocol } from '../../../src/model/facts/tls.ts';

const run = promisify(execFile);

/** Suites by protocol, sorted by name. */
export type SuiteSets = Readonly<Partial<Record<TlsProtocol, readonly string[]>>>;

/** The sets of an observation, only protocols that are offered. */
export function setsOf({ protocols }: TlsFacts): SuiteSets {
  const sets: Partial<Record<TlsProtocol, string[]>> = {};
  for (const [protocol, facts] of Object.entries(protocols)) {
    if (facts.offered) sets[protocol as TlsProtocol] = (facts.suites ?? []).map(({ name }) => name).sort();
  }
  return sets;
}

/** nmap's ssl-enum-ciphers, names turned into IANA's. */
export async function nmapSets(address: string, port: number, sni: string): Promise<SuiteSets> {
  const { stdout } = await run('nmap', [
    ...['-Pn', '-n', '-sT', '-p', String(port), '--script', '+ssl-enum-ciphers'],
    ...['--script-args', `tls.servername=${sni}`, address],
  ]);
  const sets: Partial<Record<TlsProtocol, string[]>> = {};
  let current: string[] = [];
  for (const line of stdout.split('\n')) {
    const protocol = /^\|\s+(SSLv3|TLSv1\.\d):/.exec(line)?.[1];
    if (protocol !== undefined) sets[protocol as TlsProtocol] = current = [];
    const suite = /^\|\s+(\w+_\S+) (?:\(.*\) )?- [A-F]/.exec(line)?.[1];
    if (suite !== undefined) current.push(suite.replace('TLS_AKE_WITH_', 'TLS_').replace('-draft', '_DRAFT'));
  }
  for (const suites of Object.values(sets)) suites.sort();
  return sets;
}

/** sslscan's list, by code point so that its names do not matter; it says nothing of SSLv2 and SSLv3 suites. */
export async function sslscanCodes(address: string, port: number, sni: string): Promise<Record<string, string[]>> {
  const { stdout } = await run('sslscan', [
    ...['--no-colour', '--show-cipher-ids', '--no-groups', '--no-heartbleed', '--no-renegotiation', '--no-compression'],
    ...['--no-fallback', `--sni-name=${sni}`, `${address}:${port}`],
  ]);
  const sets: Record<string, string[]> = {};
  for (const [, protocol, code] of stdout.matchAll(
    /^(?:Preferred|Accepted)\s+(TLSv1\.\d)\s+(?:\d+|\?\?) bits\s+0x([0-9A-Fa-f]{4})/gm,
  )) {
    (sets[protocol ?? ''] ??= []).push(`0x${(code ?? '').toUpperCase()}`);
  }
  for (const codes of Object.values(sets)) codes.sort();
  return sets;
}

/** The observation's sets as sslscan has them. */
export function codesOf({ protocols }: TlsFacts): Record<string, string[]> {
  const sets: Record<string, string[]> = {};
  for (const [protocol, facts] of Object.entries(protocols)) {
    if (facts.offered && protocol.startsWith('TLS'))
      sets[protocol] = (facts.suites ?? []).map(({ code }) => code).sort();
  }
  return sets;
}
