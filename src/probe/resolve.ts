import { getServers } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { failure } from '../model/failure.ts';
import { mostAddresses, type Resolution } from '../model/resolver.ts';
import { classify } from './classify.ts';

const resolveMs = 10_000;

/** Asks the machine's own resolver; IPv4 first. A literal address stands for itself and asks nobody. */
export async function resolveName(name: string): Promise<Resolution> {
  if (isIP(name) !== 0) return { ok: true, addresses: [name] };
  const deadline = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    deadline.reject(Object.assign(new Error(`no answer for ${name} in ${resolveMs} ms`), { code: 'EAI_AGAIN' }));
  }, resolveMs);
  try {
    const answers = await Promise.race([lookup(name, { all: true, order: 'ipv4first' }), deadline.promise]);
    const addresses = [...new Set(answers.map((answer) => answer.address))].slice(0, mostAddresses);
    if (addresses.length === 0) return { ok: false, failure: failure('dns', `${name} has no address`), absent: true };
    return { ok: true, addresses };
  } catch (error) {
    const seen = classify(error);
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOTFOUND';
    return { ok: false, failure: failure('dns', seen.detail), absent };
  } finally {
    clearTimeout(timer);
  }
}

/** The recursive servers that this machine is set up to ask, `192.0.2.53` or `[2001:db8::53]:5353`. */
export function machineServers(): readonly string[] {
  return getServers();
}
