import { isIP } from 'node:net';
import type { Lookup } from '../../model/facts/dns.ts';
import { failure, FailureError } from '../../model/failure.ts';
import type { Resolution } from '../../model/resolver.ts';
import { resolveName } from '../resolve.ts';
import { isAnswer, lookUp } from './lookup.ts';
import type { DnsAnswer, RecordType } from './message.ts';
import type { Resolver } from './resolver.ts';

const nameMs = 10_000;

/**
 * The addresses of a name by a recursive resolver of our own, IPv4 first, aliases followed. A resolver that fails over IPv6 alone, as
 * old ones of local networks do, is taken to have none. An address, and `localhost` (RFC 6761, 6.3), are no question to it. Throws the
 * reason of the signal.
 */
export async function askName(resolver: Pick<Resolver, 'ask'>, name: string, signal: AbortSignal): Promise<Resolution> {
  if (isIP(name) !== 0 || /(?:^|\.)localhost\.?$/i.test(name)) return resolveName(name);
  const until = AbortSignal.any([signal, AbortSignal.timeout(nameMs)]);
  let found: Lookup;
  try {
    found = await lookUp({ resolve: (asked, type) => patient(resolver, asked, type, until) }, name);
  } catch (error) {
    signal.throwIfAborted();
    if (!until.aborted) throw error;
    return { ok: false, failure: failure('dns', `${name}: no answer in ${nameMs} ms`), absent: false };
  }
  signal.throwIfAborted();
  if (found.end === 'found') return { ok: true, addresses: found.addresses };
  const absent = found.end === 'nxdomain' || found.end === 'nodata';
  const why = found.detail ?? (absent ? 'has no address' : `aliases: ${found.end}`);
  return { ok: false, failure: failure('dns', `${name}: ${why}`), absent };
}

async function patient(
  resolver: Pick<Resolver, 'ask'>,
  name: string,
  type: RecordType,
  signal: AbortSignal,
): Promise<DnsAnswer> {
  const ask = () => resolver.ask(name, type, signal);
  if (type !== 'AAAA') return ask();
  try {
    const answer = await ask();
    return isAnswer(answer) ? answer : { ...answer, ...nothing };
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return { authoritative: false, truncated: false, recursionAvailable: true, additionals: [], ...nothing };
  }
}

const nothing = { rcode: 'NOERROR', answers: [], authorities: [] } as const;
